"""Tables that were made with known weights, and plain programs as the truth for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import linprog

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector

_PRECISE = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}


class Made(NamedTuple):
    """A table as printed, and the shares behind it."""

    components: Matrix
    totals: Vector
    shares: Vector


def made(
    seed: int,
    *,
    rows: int = 30,
    columns: int = 4,
    decimals: tuple[int, int] = (1, 1),
    factor: float = 1.0,
    offset: float = 0.0,
) -> Made:
    """Return a table between 0 and 100 with random weights, components and totals rounded."""
    random = np.random.default_rng(seed)
    truth = random.uniform(0, 100, (rows, columns))
    shares = random.dirichlet(np.ones(columns))
    totals = factor * (truth @ shares) + offset
    return Made(np.round(truth, decimals[0]), np.round(totals, decimals[1]), shares)


def brute_shares(
    components: Matrix, totals: Vector, halves: tuple[float, float], *, shifted: bool
) -> Matrix:
    """Return the ends of each share by all rows at once, (columns, 2).

    A linear-fractional program, made linear by the substitution of Charnes & Cooper (1962).
    """
    rows, columns = components.shape
    low, high = components - halves[0], components + halves[0]
    ones = np.ones((rows, int(shifted)))
    upper = np.hstack([low, ones, -(totals + halves[1])[:, None]])
    lower = np.hstack([high, ones, -(totals - halves[1])[:, None]])
    count = upper.shape[1]
    bounds = [(0, None)] * columns + [(None, None)] * int(shifted) + [(0, None)]
    equal = np.append(np.ones(columns), np.zeros(count - columns))[None]
    ends = np.full((columns, 2), np.nan)
    for column in range(columns):
        for side, sign in enumerate((1, -1)):
            found = linprog(
                sign * np.eye(count)[column],
                A_ub=np.vstack([upper, -lower]),
                b_ub=np.zeros(2 * rows),
                A_eq=equal,
                b_eq=[1],
                bounds=bounds,
                options=_PRECISE,
            )
            if found.status == 0:
                ends[column, side] = sign * found.fun
    return ends


def possible_weights(components: Matrix, totals: Vector, halves: tuple[float, float]) -> bool:
    """Whether any weights of 0 or more give totals as they are, by all rows at once."""
    low, high = components - halves[0], components + halves[0]
    found = linprog(
        np.zeros(components.shape[1]),
        A_ub=np.vstack([low, -high]),
        b_ub=np.concatenate([totals + halves[1], -(totals - halves[1])]),
        bounds=(0, None),
        options=_PRECISE,
    )
    return bool(found.status == 0)
