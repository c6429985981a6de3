"""The sheets of a live workbook from scores to ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._workbook import letters
from rankscope.exchange.formulas_aggregation import number
from rankscope.exchange.formulas_layout import (
    COMPARED,
    FIRST_ROW,
    PLACES,
    RANKS,
    SCORES,
    UNIT_COLUMNS,
    Formula,
)
from rankscope.exchange.formulas_scores import fill, head, unit_sheet
from rankscope.exchange.formulas_steps import rounded
from rankscope.exchange.formulas_style import (
    HEAD,
    HEAD_LEFT,
    LOWER_HEAD,
    PALE,
    QUIET,
    numbers,
    put,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from rankscope.exchange.formulas_live import Live


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
    column, ranks = place_column(live), letters(UNIT_COLUMNS)
    head(sheet, column, "Place in the list", "", None, LOWER_HEAD)
    before = f'COUNTIF({live.layout.down(ranks)},"<"&{ranks}#)'
    alike = f"COUNTIF({ranks}${FIRST_ROW}:{ranks}#,{ranks}#)"
    place = f'IF(ISNUMBER({ranks}#),{before}+{alike},"")'
    fill(sheet, live, column, Formula(place), numbers("0", quiet=True))


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


def place_column(live: Live) -> str:
    """Return the column that tells where in the list each unit stands."""
    return letters(UNIT_COLUMNS + len(live.layout.columns))
