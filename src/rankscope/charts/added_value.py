"""What does the whole rank add to the ranks of its parts?  How many units rank elsewhere."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence import rules
from rankscope.charts.keys import LINE, Key
from rankscope.charts.marks import drawn
from rankscope.charts.palette import ACCENT, FAMILIES
from rankscope.charts.row_sheet import Rows, and_more, heading, nothing, round_ticks

if TYPE_CHECKING:
    import altair as alt

    from rankscope.analyses.coherence.added_value import AddedValue

ANY, ALL, PART = ACCENT, FAMILIES[3][0], "#6fb3af"
"""The colours of bars for one part at least, for all parts, and for each part."""

_THICK = 14.0


def added_value_chart(
    found: AddedValue, *, top: int = 30, width: float = 900, title: str | None = None
) -> alt.LayerChart:
    """Return for how many units the rank in each part is far from that in the whole.

    The last bars are for one part at least, and for all; beside each part is the median
    distance in places.
    """
    said = f"Ranks in {found.name} and in its parts" if title is None else title
    keys = [
        Key("bar", f"units that rank {found.places} places or more away from the whole", PART),
        Key("bar", "from one part at least", ANY),
        Key("bar", "from all parts", ALL),
    ]
    marks, under = heading(said, keys, width)
    shown = range(min(top, len(found.codes)))
    more = and_more(len(found.codes) - top, "parts")
    bars = [(found.names[at], float(found.shares[at]), _note(found, at), PART) for at in shown]
    if len(found.codes) > 1:
        both = ((found.from_any, ANY, "One part at least"), (found.from_all, ALL, "All parts"))
        bars += [(name, share, percent_of(share), fill) for share, fill, name in both]
    known = [share for _, share, _, _ in bars if not math.isnan(share)]
    sheet = Rows(
        names=tuple(name for name, *_ in bars),
        notes=tuple(note for _, _, note, _ in bars),
        width=width,
        top=under + LINE + 4,
        low=0.0,
        high=max([0.1, *known]),
        strong=frozenset(range(len(shown), len(bars))),
    )
    marks += sheet.labels()
    if known:
        marks += sheet.axis(round_ticks(0.0, sheet.high, 7), lambda tick: f"{tick:.0%}")
    for at, (_, share, _, fill) in enumerate(bars):
        if not math.isnan(share):
            marks.append(sheet.bar(at, 0.0, share, _THICK, fill))
    more = more or ("" if bars else "There are no parts.")
    marks += [nothing(more, sheet.bottom, width)] if more else []
    return drawn(marks, (width, sheet.bottom + (LINE + 8 if more else 8)))


def median_distance(found: AddedValue, at: int) -> float:
    """Return by how many places the median unit differs between a part and the whole."""
    shifts = np.abs(found.shifts[:, at])
    known = shifts[~np.isnan(shifts)]
    return float(np.median(known)) if known.size else math.nan


def percent_of(share: float) -> str:
    """Return a share in per cent, or that there is none."""
    return "not known" if math.isnan(share) else rules.percent(share, 0.0 if share else 1.0)


def _note(found: AddedValue, at: int) -> str:
    median = median_distance(found, at)
    if math.isnan(median):
        return "not known"
    return f"{percent_of(float(found.shares[at]))}, median {median:g} places"
