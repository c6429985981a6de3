"""The ranking of a live workbook: sorted by formulas, with who moved and a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._workbook import letters
from rankscope.exchange.formulas_layout import RANKING, RANKS, SCORES, UNIT_COLUMNS, Formula
from rankscope.exchange.formulas_ranks import place_column
from rankscope.exchange.formulas_scores import fill_numbers, head, largest
from rankscope.exchange.formulas_style import (
    BAR,
    HEAD,
    HEAD_LEFT,
    LOWER_HEAD,
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
    places = f"{RANKS}!{_fixed(layout.down(place_column(live)))}"
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


def _exported_column(live: Live) -> str:
    return letters(UNIT_COLUMNS + len(live.layout.columns) + 1)


def _fixed(cells: str) -> str:
    """Return a range whose columns stay when it is copied."""
    return ":".join(f"${end}" for end in cells.split(":"))
