"""Where things stand beside each other: ranks in lanes, and names that keep their distance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rankscope.shapes import Matrix, Vector

_SKIP = 1.7
"""How far two lanes lie apart when ranks between them are left out."""


def lanes_of(ranks: Iterable[int]) -> dict[int, float]:
    """Return the lane of each rank, the first at 0: one apart, more where ranks are left out.

    >>> lanes_of([1, 2, 7])
    {1: 0.0, 2: 1.0, 7: 2.7}
    """
    lanes: dict[int, float] = {}
    before = None
    for rank in sorted(set(ranks)):
        step = 1.0 if before is None or rank == before + 1 else _SKIP
        lanes[rank] = 0.0 if before is None else lanes[before] + step
        before = rank
    return lanes


def in_lanes(ranks: Matrix, lanes: dict[int, float]) -> Matrix:
    """Return the places of ranks of any shape, between two lanes where they have none of their own.

    NaN stays NaN; what lies below the last lane lies a little below it.
    """
    if not lanes:
        return np.full(ranks.shape, np.nan)
    known, places = list(lanes), list(lanes.values())
    found = np.interp(ranks, [*known, known[-1] + 1], [*places, places[-1] + 1])
    return np.where(np.isnan(ranks), np.nan, found)


def apart(places: Vector, gap: float, low: float, high: float) -> Vector:
    """Return places moved as little as needed to lie ``gap`` apart, in the order they have.

    Between ``low`` and ``high`` if there is room; least squares by pooling neighbours
    (isotonic regression of the places less their distances).

    >>> apart(np.array([10.0, 10.0, 50.0]), 8.0, 0.0, 100.0).tolist()
    [6.0, 14.0, 50.0]
    """
    order = np.argsort(places, kind="stable")
    steps = gap * np.arange(len(places))
    pools: list[tuple[float, int]] = []
    for place in places[order] - steps:
        mean, count = float(place), 1
        while pools and pools[-1][0] >= mean:
            other, others = pools.pop()
            mean = (mean * count + other * others) / (count + others)
            count += others
        pools.append((mean, count))
    pooled = np.array([mean for mean, count in pools for _ in range(count)])
    highest = max(low, high - (steps[-1] if len(steps) else 0.0))
    moved = np.empty(len(places))
    moved[order] = np.clip(pooled, low, highest) + steps
    return moved
