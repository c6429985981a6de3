"""The least effort where the score is no sum: a search from several starts, without a proof.

Sequential least squares programming (Kraft 1988, DFVLR-FB 88-28, in SciPy) on scores of the
engine; of what it finds, each share is then lowered as far as the rank allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.goal.linear import effort_of

if TYPE_CHECKING:
    from rankscope.analyses.goal.engine import Engine
    from rankscope.analyses.goal.wanted import Wanted
    from rankscope.shapes import Mask, Matrix, Vector

POINTS = 513
STARTS = 3
ITERATIONS = 40
STEP = 1e-5
GRID = 17
ROUNDS = 4
TRIES = 256


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """What is sought, with values between tabulated ones read off a straight line.

    ``shares`` (points,) and ``values`` (points, indicators) are that table, which spares the
    search from finding the value of each share anew.
    """

    engine: Engine
    wanted: Wanted
    effort: str
    shares: Vector
    values: Matrix

    @property
    def costs(self) -> Vector:
        """Return the costs, (indicators,)."""
        return self.engine.room.costs

    def scores(self, shares: Matrix) -> Vector:
        """Return scores of shares (points, indicators), higher ones better."""
        columns = zip(shares.T, self.values.T, strict=True)
        values = [np.interp(own, self.shares, known) for own, known in columns]
        return self.wanted.sign * self.engine.scores(np.column_stack(values))

    def lacking(self, shares: Matrix) -> Vector:
        """Return what scores of shares (points, indicators) lack, at most 0 where none, (points,).

        A score that gives the rank lacks nothing.
        """
        scores = self.scores(shares)
        off = self.wanted.sign * self.wanted.needed - scores
        reached = self.wanted.reached(self.wanted.sign * scores)
        return np.where(reached, np.minimum(off, 0.0), np.where(np.isnan(off), np.inf, off))


def search_of(engine: Engine, wanted: Wanted, effort: str) -> Search:
    """Return a search with its table of values."""
    shares = np.linspace(0.0, 1.0, POINTS)
    both = np.repeat(shares[:, None], len(engine.room.columns), axis=1)
    return Search(engine, wanted, effort, shares, engine.values(both))


def least_found(search: Search) -> Vector | None:
    """Return the shares, (indicators,), of the least effort that was found, None if none were."""
    free = ~search.engine.room.whole
    found = []
    for start in _starts(search):
        for one in (start, _improved(search, start, free)):
            shares = _shrunk(search, one, free)
            if search.lacking(shares[None])[0] <= 0:
                found.append(shares)
    if not found:
        return None
    efforts = [effort_of(one, search.costs, search.effort) for one in found]
    return _trimmed(search, found[int(np.argmin(efforts))], free)


def _starts(search: Search) -> list[Vector]:
    """Return shares that reach the rank, (indicators,) each: those of the least effort tried.

    Tried are shares picked at random and all together, with and without the dummies.
    """
    whole = search.engine.room.whole
    random = np.random.default_rng(0)
    tries = random.random((TRIES, len(whole))) ** 2
    tries = np.where(whole, tries < random.random((TRIES, 1)), tries)
    level = np.linspace(0.0, 1.0, GRID)[:, None]
    both = [np.where(whole, taken, np.tile(level, len(whole))) for taken in (0.0, 1.0)]
    tries = np.vstack([*both, tries])
    good = tries[search.lacking(tries) <= 0]
    efforts = [effort_of(one, search.costs, search.effort) for one in good]
    return list(good[np.argsort(efforts, kind="stable")[:STARTS]])


def _improved(search: Search, start: Vector, free: Mask) -> Vector:
    """Return what sequential programming makes of shares, (indicators,)."""
    from scipy.optimize import minimize

    power = 2 if search.effort == "squares" else 1
    costs = search.costs[free]
    span = max(abs(search.wanted.needed - search.wanted.before), 1e-300)

    def whole(part: Matrix) -> Matrix:
        found = np.tile(start, (len(part), 1))
        found[:, free] = np.clip(part, 0.0, 1.0)
        return found

    def margin(part: Vector) -> float:
        return float(np.nan_to_num(-search.lacking(whole(part[None]))[0] / span, neginf=-1e6))

    def slopes(part: Vector) -> Vector:
        step = np.where(part > 0.5, -STEP, STEP)
        scores = search.scores(whole(np.vstack([part, part + np.diag(step)]))) / span
        return np.asarray(np.nan_to_num((scores[1:] - scores[0]) / step))

    if not free.any():
        return start
    found = minimize(  # type: ignore[call-overload]  # its stubs know no mapping with a slope
        lambda part: float(costs @ part**power),
        start[free],
        jac=lambda part: costs * power * part ** (power - 1),
        bounds=[(0.0, 1.0)] * int(free.sum()),
        constraints={"type": "ineq", "fun": margin, "jac": slopes},
        method="SLSQP",
        options={"maxiter": ITERATIONS, "ftol": 1e-10},
    )
    return np.asarray(whole(np.nan_to_num(found.x)[None])[0])


def _shrunk(search: Search, shares: Vector, free: Mask) -> Vector:
    """Return shares scaled, together, to where they just reach the rank; (indicators,)."""
    top = float(shares[free].max(initial=0.0))
    if top == 0:
        return shares
    many = np.repeat(shares[None], GRID, axis=0)
    low, high = 0.0, 1.0 / top if search.lacking(shares[None])[0] > 0 else 1.0
    for _ in range(3 * ROUNDS):
        scale = np.linspace(low, high, GRID)
        tries = np.where(free, np.minimum(many * scale[:, None], 1.0), many)
        good = search.lacking(tries) <= 0
        if not good.any():
            return shares
        first = int(np.argmax(good))
        low, high = scale[max(first - 1, 0)], scale[first]
    return np.where(free, np.minimum(shares * high, 1.0), shares)


def _trimmed(search: Search, shares: Vector, free: Mask) -> Vector:
    """Return shares, each lowered by itself as far as the rank allows, the dearest first."""
    found = shares.copy()
    order = np.argsort(-search.costs * found, kind="stable")
    for place in order[found[order] > 0]:
        low, high = 0.0, float(found[place])
        for _ in range(ROUNDS if free[place] else 1):
            tries = np.repeat(found[None], GRID if free[place] else 2, axis=0)
            tries[:, place] = np.linspace(low, high, len(tries))
            good = search.lacking(tries) <= 0
            first = int(np.argmax(good))
            if not good.any() or first == len(good) - 1:
                break
            low, high = tries[max(first - 1, 0), place], tries[first, place]
        found[place] = high
    return found
