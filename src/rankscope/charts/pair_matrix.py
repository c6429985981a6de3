"""Who is ahead of whom?  The probability that the unit of a row stands above that of a column."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rankscope.charts.interval_sheet import chosen_rows
from rankscope.charts.keys import LINE, Key, keys_drawn, keys_high
from rankscope.charts.marks import Pill, Text, TextStyle, cut_inside, drawn
from rankscope.charts.palette import FAMILIES, RULE, SOFT, mix, readable_on
from rankscope.charts.rank_intervals import titled
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from rankscope.analyses.uncertainty import Uncertainty
    from rankscope.charts.marks import Mark

AHEAD, BEHIND, CLOSE = FAMILIES[0], FAMILIES[1], "#edf0f2"
"""The dark and the light colour of a row that is ahead, of one behind, and of neither."""

_MOST, _LEAST, _READABLE = 34.0, 5.0, 22.0
_TINT = 0.55
"""How far from the middle tone pairs go that lean to one side."""


def pair_matrix_chart(
    found: Uncertainty,
    *,
    sure: float = 0.95,
    top: int | None = 25,
    units: Sequence[str] = (),
    width: float = 900,
    title: str | None = None,
) -> alt.LayerChart:
    """Return a square of the first units and some others, by code; all where neither is given.

    Dark are pairs in which one is ahead in at least ``sure`` of the draws; the others are
    too close to call, in a middle tone.

    Raises
    ------
    UnitError
        When the index has no such unit, or it has no rank.
    MethodError
        When pairs were not counted.
    """
    if found.pairs is None:
        raise MethodError("Pairs of units were not counted. Ask for them with pairs=True.")
    rows = chosen_rows(found.result.units, found.order, top, units)
    shares = found.pairs.probability
    said = titled(found.result) if title is None else title
    keys = [
        Key("none", "The row’s unit is above the column’s in"),
        Key("box", f"{sure:.0%} of draws or more", AHEAD[0]),
        Key("box", "too close to call", CLOSE),
        Key("box", f"{1 - sure:.0%} or fewer", BEHIND[0]),
    ]
    narrow = width < 600
    size = 12 if narrow else 13
    names = [cut_inside(found.result.names[row], 16 if narrow else 28) for row in rows]
    left = size * 0.55 * (max(map(len, names), default=0) + 4) + 14
    cell = max(_LEAST, min(_MOST, (width - left - 2) / max(1, len(rows))))
    tall = min(cell, 24.0)
    above, letter = 28.0 if said else 4.0, size * 0.55
    start = above + keys_high(keys, width, letter) + LINE
    marks: list[Mark] = [Text(2, 12, said, TextStyle(size=15, bold=True))] if said else []
    marks += keys_drawn(keys, above, width, letter)
    small = TextStyle("center", SOFT, 11 if cell >= _READABLE - 4 else 9)
    every = max(1, math.ceil(15 / cell))
    for at, row in enumerate(rows):
        y = start + tall * (at + 0.5)
        if at % max(1, math.ceil(13 / tall)) == 0:
            marks.append(
                Text(left - 8, y, _named(found, row, names[at]), TextStyle("right", size=size))
            )
        if at % every == 0:
            x = left + cell * (at + 0.5)
            marks.append(Text(x, start - LINE / 2, str(int(found.published[row])), small))
        for place, other in enumerate(rows):
            x, share = left + cell * (place + 0.5), float(shares[row, other])
            fill = "#ffffff" if row == other else colour_of(share, sure)
            gap = 1.0 if cell > 8 else 0.0
            marks.append(Pill(x, y, cell - gap, tall - gap, fill))
            if row != other and cell >= _READABLE and not math.isnan(share):
                style = TextStyle("center", readable_on(fill), 11)
                marks.append(Text(x, y, _percent(share), style))
    return drawn(marks, (width, start + tall * len(rows) + 6))


def colour_of(share: float, sure: float) -> str:
    """Return the colour of a pair: a middle tone that leans, and dark where one is ahead."""
    if math.isnan(share):
        return RULE
    dark, light = AHEAD if share >= 0.5 else BEHIND
    lean = abs(share - 0.5) * 2
    if max(share, 1 - share) >= sure:
        return dark
    return mix(CLOSE, light, lean / (2 * sure - 1) * _TINT)


def _named(found: Uncertainty, row: int, name: str) -> str:
    return f"{name}  {int(found.published[row])}"


def _percent(share: float) -> str:
    """Return a share in whole per cent, never nearer to all or nothing than it is."""
    percent = round(share * 100, 9)
    return str(math.floor(percent) if share > 0.5 else math.ceil(percent))
