"""How much of one change makes up for another?  A map of their sizes, coloured by chance."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import ordinal
from rankscope.charts.edition_players import title_lines
from rankscope.charts.keys import LINE, Key, keys_drawn, keys_high
from rankscope.charts.marks import Pill, Stroke, Text, TextStyle, drawn, wrapped
from rankscope.charts.palette import FAMILIES, INK, RULE, SOFT, mix, readable_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    import altair as alt

    from rankscope.analyses.offset import Axis, OffsetMap
    from rankscope.charts.marks import Mark
    from rankscope.shapes import Matrix, Vector

CLASSES = 10
_WORSE, _BETTER = FAMILIES[1], FAMILIES[0]
_LABELS = 6
_STEPS = tuple(lead * 10.0**power for power in range(-6, 13) for lead in (1, 2, 5))


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the map is: both sizes as places."""

    found: OffsetMap
    width: float
    top: float
    left: float

    @property
    def size(self) -> int:
        return 12 if self.width < 600 else 13

    @property
    def high(self) -> float:
        return min(0.62 * (self.width - self.left), 460.0)

    @property
    def bottom(self) -> float:
        return self.top + self.high

    @property
    def right(self) -> float:
        return self.width - 14

    def x(self, value: float) -> float:
        low, high = self.found.x.values[[0, -1]]
        return float(self.left + (value - low) / (high - low) * (self.right - self.left))

    def y(self, value: float) -> float:
        low, high = self.found.y.values[[0, -1]]
        return float(self.bottom - (value - low) / (high - low) * self.high)


def offset_map_chart(
    found: OffsetMap, *, width: float = 900, title: str | None = None
) -> alt.LayerChart:
    """Return a map: across the first change, upwards the second, coloured by chance.

    The colour is the share of draws in which the unit ranks at least as well as without the
    scenario, or whether it does where nothing was drawn; numbers are ranks with the methods as
    published.  The full line is that of equal score, the dashed one that of an even chance.
    """
    said = title
    if said is None:
        said = f"{found.title}: {found.name}, {ordinal(found.rank_before)} of {found.of} without it"
    titles, keys = title_lines(said, width), _keys(found)
    size = 12 if width < 600 else 13
    above = 9.0 + 19.0 * len(titles) if titles else 4.0
    label = wrapped(f"↑ {found.y.label}", int((width - 8) / (size * 0.52)), 2)
    keyed = above + keys_high(keys, width, size * 0.55) + 4
    top = keyed + LINE * len(label) + 4
    frame = _Frame(found, width, top, 46.0)
    marks: list[Mark] = [*titles, *keys_drawn(keys, above, width, size * 0.55)]
    style = TextStyle(colour=SOFT, size=size - 1)
    marks += [Text(2, keyed + LINE * (at + 0.4), one, style) for at, one in enumerate(label)]
    marks += [*_ticks(frame), *_ranks(frame)]
    marks += _line(frame, found.line, INK, dashed=False)
    marks += _line(frame, found.even, INK, dashed=True)
    below = wrapped(f"→ {found.x.label}", int((width - 8) / (size * 0.52)), 2)
    under = frame.bottom + LINE + 12
    marks += [Text(2, under + LINE * (at + 0.4), one, style) for at, one in enumerate(below)]
    return drawn(marks, (width, under + LINE * len(below) + 4), ground=_cells(frame))


def chance_colour(chance: float) -> str:
    """Return the colour of a chance: dark orange for none, pale in the middle, dark blue for 1."""
    place = (min(int(chance * CLASSES), CLASSES - 1) + 0.5) / CLASSES
    if place < 0.5:
        return mix("#fdf3e7", _WORSE[0], (0.5 - place) * 1.5)
    return mix("#eef5fb", _BETTER[0], (place - 0.5) * 1.5)


def _keys(found: OffsetMap) -> list[Key]:
    """Return what colours and lines mean."""
    if found.chance is None:
        boxes = [Key("box", "old rank or better", chance_colour(1.0))]
        boxes.append(Key("box", "worse", chance_colour(0.0)))
    else:
        boxes = [Key("none", "chance of the old rank or a better one:")]
        boxes += [
            Key("box", words, chance_colour(chance))
            for words, chance in (("under 10 %", 0.0), ("about half", 0.5), ("over 90 %", 1.0))
        ]
    lines = [Key("line", "the same score as without it")]
    even = [Key("bound", "an even chance")] if found.chance is not None else []
    return [*boxes, *lines, *even, Key("none", "numbers: ranks")]


def _chances(found: OffsetMap) -> Matrix:
    if found.chance is not None:
        return found.chance
    good = (found.rank > 0) & (found.rank <= found.rank_before)
    return np.where(good, 1.0, 0.0)


def _cells(frame: _Frame) -> Iterator[Pill]:
    """Yield boxes, one for all neighbours of one colour in a row."""
    chances = _chances(frame.found)
    rows, columns = chances.shape
    tall, wide = frame.high / rows, (frame.right - frame.left) / columns
    for row in range(rows):
        y = frame.bottom - (row + 0.5) * tall
        colours = [chance_colour(one) if one == one else RULE for one in chances[row]]  # noqa: PLR0124
        for colour, members in groupby(range(columns), key=colours.__getitem__):
            run = list(members)
            x = frame.left + (run[0] + run[-1] + 1) / 2 * wide
            yield Pill(x, y, len(run) * wide + 0.4, tall + 0.4, colour)


def _ticks(frame: _Frame) -> Iterator[Mark]:
    """Yield the sizes along both axes."""
    style = TextStyle("center", SOFT, frame.size - 1)
    for value in _round_steps(frame.found.x):
        yield Text(frame.x(value), frame.bottom + 14, _said(frame.found.x, value), style)
    side = TextStyle("right", SOFT, frame.size - 1)
    for value in _round_steps(frame.found.y):
        yield Text(frame.left - 5, frame.y(value), _said(frame.found.y, value), side)


def _round_steps(axis: Axis) -> Vector:
    """Return round sizes along an axis, about six of them."""
    low, high = axis.values[[0, -1]]
    step = next(one for one in _STEPS if (high - low) / one <= _LABELS)
    return np.arange(np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9) + 1) * step + 0.0


def _said(axis: Axis, value: float) -> str:
    if not axis.is_share:
        return f"{value:.3g}"
    fine = axis.values[-1] - axis.values[0] < 0.05
    return f"{value:.1%}" if fine else f"{value:.0%}"


def _ranks(frame: _Frame) -> Iterator[Mark]:
    """Yield ranks at places that are spread evenly."""
    found, chances = frame.found, _chances(frame.found)
    rows, columns = found.rank.shape
    for i in ((np.arange(_LABELS) + 0.5) / _LABELS * rows).astype(int):
        for j in ((np.arange(_LABELS) + 0.5) / _LABELS * columns).astype(int):
            colour = readable_on(chance_colour(chances[i, j]))
            x = frame.left + (j + 0.5) * (frame.right - frame.left) / columns
            y = frame.bottom - (i + 0.5) * frame.high / rows
            style = TextStyle("center", colour, frame.size)
            yield Text(x, y, str(found.rank[i, j]) if found.rank[i, j] else "–", style)


def _line(frame: _Frame, values: Vector, colour: str, *, dashed: bool) -> Iterator[Stroke]:
    """Yield the pieces of a line, with gaps where there is none."""
    points = [
        (frame.x(x), frame.y(y)) if y == y else None  # noqa: PLR0124 - NaN
        for x, y in zip(frame.found.x.values.tolist(), values.tolist(), strict=True)
    ]
    for one, other in pairwise(points):
        if one and other:
            yield Stroke(one, other, colour, 2.0, dashed=dashed)
