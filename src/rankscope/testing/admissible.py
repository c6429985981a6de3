"""What sets of admissible weights promise: draws, walls and largest means tell of one set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.errors import MethodError
from rankscope.methods.admissible import Siblings
from rankscope.testing.promises import require

if TYPE_CHECKING:
    from rankscope.methods.admissible import Admissible
    from rankscope.shapes import Matrix, Vector

CODES = ("health", "income", "schooling", "trust")


def check_admissible(method: Admissible) -> None:
    """Check a set on one, two, three and four siblings, of different and of equal weights.

    Siblings of which the set says something impossible are passed over; it must say
    something possible of some.
    """
    said = 0
    for weights in ([2.0], [1.0, 3.0], [1.0, 2.0, 3.0], [2.0, 5.0, 2.0, 1.0]):
        siblings = Siblings(CODES[: len(weights)], np.array(weights))
        try:
            method.check(siblings)
        except MethodError:
            continue
        _check_of(method, siblings)
        said += 1
    require(said, f"{method} says nothing possible of {', '.join(CODES[:3])}.")
    label = method.label()
    require(label.startswith(method.name) and "\n" not in label, f"{method} prints as {label!r}.")


def _check_of(method: Admissible, siblings: Siblings) -> None:
    """Check draws, walls and largest means for some siblings."""
    children, before = len(siblings.weights), siblings.weights.copy()
    draws = method.draw(siblings, 64, np.random.default_rng(1))
    require(draws.shape == (64, children), f"{method} draws the shape {draws.shape}.")
    require((draws >= 0).all(), f"{method} draws negative shares.")
    require(np.abs(draws.sum(axis=1) - 1).max() < 1e-12, f"{method} draws shares of another sum.")
    again = method.draw(siblings, 64, np.random.default_rng(1))
    require(np.array_equal(draws, again), f"{method} draws differently from the same seed.")
    walls = method.walls(siblings)
    require(walls.ndim == 2 and walls.shape[1] >= children, f"{method} has walls {walls.shape}.")
    for shares in draws[:8]:
        require(how_far_outside(walls, shares) < 1e-9, f"{method} draws beyond its walls.")
    _check_highest(method, siblings, draws)
    require(np.array_equal(siblings.weights, before), f"{method} changes its input.")


def _check_highest(method: Admissible, siblings: Siblings, draws: Matrix) -> None:
    values = np.random.default_rng(2).normal(0, 10, (2, 4, len(siblings.weights)))
    highest = method.highest(siblings, values)
    require(highest.shape == (2, 4), f"{method} gives {highest.shape} largest means of (2, 4).")
    means = np.einsum("abc,dc->abd", values, draws).max(axis=-1)
    require((means <= highest + 1e-9).all(), f"{method} draws a mean above its largest one.")
    walls = method.walls(siblings)
    proved = [largest_by_program(walls, row) for row in values.reshape(8, -1)]
    near = np.abs(highest.ravel() - proved).max() < 1e-8
    require(near, f"{method} does not give the largest mean within its walls.")


def largest_by_program(walls: Matrix, values: Vector) -> float:
    """Return the largest mean of values, (children,), within walls, by a linear program."""
    extras = walls.shape[1] - len(values)
    costs = np.concatenate([-values, np.zeros(extras)])
    total = np.concatenate([np.ones(len(values)), np.zeros(extras)])
    return -_solved(costs, walls, total)


def how_far_outside(walls: Matrix, shares: Vector) -> float:
    """Return by how much shares, (children,), must break a wall, at best; 0 is inside."""
    beyond = walls[:, : len(shares)] @ shares
    extras = walls[:, len(shares) :]
    if not len(walls) or not extras.shape[1]:
        return float(beyond.max(initial=0.0))
    costs = np.concatenate([np.zeros(extras.shape[1]), [1.0]])
    return _solved(costs, np.column_stack([extras, -np.ones(len(walls))]), None, -beyond)


def _solved(costs: Vector, rows: Matrix, total: Vector | None, ends: Vector | float = 0.0) -> float:
    """Return the smallest cost of numbers >= 0 by a linear program."""
    from scipy.optimize import linprog

    equal: dict[str, Any] = {} if total is None else {"A_eq": total[None], "b_eq": [1.0]}
    found = linprog(
        costs,
        A_ub=rows if len(rows) else None,
        b_ub=np.broadcast_to(ends, len(rows)) if len(rows) else None,
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
        **equal,
    )
    require(found.success, f"No shares lie within the walls: {found.message}")
    return float(np.asarray(found.fun))
