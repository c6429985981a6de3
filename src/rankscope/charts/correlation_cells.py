"""Cells of correlations: their colours, their texts, and what these mean."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rankscope.analyses.coherence import rules
from rankscope.analyses.coherence.correlations import reading
from rankscope.charts.keys import Key
from rankscope.charts.marks import Pill, Text, TextStyle
from rankscope.charts.palette import FAMILIES, SOFT, readable_on
from rankscope.charts.row_sheet import signed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.charts.marks import Mark

AGAINST, WEAK, FINE, TWICE = FAMILIES[1][0], "#f6dcbd", "#c3ddef", FAMILIES[0][0]
"""The colours of parts against each other, weak, in order, and saying the same twice."""

TONES = {"negative": AGAINST, "weak": WEAK, "fine": FINE, "redundant": TWICE}

BLANK = "#f3f5f6"
"""The ground of a cell whose correlation may be chance, or is not known."""

CHANCE = "·"

TALL = 25.0
"""How high a cell is."""

_DECIMALS = 33.0
"""From this width on a cell has room for two decimals."""


def correlation_keys(cell: float) -> list[Key]:
    """Return what the cells mean, whose text depends on how wide they are."""
    unit = [] if cell >= _DECIMALS else [Key("none", "in hundredths:")]
    return [
        *unit,
        Key("box", f"against each other, below {signed(rules.NEGATIVE, 1)}", AGAINST),
        Key("box", f"weak, up to {rules.WEAK:g}", WEAK),
        Key("box", "in order", FINE),
        Key("box", f"the same twice, above {rules.REDUNDANT:g}", TWICE),
        Key("none", f"{CHANCE}  may be chance"),
    ]


def correlation_cell(
    place: tuple[float, float], cell: float, value: float, *, chance: bool, size: int = 11
) -> Iterator[Mark]:
    """Yield a cell with its correlation, or a dot where it may be chance."""
    known = not (math.isnan(value) or chance)
    fill = TONES[reading(value)] if known else BLANK
    yield Pill(*place, cell - 1.5, TALL - 1.5, fill)
    text = CHANCE if chance and not math.isnan(value) else ""
    if known:
        text = correlation_text(value, cell)
    yield Text(*place, text, TextStyle("center", readable_on(fill) if known else SOFT, size))


def correlation_text(value: float, cell: float) -> str:
    """Return a correlation with two decimals, or in hundredths where there is little room.

    Rounding never takes it to the other side of a threshold, nor to 1.
    """
    if cell >= _DECIMALS:
        near = (rules.NEGATIVE, rules.WEAK, rules.REDUNDANT)
        bound = min(near, key=lambda one: abs(one - value))
        text = rules.number(value, bound) if abs(value - bound) > 0.001 else f"{value:.3f}"
        return signed(float(text), len(text.split(".")[1]))
    return signed(value * 100, 0)
