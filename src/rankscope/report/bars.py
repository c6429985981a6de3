"""Bars: a score as a row of rectangles, one a part, in percent of the widest bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.pages.numbers import coordinate

if TYPE_CHECKING:
    from rankscope.report.material import Material

_THINNEST = 0.05


@dataclass(frozen=True, slots=True)
class Segment:
    """One rectangle: the number of its part (-1: the whole score), where it starts, how wide."""

    part: int
    x: str
    width: str


def bar(material: Material, view: int, row: int) -> tuple[Segment, ...]:
    """Return the segments of a unit's bar in a view; none where it has no score."""
    score = float(material.result.scores[view, row, material.plan.root])
    if np.isnan(score):
        return ()
    span = material.high - material.low
    stack = material.stacks[view]
    if stack is None:
        return (Segment(-1, "0", coordinate((score - material.low) / span * 100)),)
    found, start = [], 0.0
    for part, points in enumerate(stack[row].tolist()):
        width = points / span * 100
        if width >= _THINNEST:
            found.append(Segment(part, coordinate(start), coordinate(width)))
        start += max(width, 0.0)
    return tuple(found)
