"""An index as a workbook with living formulas, from normalised values up to ranks.

Whoever opens it in a spreadsheet program can change a weight and see the ranking move.
It carries no results of formulas: the program that opens it computes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._files import write_bytes
from rankscope._workbook import packed

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from rankscope.exchange.formulas_live import Live
    from rankscope.pipeline.result import Result


def write_live_workbook(
    result: Result,
    path: str | os.PathLike[str],
    *,
    view: str = "headline",
    period: str | None = None,
) -> Path:
    """Write an index of one period, in one view, as a workbook that recalculates.

    The default ``period`` of a panel is the last.  Aggregations and steps that no formula
    can say leave their node's scores as plain numbers, which the workbook tells; texts
    from data are never formulas.

    Raises
    ------
    KeyError
        When there is no such view or period.
    OutputError
        When the score of the whole index can not be said as a formula, the index is too
        large for a workbook, or the file can not be written.
    """
    from rankscope.exchange.formulas_live import live

    return write_bytes(path, _book_bytes(live(result, view, period)))


def _book_bytes(of: Live) -> bytes:
    """Return the workbook."""
    from openpyxl import Workbook

    from rankscope.exchange import formulas_layout as names
    from rankscope.exchange.formulas_presence import add_present
    from rankscope.exchange.formulas_ranking import add_ranking
    from rankscope.exchange.formulas_ranks import add_compared, add_places, add_ranks
    from rankscope.exchange.formulas_readme import add_readme
    from rankscope.exchange.formulas_scores import (
        add_normalised,
        add_scores,
        add_steps,
    )
    from rankscope.exchange.formulas_style import NAVY, tabs
    from rankscope.exchange.formulas_weights import add_weights

    book = Workbook()
    book.remove(book.worksheets[0])
    for add in (add_weights, add_scores, add_ranks, add_normalised, add_steps, add_present):
        add(book, of)
    add_compared(book, of)
    add_places(book, of)
    add_ranking(book, of)
    add_readme(book, of)
    for at, name in enumerate(name for name in names.ORDER if name in book.sheetnames):
        book.move_sheet(name, at - book.sheetnames.index(name))
    tabs(book, NAVY, (names.README, names.RANKING))
    tabs(book, "E0A800", (names.WEIGHTS,))
    tabs(book, "BFBFBF", (names.STEPS, names.PRESENT, names.COMPARED, names.PLACES))
    book.active = book.sheetnames.index(names.RANKING)
    return packed(book)
