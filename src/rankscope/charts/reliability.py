"""Do the parts of each aggregate measure one thing?  Cronbach's alpha, all and without each."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence import rules
from rankscope.charts.keys import LINE, Key
from rankscope.charts.marks import Dot, Pill, cut_inside, drawn
from rankscope.charts.palette import ACCENT, FAMILIES, INK
from rankscope.charts.row_sheet import (
    MINUS,
    Rows,
    and_more,
    heading,
    nothing,
    round_ticks,
    signed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import altair as alt

    from rankscope.analyses.coherence.reliability import Reliabilities, Reliability
    from rankscope.charts.marks import Mark

FIRM, LOOSE = FAMILIES[0][0], FAMILIES[1][0]
"""The colours of groups at the bar or above it, and below."""

_LEAST = -0.5
"""An alpha below this stands at the end of the scale, its number beside it."""


def reliability_chart(
    found: Reliabilities, *, top: int = 40, width: float = 900, title: str | None = None
) -> alt.LayerChart:
    """Return alpha of each aggregate against the bar of 0.7, in the order of the framework.

    Ticks are alpha without one part, where it is higher; the highest is named.
    """
    groups = found.nodes[:top]
    said = "Do the parts measure one thing?" if title is None else title
    keys = [
        Key("none", "Cronbach’s alpha"),
        Key("ring", f"{rules.RELIABLE:g} or more", FIRM),
        Key("ring", f"below {rules.RELIABLE:g}: parts hang together loosely", LOOSE),
        Key("tick", "without one part, where that is higher", ACCENT),
    ]
    marks, under = heading(said, keys, width)
    narrow = width < 600
    sheet = Rows(
        names=tuple(one.name for one in groups),
        notes=tuple(_note(one, 10 if narrow else 26) for one in groups),
        width=width,
        top=under + LINE + 4,
        low=_lowest(groups),
        high=1.0,
    )
    marks += sheet.labels()
    if groups:
        marks += sheet.axis(round_ticks(sheet.low, sheet.high, 8), lambda tick: signed(tick, 1))
        marks += sheet.upright(rules.RELIABLE, INK, 1.6, dashed=True)
    for at, one in enumerate(groups):
        marks += _group(sheet, at, one)
    more = and_more(len(found.nodes) - top, "aggregates")
    more = more or ("" if groups else "No aggregate has two parts.")
    marks += [nothing(more, sheet.bottom, width)] if more else []
    return drawn(marks, (width, sheet.bottom + (LINE + 8 if more else 8)))


def _group(sheet: Rows, at: int, one: Reliability) -> Iterator[Mark]:
    """Yield the dot of a group, and a tick for each part without which alpha is higher."""
    alpha, y = one.alpha.raw, sheet.y(at)
    if math.isnan(alpha):
        return
    dropped = one.alpha.dropped
    for value in dropped[dropped > alpha].tolist():
        yield Pill(sheet.x(value), y, 2.4, 15.0, ACCENT)
    low = alpha < rules.RELIABLE
    yield Dot(sheet.x(alpha), y, 5.4, LOOSE if low else FIRM)


def _note(one: Reliability, most: int) -> str:
    """Return alpha, and without which part it is highest if that is higher."""
    alpha = one.alpha.raw
    if math.isnan(alpha):
        return "not defined"
    dropped = np.nan_to_num(one.alpha.dropped, nan=-np.inf)
    best = int(dropped.argmax())
    said = rules.number(alpha, rules.RELIABLE).replace("-", MINUS)
    highest = signed(float(dropped[best]))
    if not dropped[best] > alpha or highest == signed(alpha):
        return said
    return f"{said}; {highest} without {cut_inside(one.names[best], most)}"


def _lowest(groups: tuple[Reliability, ...]) -> float:
    """Return where the scale begins: at 0, or below it where alpha is."""
    lowest = min((one.alpha.raw for one in groups if not math.isnan(one.alpha.raw)), default=0.0)
    return 0.0 if lowest >= 0 else max(_LEAST, math.floor(lowest * 10) / 10)
