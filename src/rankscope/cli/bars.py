"""A waterfall in text: bars that begin where the one above ended, so that they add up.

What is added is solid, what is taken away is hatched; colour only repeats it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

MORE, LESS, NOTHING = "█", "▒", "│"


@dataclass(frozen=True, slots=True)
class Span:
    """A bar from where the sum stood to where it then stands."""

    start: float
    end: float


def waterfall(differences: Sequence[float]) -> list[Span]:
    """Return the bars of differences that are added one after the other; unknown ones are nil."""
    spans, total = [], 0.0
    for difference in map(_known, differences):
        spans.append(Span(total, total + difference))
        total += difference
    return spans


def _known(difference: float) -> float:
    return 0.0 if math.isnan(difference) else difference


def drawn(span: Span, field: Sequence[Span], width: int) -> str:
    """Return a bar on the scale of all bars in the field, ``width`` cells wide."""
    low = min(0.0, *(min(one.start, one.end) for one in field))
    high = max(0.0, *(max(one.start, one.end) for one in field))
    if high <= low:
        return NOTHING
    left, right = (
        round((at - low) / (high - low) * width) for at in sorted((span.start, span.end))
    )
    cells = (MORE if span.end > span.start else LESS) * (right - left)
    return " " * min(left, width - 1) + (cells or NOTHING)
