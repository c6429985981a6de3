"""What drives the score?  The weight of each part beside what it turns out to be worth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import numpy as np

from rankscope.charts.keys import LINE, Key, keys_drawn, keys_high
from rankscope.charts.marks import Dot, Stroke, Text, TextStyle, cut_inside, drawn
from rankscope.charts.palette import FAMILIES, INK, RULE, SOFT

if TYPE_CHECKING:
    from collections.abc import Iterator

    import altair as alt

    from rankscope.analyses.importance import Importance
    from rankscope.charts.marks import Mark
    from rankscope.shapes import Vector

MORE, LESS = FAMILIES[0][0], FAMILIES[1][0]

_ROW = 26.0
Share = Literal["covariance_share", "correlation_ratio"]
_WORDS = {
    "covariance_share": "share of the score’s variance",
    "correlation_ratio": "share of the correlation ratios",
}


def importance_chart(
    found: Importance,
    *,
    measure: Share = "covariance_share",
    title: str | None = None,
    width: float = 900,
) -> alt.LayerChart:
    """Return the weight of each part, a ring, and its importance, a dot; the heaviest first.

    Both are shares that sum to 1.  Parts of weight 0 are left out; where the measure is not
    defined only the weight is shown.
    """
    values = importance_shares(found, measure)
    order = [
        at for at in np.argsort(-found.weights, kind="stable").tolist() if found.weights[at] > 0
    ]
    narrow = width < 600
    size, most = (12, 19) if narrow else (13, 40)
    names = [cut_inside(found.names[at], most) for at in order]
    said = f"What drives {found.name}" if title is None else title
    keys = [
        Key("hollow", "weight"),
        Key("none", f"importance, {_WORDS[measure]}:"),
        Key("ring", "more than its weight", MORE),
        Key("ring", "less", LESS),
    ]
    letter, above = size * 0.55, 28.0 if said else 4.0
    top = above + keys_high(keys, width, letter) + LINE + 2
    left = letter * max(map(len, names), default=0) + 14
    shown = np.concatenate([found.weights[order], values[order], [0.0, 0.05]])
    low, high = float(np.nanmin(shown)), float(np.nanmax(shown)) * 1.03
    right = width - (8 if narrow else 130)
    decimals = 0 if len(order) <= 9 else 1

    def x(value: float) -> float:
        return left + (value - low) / (high - low) * (right - left - 8) + 6

    marks: list[Mark] = [Text(2, 12, said, TextStyle(size=15, bold=True))] if said else []
    marks += keys_drawn(keys, above, width, letter)
    step = next(
        one for one in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1e9) if (high - low) / one <= 7
    )
    bottom = top + _ROW * len(order)
    for k in range(math.ceil(low / step), math.floor(high / step) + 1):
        place = x(k * step)
        marks.append(Stroke((place, top), (place, bottom), RULE))
        style = TextStyle("center", SOFT, size - 1)
        marks.append(Text(place, top - LINE / 2, _percent(k * step), style))
    for line, at in enumerate(order):
        y = top + _ROW * (line + 0.5)
        weight, value = float(found.weights[at]), float(values[at])
        marks.append(Text(left - 10, y, names[line], TextStyle("right", size=size)))
        marks += _pair(x(weight), x(value) if not math.isnan(value) else None, y)
        if not narrow:
            worth = "not defined" if math.isnan(value) else _percent(value, decimals)
            marks.append(
                Text(
                    right + 6, y, f"{_percent(weight, decimals)} → {worth}", TextStyle(colour=SOFT)
                )
            )
    return drawn(marks, (width, bottom + 8))


def importance_shares(found: Importance, measure: Share) -> Vector:
    """Return what parts are worth as shares of their sum, (parts,); NaN where not defined."""
    if measure == "covariance_share":
        return found.shares
    ratios = np.where(found.weights > 0, found.ratios, np.nan)
    total = float(np.nansum(ratios))
    return np.asarray(ratios / total if total > 0 else np.full(len(ratios), np.nan))


def _pair(weight: float, value: float | None, y: float) -> Iterator[Mark]:
    """Yield a ring at the weight, a dot at the importance, and the line between them."""
    if value is not None:
        colour = MORE if value >= weight else LESS
        yield Stroke((weight, y), (value, y), colour, 3.0)
        yield Dot(value, y, 4.4, colour)
    yield Dot(weight, y, 6.2, "#ffffff", INK)


def _percent(share: float, decimals: int = 0) -> str:
    return f"{share:.{decimals}%}".replace("-", "−")
