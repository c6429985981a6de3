"""Which weights can have led to a printed result?  An interval for each component."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from rankscope.charts.edition_players import title_lines
from rankscope.charts.keys import LINE, Key, keys_drawn, keys_high
from rankscope.charts.marks import Dot, Pill, Stroke, Text, TextStyle, cut_inside, drawn
from rankscope.charts.palette import FAMILIES, INK, RULE, SOFT
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import altair as alt

    from rankscope.analyses.recover import Recovered
    from rankscope.charts.marks import Mark

INTERVAL = FAMILIES[0][1]

_ROW, _LEAST = 32.0, 6.0


def recovered_weights_chart(
    found: Recovered, *, width: float = 900, title: str | None = None
) -> alt.LayerChart:
    """Return a bar from the lowest to the highest share of each component that print allows.

    A tick is the middle of the set, a dot below it the share by the smallest whole numbers.
    Bars too short to see have 6 pixels; the ends stand beside them in figures.

    Raises
    ------
    MethodError
        When no weights were recovered.
    """
    if found.refused:
        raise MethodError("No weights were recovered, so there is nothing to draw.")
    narrow = width < 600
    size = 12 if narrow else 13
    letter = size * 0.55
    names = [cut_inside(name, 22 if narrow else 40) for name in found.names]
    left = letter * max(map(len, names)) + 16
    figures = [_ends(*ends) for ends in found.shares.tolist()]
    right = width - letter * max(map(len, figures)) - 14
    keys = _keys(found)
    said = "The weights that print allows" if title is None else title
    heading = title_lines(said, width) if said else ()
    above = 9.0 + 19.0 * len(heading) if said else 4.0
    top = above + keys_high(keys, width, letter) + LINE + 2
    most = float(found.shares[:, 1].max()) * 1.04

    def x(share: float) -> float:
        return left + share / most * (right - left)

    marks: list[Mark] = [*heading]
    marks += keys_drawn(keys, above, width, letter)
    bottom = top + _ROW * len(names)
    steps = (
        one
        for one in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25)
        if most / one <= min(8, (right - left) / 30)
    )
    step = next(steps, 0.5)
    for k in range(math.floor(most / step) + 1):
        marks.append(Stroke((x(k * step), top), (x(k * step), bottom), RULE))
        style = TextStyle("center", SOFT, size - 1)
        marks.append(Text(x(k * step), top - LINE / 2, f"{k * step:.0%}", style))
    for at, name in enumerate(names):
        y = top + _ROW * (at + 0.5)
        marks.append(Text(left - 10, y, name, TextStyle("right", size=size)))
        marks += _row(found, at, x, y)
        marks.append(Text(width - 4, y, figures[at], TextStyle("right", SOFT, size - 1)))
    return drawn(marks, (width, bottom + 8))


def _keys(found: Recovered) -> list[Key]:
    keys = [
        Key("none", "Share of all weights:"),
        Key("box", "lowest to highest possible", INTERVAL),
        Key("tick", "middle of the set", INK),
    ]
    if found.whole_numbers is not None:
        keys.append(Key("dot", f"by {found.whole_numbers}, the smallest whole numbers that do"))
    return keys


def _row(found: Recovered, at: int, x: Callable[[float], float], y: float) -> Iterator[Mark]:
    """Yield the bar of a component, its middle, and its share by whole numbers."""
    low, high = x(float(found.shares[at, 0])), x(float(found.shares[at, 1]))
    wide = max(high - low, _LEAST)
    yield Pill((low + high) / 2, y, wide, 12, INTERVAL)
    yield Pill(x(float(found.centre[at])), y, 2.4, 16, INK)
    if found.whole_numbers is not None:
        share = found.whole_numbers.numbers[at] / found.whole_numbers.sum
        yield Dot(x(share), y + 12, 3.6, "#ffffff", INK)


def _ends(low: float, high: float) -> str:
    """Return both ends in per cent, with digits enough to tell them apart."""
    gap = 100 * (high - low)
    digits = 2 if not gap > 0 else int(np.clip(1 - math.floor(math.log10(gap)), 0, 6))
    return f"{100 * low:.{digits}f}–{100 * high:.{digits}f} %"
