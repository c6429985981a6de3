"""How many things do the parts of an aggregate measure?  Eigenvalues held against chance."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.charts.keys import LINE, Key
from rankscope.charts.marks import Dot, Stroke, Text, TextStyle, drawn
from rankscope.charts.palette import ACCENT, RULE, SOFT
from rankscope.charts.row_sheet import and_more, heading, letters, nothing, round_ticks

if TYPE_CHECKING:
    from collections.abc import Iterator

    import altair as alt

    from rankscope.analyses.coherence.dimensions import Components, Dimensions
    from rankscope.charts.marks import Mark

_TALL = 240.0
_SHARE = 36.0
"""How far apart shares of the variance are printed at least."""


@dataclass(frozen=True, slots=True)
class _Field:
    """Where components and eigenvalues are, in pixels."""

    top: float
    width: float
    size: int
    count: int
    high: float

    @property
    def left(self) -> float:
        return self.size * 0.55 * len(f"{self.high:.0f}.0") + 8

    @property
    def step(self) -> float:
        return min((self.width - self.left - 4) / max(self.count, 1), 110.0)

    @property
    def bottom(self) -> float:
        return self.top + _TALL

    def x(self, at: int) -> float:
        return self.left + self.step * (at + 0.5)

    def y(self, value: float) -> float:
        return self.bottom - max(value, 0.0) / self.high * (_TALL - 22)


def scree_chart(
    found: Dimensions, node: str, *, top: int = 15, width: float = 900, title: str | None = None
) -> alt.LayerChart:
    """Return the eigenvalues of an aggregate, by code, and those that chance makes.

    Filled dots are counted as dimensions; beside them is the share of the variance.

    Raises
    ------
    KeyError
        When there is no such aggregate, or it has one part only.
    """
    own = next((one for one in found.nodes if one.node == node), None)
    if own is None:
        raise KeyError(node)
    said = _sentence(own) if title is None else title
    keys = [
        Key("ring", "eigenvalue of a dimension that counts", ACCENT),
        Key("dot", "of one that does not"),
        Key("bound", f"reached by chance in {1 - found.quantile:.0%} of draws"),
        Key("none", "below: share of the variance"),
    ]
    marks, under = heading(said, keys, width)
    shown = min(len(own.eigenvalues), top)
    if not shown:
        words = f"Too few units have all parts: {own.rows} of {own.of}."
        return drawn([*marks, nothing(words, under, width)], (width, under + LINE + 8))
    ends = np.concatenate([own.eigenvalues[:shown], own.chance[:shown]])
    field = _Field(under + 6, width, letters(width), shown, float(np.nanmax(ends)) * 1.03)
    marks += [*_axes(field), *_chance(field, own), *_eigenvalues(field, own)]
    marks += _shares(field, own)
    more = and_more(len(own.eigenvalues) - shown, "components")
    marks += [nothing(more, field.bottom + 2 * LINE + 2, width)] if more else []
    return drawn(marks, (width, field.bottom + 2 * LINE + (26 if more else 6)))


def _sentence(own: Components) -> str:
    """Return what an aggregate turns out to have."""
    if not own.defined:
        return f"Dimensions of {own.name}"
    count = {0: "no dimension", 1: "one dimension"}.get(
        own.dimensions, f"{own.dimensions} dimensions"
    )
    return f"{own.name}: {count} beyond chance"


def _axes(field: _Field) -> Iterator[Mark]:
    """Yield lines for round eigenvalues."""
    end = field.left + field.step * field.count
    for tick in round_ticks(0.0, field.high, 8):
        y = field.y(tick)
        yield Stroke((field.left, y), (end, y), RULE)
        style = TextStyle("right", SOFT, field.size - 1)
        yield Text(field.left - 6, y, f"{tick:g}", style)


def _chance(field: _Field, own: Components) -> Iterator[Mark]:
    """Yield the line of what chance makes."""
    places = [(field.x(at), field.y(value)) for at, value in enumerate(own.chance[: field.count])]
    for start, end in itertools.pairwise(places):
        yield Stroke(start, end, SOFT, 1.4, dashed=True)
    for x, y in places:
        yield Dot(x, y, 2.6, "#ffffff", SOFT)


def _eigenvalues(field: _Field, own: Components) -> Iterator[Mark]:
    """Yield the line and dots of the eigenvalues."""
    values = own.eigenvalues[: field.count].tolist()
    places = [(field.x(at), field.y(value)) for at, value in enumerate(values)]
    for start, end in itertools.pairwise(places):
        yield Stroke(start, end, ACCENT, 1.6)
    for at, (x, y) in enumerate(places):
        counted = at < own.dimensions
        yield Dot(x, y, 5.0, ACCENT if counted else "#ffffff", "white" if counted else ACCENT)


def _shares(field: _Field, own: Components) -> Iterator[Mark]:
    """Yield the numbers of the components, and below them their shares where there is room."""
    every = max(1, math.ceil(_SHARE / field.step))
    for at in range(field.count):
        bold = at < own.dimensions
        x, y = field.x(at), field.bottom + LINE / 2 + 2
        yield Text(x, y, str(at + 1), TextStyle("center", SOFT, field.size - 1))
        if at % every == 0:
            style = TextStyle("center", size=field.size - 1, bold=bold)
            yield Text(x, y + LINE, f"{own.shares[at]:.0%}", style)
