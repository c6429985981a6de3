"""How probable is each rank?  A cell for each unit and rank, the darker the more probable."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rankscope.charts.interval_sheet import chosen_rows
from rankscope.charts.keys import LINE, Key, keys_drawn, keys_high
from rankscope.charts.marks import Pill, Stroke, Text, TextStyle, cut_inside, drawn
from rankscope.charts.palette import ACCENT, INK, RULE, SOFT, readable_on, sequence
from rankscope.charts.rank_intervals import AWAY, BAR, between_words, titled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

    from rankscope.analyses.uncertainty import Uncertainty
    from rankscope.charts.marks import Mark
    from rankscope.shapes import Matrix

LEAST = 0.005
"""A rank of less probability is left white."""

_SHADES = sequence(101)
_ROW, _READABLE = 21.0, 18.0
_SPLIT = (0.01, 0.1, 0.3, 0.6, 0.9)


@dataclass(frozen=True, eq=False)
class _Grid:
    """The units and ranks shown, and where their cells are; ``shares`` (units, ranks)."""

    found: Uncertainty
    rows: tuple[int, ...]
    shares: Matrix
    width: float
    top: float

    @property
    def size(self) -> int:
        return 12 if self.width < 600 else 13

    @cached_property
    def names(self) -> list[str]:
        most = 16 if self.width < 600 else 28
        return [cut_inside(self.found.result.names[row], most) for row in self.rows]

    @cached_property
    def left(self) -> float:
        return self.size * 0.55 * max([6, *map(len, self.names)]) + 12

    @cached_property
    def cell(self) -> float:
        return min(44.0, (self.width - self.left - 2) / max(1, int(self.shares.shape[1])))

    @property
    def bottom(self) -> float:
        return self.top + _ROW * len(self.rows)

    def x(self, rank: int) -> float:
        return self.left + self.cell * (rank - 0.5)

    def y(self, at: int) -> float:
        return self.top + _ROW * (at + 0.5)


def acceptability_chart(
    found: Uncertainty,
    *,
    top: int | None = 25,
    units: Sequence[str] = (),
    width: float = 900,
    title: str | None = None,
) -> alt.LayerChart:
    """Return the share of draws in which each unit takes each rank (rank acceptability).

    Shown are the first units and some others, by code; all where neither is given.

    Raises
    ------
    UnitError
        When the index has no such unit, or it has no rank.
    """
    rows = chosen_rows(found.result.units, found.order, top, units)
    said = titled(found.result) if title is None else title
    keys = [Key("none", "share of draws with this rank:")]
    keys += [Key("box", f"{share:.0%}", _colour(share)) for share in _SPLIT]
    keys.append(Key("under", "rank as published"))
    above, letter = 28.0 if said else 4.0, 13 * 0.55
    start = above + keys_high(keys, width, letter) + LINE + 4
    grid = _Grid(found, rows, _shares(found, rows), width, start)
    marks: list[Mark] = [
        *([Text(2, 12, said, TextStyle(size=15, bold=True))] if said else []),
        *keys_drawn(keys, above, width, letter),
        *_ranks(grid),
    ]
    for at, row in enumerate(rows):
        marks += _unit(grid, at, row)
    return drawn(marks, (width, grid.bottom + LINE + 4))


def unit_acceptability_chart(
    found: Uncertainty, unit: str, *, width: float = 900, title: str | None = None
) -> alt.LayerChart:
    """Return how probable each rank of one unit is, as columns.

    Raises
    ------
    UnitError
        When the index has no such unit, or it has no rank.
    """
    [row] = chosen_rows(found.result.units, found.order, 0, [unit])
    shares, rank = found.ranks.acceptability[row], int(found.published[row])
    low, high = found.ranks.interval()[:, row]
    likely = np.flatnonzero(shares >= LEAST / 5) + 1
    first, last = min([rank, *likely]), max([rank, *likely])
    keys = [
        Key("box", f"90% interval: {between_words(low, high)}", BAR),
        Key("box", "rank as published", ACCENT),
        Key("box", "beyond", RULE),
    ]
    name = found.result.names[row]
    said = f"{name}: rank in {found.draws:,} defensible designs" if title is None else title
    above = 28.0 if said else 4.0
    floor = above + LINE * 2 + 200
    step = min(60.0, (width - 8) / (last - first + 1))
    highest = float(shares[first - 1 : last].max(initial=0.0)) or 1.0
    marks: list[Mark] = [Text(2, 12, said, TextStyle(size=15, bold=True))] if said else []
    marks += keys_drawn(keys, above, width, 13 * 0.55)
    every = max(1, round(_READABLE * 1.6 / step))
    for at in range(first, last + 1):
        x, share = 4 + step * (at - first + 0.5), float(shares[at - 1])
        tall = share / highest * 180
        fill = ACCENT if at == rank else BAR if low - 0.5 <= at <= high + 0.5 else RULE
        if tall >= 0.5:
            marks.append(Pill(x, floor - tall / 2, step * 0.86, tall, fill))
        if step >= 30 and share >= LEAST:
            marks.append(Text(x, floor - tall - 9, f"{share:.0%}", TextStyle("center", SOFT, 11)))
        if (at - first) % every == 0 or at == rank:
            style = TextStyle("center", INK if at == rank else SOFT, 12, bold=at == rank)
            clear = at == rank or abs(at - rank) * step >= _READABLE
            marks += [Text(x, floor + 12, str(at), style)] if clear else []
    marks.append(Stroke((4, floor), (4 + step * (last - first + 1), floor), SOFT))
    return drawn(marks, (width, floor + 26))


def _shares(found: Uncertainty, rows: tuple[int, ...]) -> Matrix:
    """Return the shares of all ranks that any of some units takes or has, (units, ranks)."""
    shares = found.ranks.acceptability[list(rows)]
    taken = np.flatnonzero((shares >= LEAST).any(axis=0)) + 1
    return shares[:, : max([1, *taken, *found.published[list(rows)]])]


def _colour(share: float) -> str:
    """Return the colour of a share: its root, so that small ones can be told apart."""
    return _SHADES[round(math.sqrt(min(1.0, share)) * 100)]


def _ranks(grid: _Grid) -> Iterator[Mark]:
    """Yield the ranks above and below the cells, as many as there is room for."""
    every = next((one for one in (1, 2, 5, 10, 20, 50, 100) if one * grid.cell >= 20), 200)
    style = TextStyle("center", SOFT, 11)
    for rank in range(1, grid.shares.shape[1] + 1):
        if rank % every == 0 or rank == 1:
            yield Text(grid.x(rank), grid.top - LINE / 2, str(rank), style)
            yield Text(grid.x(rank), grid.bottom + LINE / 2, str(rank), style)


def _unit(grid: _Grid, at: int, row: int) -> Iterator[Mark]:
    """Yield the name of a unit and its cells, the published rank underlined."""
    y = grid.y(at)
    yield Text(grid.left - 8, y, grid.names[at], TextStyle("right", size=grid.size))
    yield Stroke((grid.left, y + _ROW / 2), (grid.x(grid.shares.shape[1] + 1), y + _ROW / 2))
    gap = 1.0 if grid.cell > 6 else 0.0
    for rank, share in enumerate(grid.shares[at].tolist(), start=1):
        if share < LEAST:
            continue
        fill = _colour(share)
        yield Pill(grid.x(rank), y, grid.cell - gap, _ROW - gap, fill)
        if grid.cell >= _READABLE and share >= 0.045:
            style = TextStyle("center", readable_on(fill), 11)
            yield Text(grid.x(rank), y, f"{share * 100:.0f}", style)
    rank = int(grid.found.published[row])
    seen = float(grid.shares[at, rank - 1]) >= LEAST
    yield Pill(grid.x(rank), y + _ROW / 2 - 2, grid.cell - gap, 3, INK if seen else AWAY)
