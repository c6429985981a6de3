"""Whether values lie where values of their kind can lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.errors import MethodError

if TYPE_CHECKING:
    from rankscope.methods.change.world import Aim, Column, World
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
    either = np.array([column.kind == "dummy" for column in world.columns])
    outside = (values < low - slack) | (values > high + slack) | (either & (values % 1 != 0))
    outside &= (values != world.values) & ~np.isnan(values)
    if not outside.any():
        return
    version, unit, number = np.argwhere(outside)[0]
    column = world.columns[number]
    raise MethodError(
        f"{aim.place}: {column.name} ({column.code}) of {world.names[unit]} would become "
        f"{values[version, unit, number]:g}, and {_possible(column)}. "
        "Make the change smaller, or leave the indicator out."
    )


def _possible(column: Column) -> str:
    """Return where a column's values are, as what a sentence says of it."""
    if column.kind == "dummy":
        return "is 0 or 1"
    if np.isinf(column.high):
        return f"lies at {column.low:g} or above"
    if np.isinf(column.low):
        return f"lies at {column.high:g} or below"
    return f"lies between {column.low:g} and {column.high:g}"
