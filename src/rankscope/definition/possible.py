"""Which values an indicator can have, whatever was observed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rankscope.definition.node import Node

_FROM_ZERO = frozenset({"count", "share", "maximum"})


def possible_range(indicator: Node) -> tuple[float, float]:
    """Return the ends between which an indicator's values can lie, infinite where none is known.

    Counts begin at 0, ranks at 1; a dummy is 0 or 1.  A share ends where it is whole: at
    ``per`` if it names its denominator, at 100 if its unit is a percentage, else at 1.
    """
    kind = indicator.kind
    if kind == "dummy":
        return (0.0, 1.0)
    if kind == "rank":
        return (1.0, math.inf)
    if kind == "share":
        percentage = 100.0 if indicator.unit.lstrip().startswith("%") else 1.0
        return (0.0, indicator.per if indicator.denominator else percentage)
    return (0.0 if kind in _FROM_ZERO else -math.inf, math.inf)
