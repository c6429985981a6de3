"""Numbers of an index as a publisher would have printed them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.printed_columns import check_steps
from rankscope.pipeline.fitting import placed_step

if TYPE_CHECKING:
    from rankscope.definition.model import Printed
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Mask, Vector

HAIR = 1e-9
"""What counts as lying at a half, or at the end of a rounding interval."""


def computed_for_print(result: Result, printed: Printed, node: int) -> Vector:
    """Return what the index gives for a column, (rows,); NaN where nothing."""
    if printed.of == "rank":
        ranks = result.rank(node)
        return np.where(ranks > 0, ranks, np.nan)
    scores = result.score(node)
    check_steps(result.plan, printed)
    for step in printed.steps:
        scores = placed_step(result.plan.definition, result.plan.table, step).through(scores)
    return scores


def equal_as_printed(ours: Vector, theirs: Vector, decimals: int) -> Mask:
    """Whether numbers are printed alike at some decimals, (rows,), whichever way halves go.

    >>> equal_as_printed(np.array([2.5, 2.5, 3.5, 3.5]), np.array([2.0, 3.0, 3.0, 4.0]), 0).tolist()
    [True, True, False, True]
    """
    scaled, shown = ours * 10.0**decimals, np.rint(theirs * 10.0**decimals)
    below = np.floor(scaled)
    hair = min(HAIR * 10.0**decimals, 1e-3)
    half = np.abs(scaled - below - 0.5) <= hair
    down = (shown == below) & ((below % 2 == 0) | (scaled < 0))
    alike: Mask = np.where(half, (shown == below + 1) | down, shown == np.rint(scaled))
    return alike
