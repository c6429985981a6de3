"""The sheets of a live workbook from scores to ranks, and the ranking itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._workbook import letters
from rankscope.exchange.formulas_aggregation import number
from rankscope.exchange.formulas_layout import (
    COMPARED,
    FIRST_ROW,
    PLACES,
    RANKING,
    RANKS,
    SCORES,
    UNIT_COLUMNS,
    Formula,
)
from rankscope.exchange.formulas_scores import fill, fill_numbers, head, largest, unit_sheet
from rankscope.exchange.formulas_steps import rounded
from rankscope.exchange.formulas_style import (
    BAR,
    HEAD,
    HEAD_LEFT,
    LOWER_HEAD,
    PALE,
    PLAIN,
    QUIET,
    STRONG,
    TITLE,
    for_print,
    form_of,
    numbers,
    put,
    widths,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from rankscope.exchange.formulas_live import Live

RANKING_FIRST = 5
"""The first row of the ranking that holds a unit."""

_MOVED = '"▲" 0;"▼" 0;"="'


def add_compared(book: Workbook, live: Live) -> None:
    """Add the scores as they are ranked, where that is not as they are: rounded, or not of all."""
    if _ranked_sheet(live) == SCORES:
        return
    sheet = unit_sheet(book, COMPARED, live, "")
    decimals, taking = live.plan.definition.method.ranking.decimals, live.rankable
    for column, node in _columns(live):
        cell = f"{SCORES}!{column}#"
        text = cell if decimals is None else rounded(cell, decimals)
        _node_head(sheet, live, column, node)
        fill(sheet, live, column, Formula(f'IF(ISNUMBER({cell}),{text},"")'), numbers("General"))
        for row in range(live.layout.rows):
            if not taking[row]:
                sheet[f"{column}{FIRST_ROW + row}"].value = None


def add_places(book: Workbook, live: Live) -> None:
    """Add, for each place from the best on, the rank that it has: a tie shares one."""
    sheet = unit_sheet(book, PLACES, live, "largest gap of a tie")
    put(sheet, "A1", "Place", HEAD_LEFT)
    put(sheet, "B1", "", HEAD_LEFT)
    for row in range(FIRST_ROW, live.layout.last_row + 1):
        put(sheet, f"A{row}", row - FIRST_ROW + 1, QUIET)
        sheet[f"B{row}"].value = None
    tolerance = number(live.plan.definition.method.ranking.tolerance)
    for column, node in _columns(live):
        _node_head(sheet, live, column, node)
        scores = f"{_ranked_sheet(live)}!{live.layout.down(column)}"
        put(sheet, f"{column}3", Formula(f"{tolerance}*(MAX({scores})-MIN({scores}))"), QUIET)
        fill(sheet, live, column, Formula(_place(live, column, scores)), numbers("0", quiet=True))
        if live.plan.definition.method.ranking.ties not in {"worst", "order"}:
            put(sheet, f"{column}{FIRST_ROW}", Formula(f'IF(COUNT({scores})=0,"",1)'))


def add_ranks(book: Workbook, live: Live) -> None:
    """Add the ranks as formulas, and the place of each unit in the list."""
    sheet = unit_sheet(book, RANKS, live, "")
    rule = live.plan.definition.method.ranking
    for column, node in _columns(live):
        _node_head(sheet, live, column, node)
        cell = f"{_ranked_sheet(live)}!{column}#"
        scores = f"{_ranked_sheet(live)}!{live.layout.down(column)}"
        order = 1 if rule.best == "lowest" else 0
        text = f"INDEX({PLACES}!{live.layout.down(column)},RANK({cell},{scores},{order}))"
        if rule.ties == "order":
            text = _in_order(live, cell, scores, column)
        root = node == live.plan.root
        look = numbers("0", bold=root, fill=PALE if root else "")
        fill(sheet, live, column, Formula(f'IF(ISNUMBER({cell}),{text},"")'), look)
    column, ranks = _place_column(live), letters(UNIT_COLUMNS)
    head(sheet, column, "Place in the list", "", None, LOWER_HEAD)
    before = f'COUNTIF({live.layout.down(ranks)},"<"&{ranks}#)'
    alike = f"COUNTIF({ranks}${FIRST_ROW}:{ranks}#,{ranks}#)"
    place = f'IF(ISNUMBER({ranks}#),{before}+{alike},"")'
    fill(sheet, live, column, Formula(place), numbers("0", quiet=True))


def add_ranking(book: Workbook, live: Live) -> None:
    """Add the ranking, sorted by formulas, with the ranks as exported beside it."""
    sheet = book.create_sheet(RANKING)
    top = [one for one in live.plan.nodes[live.plan.root].children if one in live.layout.columns]
    shown = [live.plan.root, *(one for one in top if len(top) <= 12)]
    exported, row_column = letters(5 + len(shown)), letters(6 + len(shown))
    put(sheet, "A1", live.title, TITLE)
    put(sheet, "A2", "Change weights on the sheet Weights: this list sorts itself anew.", QUIET)
    titles = ["Rank", "Moved", "Code", "Name", *(live.plan.nodes[one].name for one in shown)]
    titles.insert(5, "")
    for at, title in enumerate([*titles, "Rank as exported", "Row"]):
        look = HEAD_LEFT if title in {"Code", "Name"} else HEAD
        put(sheet, f"{letters(at)}{RANKING_FIRST - 1}", title, look)
        sheet.column_dimensions[letters(at)].width = 16
    for row in range(RANKING_FIRST, RANKING_FIRST + live.layout.rows):
        _ranking_row(sheet, live, row, shown, row_column)
    widths(sheet, A=8, B=9, C=10, D=34, E=12, F=22, **{exported: 11, row_column: 6})
    sheet.column_dimensions[row_column].hidden = True
    sheet.row_dimensions[RANKING_FIRST - 1].height = 48
    sheet.freeze_panes = f"E{RANKING_FIRST}"
    for_print(sheet, live.title, rows=f"{RANKING_FIRST - 1}:{RANKING_FIRST - 1}")
    _keep_exported(book, live)


def _ranking_row(sheet: Worksheet, live: Live, row: int, shown: list[int], row_column: str) -> None:
    """Fill a row of the ranking: whoever has the place that the row is for."""
    layout = live.layout
    places = f"{RANKS}!{_fixed(layout.down(_place_column(live)))}"
    number_of = row - RANKING_FIRST + 1
    at = f"${row_column}{row}"
    put(sheet, f"{row_column}{row}", Formula(f'IFERROR(MATCH({number_of},{places},0),"")'), QUIET)

    def taken(name: str, column: str) -> Formula:
        return Formula(f'IF({at}="","",INDEX({name}!{_fixed(layout.down(column))},{at}))')

    first = letters(UNIT_COLUMNS)
    exported = letters(5 + len(shown))
    put(sheet, f"A{row}", taken(RANKS, first), numbers("0", bold=True, centred=True))
    moved = f'IF(ISNUMBER({exported}{row}),IF(ISNUMBER(A{row}),{exported}{row}-A{row},""),"")'
    put(sheet, f"B{row}", Formula(moved), numbers(_MOVED, centred=True))
    put(sheet, f"C{row}", taken(SCORES, "A"), PLAIN)
    put(sheet, f"D{row}", taken(SCORES, "B"), STRONG)
    put(sheet, f"F{row}", Formula(_bar(live, f"E{row}")), BAR)
    for place, node in enumerate(shown):
        look = numbers(form_of(largest(live.scores[:, node])), bold=place == 0)
        column = letters(4 + place + (place > 0))
        put(sheet, f"{column}{row}", taken(SCORES, layout.column(node)), look)
    was = taken(RANKS, _exported_column(live))
    put(sheet, f"{exported}{row}", was, numbers("0", quiet=True, centred=True))


def _bar(live: Live, cell: str) -> str:
    """Return a bar of up to twenty blocks, from zero or from the lowest score below it."""
    scores = f"{SCORES}!{_fixed(live.layout.down(letters(UNIT_COLUMNS)))}"
    low, high = f"MIN(0,{scores})", f"MAX(0,{scores})"
    blocks = f'REPT("█",ROUND(20*({cell}-{low})/({high}-{low}),0))'
    return f'IF(ISNUMBER({cell}),IFERROR({blocks},""),"")'


def _keep_exported(book: Workbook, live: Live) -> None:
    """Write the ranks as exported beside the living ones."""
    column = _exported_column(live)
    head(book[RANKS], column, "Rank as exported", "", None, LOWER_HEAD)
    ranks = live.result.rank(view=live.view)
    values = [float(rank) if rank > 0 else float("nan") for rank in ranks]
    fill_numbers(book[RANKS], column, values, numbers("0", quiet=True))


def _columns(live: Live) -> list[tuple[str, int]]:
    return [(live.layout.column(node), node) for node in live.layout.columns]


def _node_head(sheet: Worksheet, live: Live, column: str, node: int) -> None:
    spec = live.plan.nodes[node]
    head(sheet, column, spec.name, spec.code, None, HEAD if spec.children else LOWER_HEAD)


def _ranked_sheet(live: Live) -> str:
    """Return the sheet whose numbers are ranked."""
    rounds = live.plan.definition.method.ranking.decimals is not None
    return COMPARED if rounds or not live.rankable.all() else SCORES


def _place(live: Live, column: str, scores: str) -> str:
    """Return the formula of the rank of the place in column A of the row ``#``.

    A tie goes on while the gap to the next score is small enough (conventions §3).
    """
    rule = live.plan.definition.method.ranking
    pick = "SMALL" if rule.best == "lowest" else "LARGE"
    place, limit = "$A#", f"{column}$3"
    if rule.ties == "worst":
        gap = f"ABS({pick}({scores},{place})-{pick}({scores},{place}+1))"
        below = f"{column}~"
        tied = f"IF({gap}<={limit},{below},{place})"
        return f'IF({place}>COUNT({scores}),"",IF({place}=COUNT({scores}),{place},{tied}))'
    if rule.ties == "order":
        return f'IF({place}>COUNT({scores}),"",{place})'
    gap = f"ABS({pick}({scores},{place}-1)-{pick}({scores},{place}))"
    above = f"{column}@"
    fresh = f"{above}+1" if rule.ties == "dense" else place
    return f'IF({place}>COUNT({scores}),"",IF({gap}<={limit},{above},{fresh}))'


def _in_order(live: Live, cell: str, scores: str, column: str) -> str:
    """Return the place of a score, those that are equal in the order of the rows."""
    beyond = "<" if live.plan.definition.method.ranking.best == "lowest" else ">"
    above = f"{_ranked_sheet(live)}!{column}${FIRST_ROW}:{column}#"
    ahead = f"SUMPRODUCT(ISNUMBER({scores})*({scores}{beyond}{cell}))"
    return f"{ahead}+SUMPRODUCT(ISNUMBER({above})*({above}={cell}))"


def _place_column(live: Live) -> str:
    return letters(UNIT_COLUMNS + len(live.layout.columns))


def _exported_column(live: Live) -> str:
    return letters(UNIT_COLUMNS + len(live.layout.columns) + 1)


def _fixed(cells: str) -> str:
    """Return a range whose columns stay when it is copied."""
    return ":".join(f"${end}" for end in cells.split(":"))
