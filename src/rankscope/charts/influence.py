"""What moves the ranks when it is left out?  The mean move of units, and the furthest one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from rankscope.analyses.influence_trials import KINDS
from rankscope.charts.keys import LINE, Key
from rankscope.charts.marks import Pill, cut_inside, drawn
from rankscope.charts.palette import FAMILIES, SOFT
from rankscope.charts.rank_intervals import BAR
from rankscope.charts.row_sheet import Rows, and_more, heading, nothing, round_ticks

if TYPE_CHECKING:
    import altair as alt

    from rankscope.analyses.influence import Influence
    from rankscope.analyses.influence_left_out import LeftOut

FURTHEST = FAMILIES[1][0]

_THICK = 13.0
Kind = Literal["indicators", "pillars", "units", "years"]


def influence_chart(
    found: Influence,
    *,
    of: Kind = "indicators",
    top: int = 20,
    width: float = 900,
    title: str | None = None,
) -> alt.LayerChart:
    """Return what moves the ranks most when it is left out, the largest mean move first.

    Bars are the mean move of all units, ticks that of the unit that moves furthest, which is
    named beside.
    """
    every = [one for one in found.of(KINDS[of]) if not math.isnan(one.mean_shift)]
    rows = every[:top]
    said = f"How ranks move without one of the {of}" if title is None else title
    keys = [
        Key("bar", "mean move of all units, in places", BAR),
        Key("tick", "move of the unit that moves furthest", FURTHEST),
        Key("none", "+1: one more moves as far"),
    ]
    marks, under = heading(said, keys, width)
    names = dict(zip(found.units, found.names, strict=True))
    most = 15 if width < 600 else 22
    sheet = Rows(
        names=tuple(one.name for one in rows),
        notes=tuple(_note(one, names, most) for one in rows),
        width=width,
        top=under + LINE + 4,
        low=0.0,
        high=max([1.0, *(one.largest_shift for one in rows)]),
    )
    marks += sheet.labels()
    if rows:
        marks += sheet.axis(round_ticks(0.0, sheet.high, 7), lambda tick: f"{tick:g}")
    for at, one in enumerate(rows):
        end = sheet.x(one.largest_shift)
        start = sheet.x(0.0)
        y = sheet.y(at)
        marks.append(Pill((start + end) / 2, y, max(end - start, 1.0), 1.2, SOFT))
        marks.append(sheet.bar(at, 0.0, one.mean_shift, _THICK, BAR))
        marks.append(Pill(end, y, 2.8, 15.0, FURTHEST))
    more = and_more(len(every) - top, of)
    more = more or ("" if rows else f"No ranks were compared without one of the {of}.")
    marks += [nothing(more, sheet.bottom, width)] if more else []
    return drawn(marks, (width, sheet.bottom + (LINE + 8 if more else 8)))


def _note(one: LeftOut, names: dict[str, str], most: int) -> str:
    """Return the mean move, and who moves furthest, by how much."""
    mean = f"{one.mean_shift:.1f}"
    if not one.furthest:
        return f"{mean}; nobody moves"
    others = f" +{len(one.furthest) - 1}" if len(one.furthest) > 1 else ""
    who = cut_inside(names.get(one.furthest[0], one.furthest[0]), most)
    return f"{mean}; {who}{others} by {one.largest_shift:.0f}"
