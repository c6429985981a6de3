"""Whether values lie where values of their kind can lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.errors import MethodError

if TYPE_CHECKING:
    from rankscope.methods.change.world import Aim, World
    from rankscope.shapes import Batch

SLACK = 1e-12
"""How far off, as a part of the value, rounding may put a number."""


def check_possible(world: World, aim: Aim, values: Batch) -> None:
    """Check values of shape (versions, units, columns) at the cells of an aim.

    Only values that the act changed are judged: what was odd before is not its fault.

    Raises
    ------
    MethodError
        Naming the unit, the indicator, the value and the range.
    """
    low = np.array([column.low for column in world.columns])
    high = np.array([column.high for column in world.columns])
    slack = SLACK * np.maximum(1.0, np.abs(values))
    outside = (values < low - slack) | (values > high + slack)
    outside &= values != world.values
    if not outside.any():
        return
    version, unit, number = np.argwhere(outside)[0]
    column = world.columns[number]
    raise MethodError(
        f"{aim.place}: {column.name} ({column.code}) of {world.names[unit]} would become "
        f"{values[version, unit, number]:g}, and lies {_between(column.low, column.high)}. "
        "Make the change smaller, or leave the indicator out."
    )


def _between(low: float, high: float) -> str:
    if np.isinf(high):
        return f"at {low:g} or above"
    return f"between {low:g} and {high:g}" if np.isfinite(low) else f"at {high:g} or below"
