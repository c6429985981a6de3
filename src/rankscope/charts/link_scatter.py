"""Who ranks other than an outside variable would say?  Scores against it, the odd ones named."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean, visible
from rankscope.analyses.coherence.links import MEASURES
from rankscope.charts.keys import LINE, Key
from rankscope.charts.labels import RISE, place_labels, shift_of
from rankscope.charts.marks import Dot, Stroke, Text, TextStyle, cut, cut_inside, drawn
from rankscope.charts.palette import ACCENT, FAMILIES, RULE, SOFT
from rankscope.charts.row_sheet import heading, letters, nothing, round_ticks, signed
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import altair as alt

    from rankscope.analyses.coherence.links import Links
    from rankscope.charts.marks import Mark
    from rankscope.shapes import Vector

ODD = FAMILIES[1][0]

_TALL, _MOST = 380.0, 12
_FAR = 50.0
_WORDS = ((1e12, " tn"), (1e9, " bn"), (1e6, " m"), (1e3, "k"))


@dataclass(frozen=True, slots=True)
class _Field:
    """Where values, or their logarithms, and scores are, in pixels."""

    top: float
    width: float
    size: int
    across: tuple[float, float]
    up: tuple[float, float]

    @property
    def left(self) -> float:
        return self.size * 0.55 * 5 + 6

    @property
    def bottom(self) -> float:
        return self.top + _TALL

    def x(self, value: float) -> float:
        low, high = self.across
        return self.left + 10 + (value - low) / (high - low) * (self.width - self.left - 26)

    def y(self, score: float) -> float:
        low, high = self.up
        return self.bottom - 10 - (score - low) / (high - low) * (_TALL - 20)


def link_scatter_chart(
    found: Links, variable: str, *, width: float = 900, title: str | None = None
) -> alt.LayerChart:
    """Return the scores against a variable, by code, and who lies furthest from the line.

    The variable is on a logarithmic scale where it spreads far, or its logarithm goes with
    the score more than it does itself.

    Raises
    ------
    MethodError
        When there is no such variable.
    """
    if variable not in found.variables:
        known = did_you_mean(variable, list(found.variables))
        raise MethodError(f"No link was sought with {visible(variable)!r}. {known}".rstrip())
    at = found.variables.index(variable)
    values, scores = found.outside[:, at], found.scores
    both = np.isfinite(scores) & np.isfinite(values)
    logs = logarithmic(found, at)
    across = np.log10(values[both]) if logs else values[both]
    names = [name for name, here in zip(found.unit_names, both.tolist(), strict=True) if here]
    said = f"{found.names[0]} and {found.variable_names[at]}" if title is None else title
    return _picture(found, at, (across, scores[both], names), said, width, logs=logs)


def logarithmic(found: Links, at: int) -> bool:
    """Return whether a variable is shown by its logarithm."""
    plain, logged = (float(found.values[MEASURES.index(one), 0, at]) for one in ("pearson", "log"))
    if math.isnan(logged):
        return False
    values = found.outside[:, at]
    values = values[np.isfinite(values)]
    return bool(values.max() > _FAR * values.min()) or not abs(plain) >= abs(logged)


def _picture(
    found: Links,
    at: int,
    data: tuple[Vector, Vector, list[str]],
    title: str,
    width: float,
    *,
    logs: bool,
) -> alt.LayerChart:
    """Draw the scores of units against a variable."""
    across, scores, names = data
    value = float(found.values[MEASURES.index("log" if logs else "pearson"), 0, at])
    ranks = float(found.values[MEASURES.index("spearman"), 0, at])
    big = bool((np.abs(found.outside[:, at]) >= 1e6).any())
    scale = " (logarithmic scale)" if logs else ""
    keys = [
        Key("ring", "a unit", ACCENT),
        Key("ring", "furthest from the line", ODD),
        Key("none", f"correlation {_said(value)}, of ranks {_said(ranks)}"),
        *([Key("none", "m: million, bn: 1,000 million, tn: 1,000 bn")] if big else []),
    ]
    marks, under = heading(title, keys, width)
    if len(scores) < 2:
        words = "Fewer than two units have both."
        return drawn([*marks, nothing(words, under, width)], (width, under + LINE + 8))
    size = letters(width)
    field = _Field(under + 8, width, size, _ends(across), _ends(scores))
    marks += _axes(field, logs=logs)
    named = cut(f"{found.variable_names[at]}{scale}", int(width / (size * 0.55)) - 4)
    style = TextStyle("right", SOFT, size - 1)
    marks.append(Text(width - 6, field.bottom + 1.5 * LINE, named, style))
    marks += _units(field, across, scores, names)
    return drawn(marks, (width, field.bottom + 2 * LINE + 6))


def _units(field: _Field, across: Vector, scores: Vector, names: list[str]) -> Iterator[Mark]:
    """Yield a line through the units, a dot for each, and the names of the odd ones."""
    slope, level = _line(across, scores)
    rest = np.abs(scores - level - slope * across)
    order = np.argsort(-rest, kind="stable").tolist() if len(scores) > 2 else []
    start, end = (
        (field.x(value), field.y(_inside(level + slope * value, field.up)))
        for value in field.across
    )
    yield Stroke(start, end, SOFT, 1.4, dashed=True)
    places = [(field.x(x), field.y(y)) for x, y in zip(across, scores, strict=True)]
    short = [cut_inside(name, 14 if field.width < 600 else 24) for name in names]
    most = 6 if field.width < 600 else _MOST
    inside = [(x - field.left, y) for x, y in places]
    room = (field.width - field.left, field.bottom)
    labels = place_labels(inside, short, order[: 2 * most], room, most)
    odd = {label.dot for label in labels}
    for at, place in enumerate(places):
        yield Dot(*place, 3.8, ODD if at in odd else ACCENT)
    for label in labels:
        x, y = places[label.dot]
        shift = shift_of(label.level) * (1 if label.align == "left" else -1)
        yield Text(x + shift, y + label.level * RISE, short[label.dot], TextStyle(label.align))


def _axes(field: _Field, *, logs: bool) -> Iterator[Mark]:
    """Yield lines and numbers for round scores and values."""
    style = TextStyle("right", SOFT, field.size - 1)
    for tick in round_ticks(*field.up, 7):
        y = field.y(tick)
        yield Stroke((field.left, y), (field.width - 4, y), RULE)
        yield Text(field.left - 4, y, f"{tick:g}", style)
    low, high = field.across
    powers = list(range(math.ceil(low), math.floor(high) + 1)) if logs else []
    ticks = [float(power) for power in powers] if len(powers) > 1 else round_ticks(low, high, 6)
    for tick in ticks:
        x = field.x(tick)
        yield Stroke((x, field.top), (x, field.bottom), RULE)
        text = short_number(10**tick if logs else tick)
        yield Text(x, field.bottom + LINE / 2, text, TextStyle("center", SOFT, field.size - 1))


def short_number(value: float) -> str:
    """Return a number in few letters.

    >>> short_number(2_500_000.0), short_number(0.5)
    ('2.5 m', '0.5')
    """
    for size, letter in _WORDS:
        if abs(value) >= size:
            return f"{value / size:.3g}{letter}"
    return f"{value:.3g}"


def _line(across: Vector, scores: Vector) -> tuple[float, float]:
    """Return slope and level of the line of least squares."""
    spread = across - across.mean()
    square = float(spread @ spread)
    slope = float(spread @ scores) / square if square > 0 else 0.0
    return slope, float(scores.mean() - slope * across.mean())


def _ends(values: Vector) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    return (low, high) if high > low else (low - 1, high + 1)


def _inside(value: float, ends: tuple[float, float]) -> float:
    return min(max(value, ends[0]), ends[1])


def _said(value: float) -> str:
    return "not defined" if math.isnan(value) else signed(value)
