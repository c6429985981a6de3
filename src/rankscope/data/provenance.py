"""What a long table says about each value: its year, its source, its status."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean, join_words
from rankscope.data.grid import quoted
from rankscope.data.table import Status
from rankscope.findings import Finding, error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.data.grid import Grid
    from rankscope.data.layout import Cells
    from rankscope.data.numbers import Numbers
    from rankscope.definition.model import IndexDefinition
    from rankscope.shapes import Mask, Vector, Whole

_YEAR = re.compile(r"\d{1,4}(\.0*)?", re.ASCII)
_STATUS = {status.name.lower(): status for status in Status}


def read_years(grid: Grid, cells: Cells) -> tuple[Whole, list[Finding]]:
    """Return the year of each cell, of shape (cells,), 0 where unknown."""
    if cells.years is None:
        return np.zeros(len(cells.rows), dtype=np.int64), []
    known = {
        text: int(float(text)) if _YEAR.fullmatch(text) else 0
        for text in dict.fromkeys(cells.years)
    }
    wrong = [text for text in known if text and not known[text]]
    mend = "Write one year such as 2023, or leave the cell empty."
    findings = [
        error(
            "data-year",
            _place(grid, cells, cells.years, text, "year"),
            f"The year {quoted(text)} is not a whole number from 1 to 9999.",
            mend,
        )
        for text in wrong
    ]
    return np.array([known[text] for text in cells.years], dtype=np.int64), findings


def read_sources(
    grid: Grid, cells: Cells, definition: IndexDefinition
) -> tuple[Whole, tuple[str, ...], list[Finding]]:
    """Return each cell's own source, of shape (cells,), as an index into the codes; -1 for none."""
    if cells.sources is None:
        return np.full(len(cells.rows), -1, dtype=np.int64), (), []
    used = dict.fromkeys(cells.sources)
    declared = [source.code for source in definition.sources]
    codes = tuple(code for code in declared if code in used)
    index = {code: at for at, code in enumerate(codes)}
    findings = [
        error(
            "data-source",
            _place(grid, cells, cells.sources, text, "source"),
            f"The definition declares no source {quoted(text)}.",
            f"Declare it under sources, or leave the cell empty. {did_you_mean(text, declared)}",
        )
        for text in used
        if text and text not in index
    ]
    return (
        np.array([index.get(text, -1) for text in cells.sources], dtype=np.int64),
        codes,
        findings,
    )


def unsaid(cells: Cells, numbers: Numbers) -> Mask:
    """Return which cells are empty and have no status either, of shape (cells,)."""
    if cells.statuses is None:
        return numbers.blank
    silent: Mask = numbers.blank & np.array([not text for text in cells.statuses], dtype=bool)
    return silent


def apply_statuses(
    grid: Grid, cells: Cells, numbers: Numbers
) -> tuple[Vector, Whole, list[Finding]]:
    """Return values and status, of shape (cells,) each, as the status column has them.

    Where it is empty, both stay as read.
    """
    if cells.statuses is None:
        return numbers.values, numbers.status, []
    given = np.array([_STATUS.get(text, -1) for text in cells.statuses], dtype=np.int64)
    findings = _unknown_statuses(grid, cells, cells.statuses)
    findings += _contradictions(grid, cells, numbers.values, given)
    values = np.where(given == Status.ABSENT, 0.0, numbers.values)
    valued = np.isin(given, [Status.OBSERVED, Status.IMPUTED, Status.ABSENT])
    holds = (given >= 0) & (valued == ~np.isnan(values))
    return values, np.where(holds, given, numbers.status), findings


def _unknown_statuses(grid: Grid, cells: Cells, statuses: Sequence[str]) -> list[Finding]:
    return [
        error(
            "data-status",
            _place(grid, cells, statuses, text, "status"),
            f"There is no status {quoted(text)}.",
            f"Write {join_words(_STATUS)}, or leave the cell empty.",
        )
        for text in dict.fromkeys(statuses)
        if text and text not in _STATUS
    ]


def _contradictions(grid: Grid, cells: Cells, values: Vector, given: Whole) -> list[Finding]:
    """Report values that their own status denies."""
    valueless = np.isin(given, [Status.MISSING, Status.CENSORED]) & ~np.isnan(values)
    nonzero = (given == Status.ABSENT) & ~np.isnan(values) & (values != 0)
    return [
        error(
            "data-status",
            grid.place(cells.rows[index], cells.columns[index]),
            f"The value {quoted(cells.texts[index])} has the status "
            f"{quoted(Status(int(given[index])).name.lower())}.",
            "Correct the status, or delete the value.",
        )
        for index in np.flatnonzero(valueless | nonzero).tolist()
    ]


def _place(grid: Grid, cells: Cells, texts: Sequence[str], text: str, name: str) -> str:
    """Return where a text of a column stands first."""
    return grid.place(cells.rows[texts.index(text)], grid.header.index(name))
