"""The cells that an act is about: read, and replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.methods.change.possible import check_possible

if TYPE_CHECKING:
    from rankscope.findings import Finding
    from rankscope.methods.change.world import Aim, World
    from rankscope.shapes import Batch


def at(world: World, aim: Aim) -> Batch:
    """Return the values of an aim, of shape (versions, units of the aim, columns of the aim)."""
    return world.values[:, aim.units][:, :, aim.columns]


def replaced(world: World, aim: Aim, values: Batch, findings: tuple[Finding, ...] = ()) -> World:
    """Return the world with other values of that shape at the cells of an aim.

    Raises
    ------
    MethodError
        When a value would leave the range that is possible for its indicator.
    """
    found = world.values.copy()
    found[np.ix_(np.arange(len(found)), aim.units, aim.columns)] = values
    check_possible(world, aim, found)
    return world.with_values(found, findings)


def names_of(world: World, rows: list[int]) -> str:
    """Return the names of units for a sentence, the first five of them."""
    named = [world.names[row] for row in rows[:5]]
    more = f" and {len(rows) - 5} more" if len(rows) > 5 else ""
    return ", ".join(named) + more
