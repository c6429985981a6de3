"""The periods of a panel: their order in time, and which of them each row of a file is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rankscope._words import did_you_mean
from rankscope.data.grid import quoted
from rankscope.findings import Finding, error, warning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rankscope.data.grid import Grid
    from rankscope.definition.model import DataSpec

_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?", re.ASCII)


def moments(periods: Iterable[str]) -> dict[str, float]:
    """Return each distinct period with its place in time, the earliest first.

    Where all are numbers, such as years, that is the number; else periods stand in the
    order of the alphabet, one apart.

    >>> moments(["10", "9", "9"])
    {'9': 9.0, '10': 10.0}
    >>> moments(["2020/21", "2019/20"])
    {'2019/20': 0.0, '2020/21': 1.0}
    """
    distinct = sorted(set(periods))
    if all(_NUMBER.fullmatch(period) for period in distinct):
        return {period: float(period) for period in sorted(distinct, key=float)}
    return {period: float(place) for place, period in enumerate(distinct)}


def periods_of(grid: Grid, spec: DataSpec) -> tuple[list[str | None], list[Finding]]:
    """Return the period of each row: the empty text without a panel, None where it is left out."""
    if spec.period_column is None:
        return [""] * len(grid.rows), []
    column = grid.find(spec.period_column)
    if column is None:
        said = f"There is no column {quoted(spec.period_column)} of periods."
        mend = f"Rename it, or correct data.period_column. {_meant(spec, grid)}"
        return [None] * len(grid.rows), [
            error("data-column-missing", grid.head(), said, mend.strip())
        ]
    texts = [_plain(text) for text in grid.column(column)]
    kept = [text if not spec.periods or text in spec.periods else None for text in texts]
    return [text or None for text in kept], _empty(grid, texts, column) + _absent(grid, spec, texts)


def _meant(spec: DataSpec, grid: Grid) -> str:
    return did_you_mean(spec.period_column or "", list(grid.header))


def _plain(text: str) -> str:
    """Return a period as it is written by hand: spreadsheets make 2020.0 of 2020."""
    tidy = text.strip()
    return tidy[:-2] if tidy.endswith(".0") and tidy[:-2].isdigit() else tidy


def _empty(grid: Grid, texts: list[str], column: int) -> list[Finding]:
    said = f"The row has no period in column {quoted(grid.header[column])}."
    return [
        error("data-period-empty", grid.place(row, column), said, "Name it, or delete the row.")
        for row, text in enumerate(texts)
        if not text
    ]


def _absent(grid: Grid, spec: DataSpec, texts: list[str]) -> list[Finding]:
    """Warn about periods to keep that the table does not have."""
    there = sorted(set(texts))
    return [
        warning(
            "data-period-not-there",
            grid.origin,
            f"data.periods names {quoted(period)}, which the table does not have.",
            did_you_mean(period, there),
        )
        for period in spec.periods
        if period not in there
    ]
