"""Peers: the units that a unit is fairly compared with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.pipeline.groups import group_names
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from rankscope.pipeline.result import Result

NEIGHBOURS = "rank"
"""The grouping that takes the units ranked next to a unit."""

_HALF = 5


@dataclass(frozen=True, slots=True)
class Peers:
    """The rows of the peers, without the unit itself, and what they have in common."""

    rows: tuple[int, ...]
    words: str


def peers_of(result: Result, row: int, by: str | None = None, view: str = HEADLINE) -> Peers:
    """Return the peers of a row: a grouping such as ``income``, or ``rank`` for its neighbours.

    The default is the income group where the index has one with at least five
    ranked members, else the five units on each side in the ranking.

    Raises
    ------
    KeyError
        When the index has no grouping of that name.
    """
    grouping = by or "income"
    names = group_names(result.plan.definition, result.plan.table, grouping)
    if by not in (None, NEIGHBOURS) and names is None:
        raise KeyError(by)
    if grouping != NEIGHBOURS and names is not None and names[row]:
        rows = tuple(
            other
            for other in result.order(view=view)
            if names[other] == names[row] and other != row
        )
        if by is not None or len(rows) >= _HALF:
            return Peers(rows, f"{grouping} group: {names[row].lower()}")
    return _neighbours(result, row, view)


def _neighbours(result: Result, row: int, view: str) -> Peers:
    order = result.order(view=view)
    if row not in order:
        return Peers(tuple(order), "all ranked units")
    place = order.index(row)
    low = int(np.clip(place - _HALF, 0, max(0, len(order) - 2 * _HALF - 1)))
    rows = tuple(other for other in order[low : low + 2 * _HALF + 1] if other != row)
    return Peers(rows, "neighbours in the ranking")
