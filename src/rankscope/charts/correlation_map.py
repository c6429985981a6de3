"""Do the parts of an aggregate belong together?  Their correlations, and those with the whole."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence import rules
from rankscope.charts.correlation_cells import TALL, correlation_cell, correlation_keys
from rankscope.charts.marks import Text, TextStyle, cut_inside, drawn
from rankscope.charts.own_places import own_and_others_chart
from rankscope.charts.palette import SOFT
from rankscope.charts.row_sheet import and_more, heading, letters, nothing

if TYPE_CHECKING:
    from collections.abc import Iterator

    import altair as alt

    from rankscope.analyses.coherence.correlations import Correlations, CorrelationTable
    from rankscope.charts.marks import Mark
    from rankscope.shapes import Vector

__all__ = ["correlation_map_chart", "own_and_others_chart", "whole_name"]

_MOST = 54.0


@dataclass(frozen=True, slots=True)
class _Grid:
    """Square cells from ``left`` and ``top``, ``cell`` wide."""

    left: float
    top: float
    cell: float
    size: int

    def at(self, row: int, column: int) -> tuple[float, float]:
        return self.left + self.cell * (column + 0.5), self.top + TALL * (row + 0.5)


def correlation_map_chart(
    found: Correlations,
    group: str,
    *,
    top: int = 20,
    width: float = 900,
    title: str | None = None,
) -> alt.LayerChart:
    """Return the correlations of the parts of an aggregate, by its code, each pair once.

    The last row is that of the parts with the aggregate itself.  What may be chance is a dot.
    Of more than ``top`` parts, those are shown that have the most to be looked at.

    Raises
    ------
    KeyError
        When there is no such aggregate, or it has one part only.
    """
    table, whole = found.of(group), whole_name(found, group)
    shown = _chosen(table, min(top, 12) if width < 600 else top)
    said = f"Correlations inside {whole}" if title is None else title
    size, narrow = letters(width), width < 600
    labels = _labels(table, shown, whole, narrow=narrow)
    left = size * 0.55 * max(map(len, labels)) + 12
    cell = min(_MOST, (width - left - 4) / max(len(shown), 1))
    marks, under = heading(said, correlation_keys(cell), width)
    grid = _Grid(left, under + 6, cell, size)
    for row, label in enumerate(labels):
        bold = row == len(shown)
        style = TextStyle("right", size=size, bold=bold)
        marks.append(Text(left - 8, grid.at(row, 0)[1] + 4 * bold, label, style))
    marks += _cells(grid, table, shown)
    marks += _against_the_whole(grid, found, group, [table.codes[at] for at in shown])
    bottom = grid.at(len(shown), 0)[1] + TALL / 2 + 8
    more = and_more(len(table.codes) - len(shown), "parts, with less to look at")
    marks += [nothing(more, bottom - 4, width)] if more else []
    return drawn(marks, (width, bottom + (22 if more else 0)))


def whole_name(found: Correlations, group: str) -> str:
    """Return what an aggregate is called in print."""
    names = dict(zip(found.aggregates.others, found.aggregates.other_names, strict=True))
    return names.get(group, group)


def _chosen(table: CorrelationTable, most: int) -> list[int]:
    """Return the parts that are shown, in their order: those with the most flags."""
    flagged = (table.shown < rules.NEGATIVE) | (table.shown > rules.REDUNDANT)
    np.fill_diagonal(flagged, val=False)
    order = np.argsort(-flagged.sum(axis=1), kind="stable")[:most]
    return sorted(order.tolist())


def _labels(table: CorrelationTable, shown: list[int], whole: str, *, narrow: bool) -> list[str]:
    most = (15 if len(shown) <= 10 else 11) if narrow else 36
    names = [f"{cut_inside(table.names[at], most)}  {n}" for n, at in enumerate(shown, 1)]
    return [*names, f"with {cut_inside(whole, most)}"]


def _cells(grid: _Grid, table: CorrelationTable, shown: list[int]) -> Iterator[Mark]:
    """Yield the lower triangle, with the number of each part at the head of its column."""
    for row, at in enumerate(shown):
        for column, other in enumerate(shown[:row]):
            value = float(table.values[at, other])
            chance = math.isnan(table.shown[at, other])
            yield from correlation_cell(
                grid.at(row, column), grid.cell, value, chance=chance, size=_small(grid)
            )
        style = TextStyle("center", SOFT, grid.size - 1)
        yield Text(*grid.at(row, row), str(row + 1), style)


def _against_the_whole(
    grid: _Grid, found: Correlations, group: str, codes: list[str]
) -> Iterator[Mark]:
    """Yield the last row: the correlations of the parts with the aggregate."""
    values, chance = _with_whole(found.aggregates, group, codes)
    for column, value in enumerate(values.tolist()):
        x, y = grid.at(len(codes), column)
        unsure = bool(np.isnan(chance[column]))
        yield from correlation_cell((x, y + 4), grid.cell, value, chance=unsure, size=_small(grid))


def _with_whole(table: CorrelationTable, group: str, codes: list[str]) -> tuple[Vector, Vector]:
    """Return the correlations of parts with their aggregate, all and without those by chance."""
    rows, column = [table.codes.index(code) for code in codes], table.others.index(group)
    return table.values[rows, column], table.shown[rows, column]


def _small(grid: _Grid) -> int:
    return 11 if grid.cell >= 20 else 10
