"""The set of shares: their ends, a point inside, and walls for other analyses.

The weights of a set are known up to factor and offset of the total, and what is wanted are
the shares.  Their set is the shadow of the whole one: convex, but with walls that no row of
the table shows.  A point outside it is cut off by the rows that prove it to be outside
(Benders 1962, Numerische Mathematik 4, 238-252, https://doi.org/10.1007/BF01386316).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.methods.admissible.hit_and_run import draw_in_polytope
from rankscope.methods.admissible.polytope import Polytope

if TYPE_CHECKING:
    from rankscope.analyses.recover.cone import Cone
    from rankscope.shapes import Mask, Matrix, Vector

_DRAWS = 64
_WORST = 8
_ROUNDS = 60
_INSIDE = 0.95

_LOOSE = 1e-9
"""Walls are this much wider than the solver says, so that none cuts into the set."""


def ends_of_shares(cone: Cone, left_out: Mask) -> tuple[Matrix, Vector]:
    """Return both ends of each share, (components, 2), and a point of the joint set.

    The point is the mean of all those at which a share is at an end.
    """
    count = cone.walls.components
    normal = cone.as_shares
    ends, points = np.full((count, 2), np.nan), []
    for number in range(count):
        for side, sign in enumerate((1.0, -1.0)):
            costs = np.zeros(len(normal))
            costs[number] = sign * normal[number]
            found = cone.lowest(costs, normal, left_out)
            if found is not None:
                ends[number, side] = sign * found.value
                points.append(found.point[:count] * cone.walls.unit)
    centre = np.mean(points, axis=0) if points else np.full(count, np.nan)
    return np.clip(ends, 0.0, 1.0), centre / centre.sum()


def ends_of_weights(cone: Cone, left_out: Mask) -> Matrix:
    """Return both ends of each weight with the total as it is, (components, 2)."""
    ends = []
    for number in range(cone.walls.components):
        costs = np.zeros(len(cone.as_shares))
        costs[number] = cone.as_shares[number]
        ends.append(cone.ends(costs, cone.walls.normal, left_out))
    return np.array(ends)


def walls_of_shares(cone: Cone, left_out: Mask, ends: Matrix, seed: int) -> Matrix:
    """Return rules ``a @ shares <= b`` as rows (a, b), (rules, components + 1).

    All shares of the set keep them.  They begin as the ends of each share and pairs of
    shares, and are cut until nearly all (95 %) of what they hold belongs to the set.
    """
    rules = _first_rules(cone, left_out, ends)
    random = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(5,)))
    for _ in range(_ROUNDS):
        draws = draws_from(rules, _DRAWS, random)
        if draws is None:
            break
        cuts = [cut for draw in draws if (cut := cut_at(cone, left_out, draw)) is not None]
        if len(cuts) <= (1 - _INSIDE) * _DRAWS:
            break
        deepest = sorted(cuts, key=lambda cut: -cut[1])[:_WORST]
        rules = np.vstack([rules, [np.append(row, _LOOSE) for row, _ in deepest]])
    return rules


def draws_from(rules: Matrix, size: int, random: np.random.Generator) -> Matrix | None:
    """Return shares drawn uniformly among those that keep rules, or None where none do."""
    rows = rules[:, :-1] - rules[:, -1:]
    inside = Polytope(rows).inside()
    return None if inside is None else draw_in_polytope(rows, inside, size, random)


def cut_at(cone: Cone, left_out: Mask, shares: Vector) -> tuple[Vector, float] | None:
    """Return a rule ``row @ s <= 0`` that holds for the set and not for some shares.

    With it how deep the shares lie beyond it; None where they belong to the set.
    """
    count, normal = cone.walls.components, cone.as_shares
    fixed = np.diag(normal)[:count] - np.outer(shares, normal)
    found = cone.proof_against(fixed, normal, left_out)
    if found is None:
        return None
    row = found[:count] / cone.walls.unit
    size = np.abs(row).max()
    depth = float(row @ shares / size) if size > 0 else 0.0
    return (row / size, depth) if depth > _LOOSE else None


def share_something(*sets: tuple[Cone, Mask]) -> bool:
    """Whether some shares belong to all sets, each with the rows left out of it.

    A point that keeps all rules found so far is tried; what cuts it off is a rule more.
    """
    count = sets[0][0].walls.components
    rules = np.append(np.ones(count), 1.0)[None]
    for _ in range(10 * _ROUNDS):
        inside = Polytope(rules[:, :-1] - rules[:, -1:]).inside()
        if inside is None:
            return False
        cuts = [cut_at(cone, left_out, inside.centre) for cone, left_out in sets]
        new = [np.append(cut[0], _LOOSE) for cut in cuts if cut is not None]
        if not new:
            return True
        rules = np.vstack([rules, new])
    return True


def _first_rules(cone: Cone, left_out: Mask, ends: Matrix) -> Matrix:
    count = len(ends)
    one = np.eye(count)
    rules = [np.append(one[j], ends[j, 1] + _LOOSE) for j in range(count)]
    rules += [np.append(-one[j], _LOOSE - ends[j, 0]) for j in range(count)]
    normal = cone.as_shares
    for first in range(count):
        for second in range(first):
            for sign in (1.0, -1.0):
                row = one[first] + sign * one[second]
                costs = np.append(row, np.zeros(len(normal) - count)) * normal
                low, high = cone.ends(costs, normal, left_out)
                rules += [np.append(row, high + _LOOSE), np.append(-row, _LOOSE - low)]
    found = np.array(rules)
    return np.asarray(found[np.isfinite(found).all(axis=1)])
