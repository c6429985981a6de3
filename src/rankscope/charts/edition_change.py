"""Why did ranks move since the last edition?  Bars of what each cause won or cost each unit."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rankscope.charts.edition_players import (
    before_and_after,
    colour_of,
    editions_in_words,
    net_of,
    shares_of,
    title_lines,
)
from rankscope.charts.keys import LINE, Key, keys_drawn, keys_high
from rankscope.charts.marks import Dot, Pill, Stroke, Text, TextStyle, cut_inside, drawn
from rankscope.charts.palette import INK, RULE, SOFT
from rankscope.charts.unit_change import unit_change_chart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

    from rankscope.analyses.diff import Diff
    from rankscope.charts.edition_players import What
    from rankscope.charts.marks import Mark
    from rankscope.shapes import Matrix

__all__ = ["edition_change_chart", "unit_change_chart"]

_ROW, _THICK = 24.0, 15.0
_STEPS = tuple(lead * 10.0**power for power in range(-4, 7) for lead in (1, 2, 5))


@dataclass(frozen=True)
class _Sheet:
    """The units shown, from top to bottom, and where their bars are."""

    found: Diff
    rows: tuple[int, ...]
    what: What
    width: float
    top: float = 0.0

    @property
    def narrow(self) -> bool:
        return self.width < 600

    @property
    def size(self) -> int:
        return 12 if self.narrow else 13

    @property
    def letter(self) -> float:
        return self.size * 0.55

    @cached_property
    def shares(self) -> Matrix:
        return shares_of(self.found, self.what)[list(self.rows)]

    @cached_property
    def names(self) -> list[str]:
        most = 15 if self.narrow else 30
        return [cut_inside(self.found.names[row], most) for row in self.rows]

    @cached_property
    def numbers(self) -> list[str]:
        return [before_and_after(self.found, row, self.what) for row in self.rows]

    @cached_property
    def split(self) -> float:
        """Return where names end and ranks begin."""
        return self.letter * max(map(len, self.names), default=0) + 4

    @cached_property
    def left(self) -> float:
        """Return where bars begin."""
        return self.split + 10 + self.letter * max(map(len, self.numbers), default=0) + 12

    @cached_property
    def ends(self) -> tuple[float, float]:
        """Return how far bars and dots reach to the left and to the right."""
        known = np.nan_to_num(self.shares)
        net = net_of(self.found, self.what)[list(self.rows)]
        low = float(np.min([*np.minimum(known, 0).sum(axis=1), *np.nan_to_num(net), 0.0]))
        high = float(np.max([*np.maximum(known, 0).sum(axis=1), *np.nan_to_num(net), 0.0]))
        return (low, high) if high > low else (-1.0, 1.0)

    @property
    def bottom(self) -> float:
        return self.top + _ROW * len(self.rows)

    def x(self, value: float) -> float:
        low, high = self.ends
        return self.left + 8 + (value - low) / (high - low) * (self.width - self.left - 20)

    def y(self, at: int) -> float:
        return self.top + _ROW * (at + 0.5)


def edition_change_chart(
    found: Diff,
    *,
    top: int | None = 20,
    units: Sequence[str] = (),
    what: What = "rank",
    width: float = 900,
    title: str | None = None,
) -> alt.LayerChart:
    """Return what each cause won (to the right) or cost (to the left), a bar for each unit.

    Shown are the ``top`` units that moved most, up or down, and some others, by code; all
    where ``top`` is None.  The dot is the whole change; units go from the largest rise to
    the largest fall.

    Raises
    ------
    UnitError
        When one of the units is not ranked in both editions.
    """
    rows = _chosen(found, top, units, what)
    sheet = _Sheet(found, rows, what, width)
    said = f"{editions_in_words(found)}: what moved the {what}s" if title is None else title
    titles, keys = title_lines(said, width), _keys(sheet)
    above = 9.0 + 19.0 * len(titles) if titles else 4.0
    start = above + keys_high(keys, width, sheet.letter) + LINE + 2
    placed = replace(sheet, top=start)
    marks: list[Mark] = [*titles, *keys_drawn(keys, above, width, sheet.letter), *_axis(placed)]
    for at, row in enumerate(rows):
        marks += _unit(placed, at, float(net_of(found, what)[row]))
    if not rows:
        nobody = "No unit is ranked in both editions."
        marks.append(Text(2, placed.top, nobody, TextStyle(colour=SOFT, size=placed.size)))
    return drawn(marks, (width, placed.bottom + 10))


def _keys(sheet: _Sheet) -> list[Key]:
    """Return what colours and dots mean; only causes that are there have a colour."""
    measure = "places" if sheet.what == "rank" else "points"
    unknown = Key("none", "no bar: its causes are not known")
    return [
        *(Key("box", player.name, colour_of(player)) for player in sheet.found.players),
        Key("dot", f"all together, {measure} gained or lost"),
        *([unknown] if np.isnan(sheet.shares).any() else []),
    ]


def _chosen(found: Diff, top: int | None, units: Sequence[str], what: What) -> tuple[int, ...]:
    """Return the units that moved most and some others, from the largest rise down."""
    net = np.nan_to_num(net_of(found, what))
    gross = np.nan_to_num(np.abs(shares_of(found, what))).sum(axis=1)
    order = sorted(range(len(net)), key=lambda row: (-abs(net[row]), -gross[row], row))
    chosen = {*order[:top], *map(found.row, units)}
    return tuple(sorted(chosen, key=lambda row: (-net[row], -gross[row], row)))


def _axis(sheet: _Sheet) -> Iterator[Mark]:
    """Yield a line for each round change, with its value above; that of no change is dark."""
    low, high = sheet.ends
    lines = max(2.0, (sheet.width - sheet.left) / 62)
    step = next((one for one in _STEPS if (high - low) / one <= lines), 1e9)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    for k in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1):
        x = sheet.x(k * step)
        colour = SOFT if k == 0 else RULE
        yield Stroke((x, sheet.top), (x, sheet.bottom), colour)
        said = f"{k * step:+.{decimals}f}".replace("-", "−") if k else "0"
        yield Text(x, sheet.top - LINE / 2, said, TextStyle("center", SOFT, sheet.size - 1))


def _unit(sheet: _Sheet, at: int, net: float) -> Iterator[Mark]:
    """Yield the name of a unit, its ranks or scores, its bars and the dot of its whole change."""
    y, size = sheet.y(at), sheet.size
    yield Text(sheet.split, y, sheet.names[at], TextStyle("right", size=size))
    yield Text(sheet.left - 12, y, sheet.numbers[at], TextStyle("right", SOFT, size))
    ends = {1: 0.0, -1: 0.0}
    for player, share in zip(sheet.found.players, sheet.shares[at].tolist(), strict=True):
        if math.isnan(share) or share == 0:
            continue
        side = 1 if share > 0 else -1
        start, end = sorted((sheet.x(ends[side]), sheet.x(ends[side] + share)))
        ends[side] += share
        yield Pill((start + end) / 2, y, max(end - start - 0.8, 0.6), _THICK, colour_of(player))
    if not math.isnan(net):
        yield Dot(sheet.x(net), y, 4.2, "#ffffff", INK)
