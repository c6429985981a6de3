"""The periods of a panel: which period each row of a file is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._words import did_you_mean
from rankscope.data.grid import quoted
from rankscope.findings import Finding, error, warning

if TYPE_CHECKING:
    from rankscope.data.grid import Grid
    from rankscope.definition.model import DataSpec


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
