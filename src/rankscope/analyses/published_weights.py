"""The weights as published, for draws in which only something else varies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.analyses.varied_weights import VariedWeights
    from rankscope.shapes import Batch


def published_weights(draws: int) -> Callable[[VariedWeights], Batch]:
    """Return what gives a design the weights as published in each draw, (draws, edges)."""
    return lambda varied: np.repeat(varied.given[None], draws, axis=0)
