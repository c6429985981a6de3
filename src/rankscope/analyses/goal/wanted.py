"""What a rank asks for: whom to catch up with, and the score that it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.errors import MethodError, UnitError
from rankscope.pipeline.ranks import ranking_of

if TYPE_CHECKING:
    from rankscope.pipeline.ranks import Ranking
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Mask, Vector, Whole

_HALVINGS = 200

_WORTH = 1e-3
"""A tie by rounding counts as a mend of the score only if it saves so much of the gap."""


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """A rank that a unit wants, among the scores (rows,) of all others as they are.

    ``sign`` is -1 where the lowest score is best.  ``rival`` is the row of the unit that must
    be caught up with, and ``needed`` the score that this takes by the index's own rule for
    ranks; -1 and the unit's own score where it has the rank.
    """

    ranking: Ranking
    scores: Vector
    row: int
    rank: int
    rank_before: int
    ranked: int
    rival: int
    needed: float

    @property
    def before(self) -> float:
        """Return the score as it is."""
        return float(self.scores[self.row])

    @property
    def sign(self) -> float:
        """Return 1 where more is better, else -1."""
        return -1.0 if self.ranking.rule.best == "lowest" else 1.0

    def ranks(self, scores: Vector) -> Whole:
        """Return the ranks that the unit would have with other scores, (scores,)."""
        return ranks_with(self.ranking, self.scores, self.row, scores)

    def reached(self, scores: Vector) -> Mask:
        """Return which scores give the rank, (scores,)."""
        ranks = self.ranks(scores)
        return np.asarray((ranks > 0) & (ranks <= self.rank))


def wanted_of(result: Result, row: int, rank: int, view: str) -> Wanted:
    """Return what it takes for the unit of a row to have a rank.

    Raises
    ------
    UnitError
        When the unit has no rank.
    MethodError
        When there is no such rank.
    """
    own, name = int(result.rank(view=view)[row]), result.names[row]
    if own == 0:
        said = f"{name} ({result.units[row]}) has no rank in the view {view}"
        raise UnitError(f"{said}, so that it can reach none. Name a unit that is ranked.")
    ranking = ranking_of(result.plan, view)
    rivals = _among(ranking, result.rank(view=view), row)
    if not 1 <= rank <= len(rivals):
        said = f"There is no rank {rank}: {len(rivals)} units are ranked"
        raise MethodError(f"{said} with {name}. Take a rank from 1 to {len(rivals)}.")
    scores = result.score(view=view)
    plain = Wanted(ranking, scores, row, rank, own, len(rivals), -1, float(scores[row]))
    if own <= rank:
        return plain
    others = rivals[rivals != row]
    order = others[np.argsort(-plain.sign * scores[others], kind="stable")]
    rival = int(order[rank - 1])
    needed = _needed(plain, float(scores[rival]))
    return Wanted(ranking, scores, row, rank, own, len(rivals), rival, needed)


def ranks_with(ranking: Ranking, scores: Vector, row: int, own: Vector) -> Whole:
    """Return the ranks that a row would have with other scores, (scores,)."""
    return np.asarray(ranking.among(scores[None], row, own[None])[0])


def _among(ranking: Ranking, ranks: Whole, row: int) -> Whole:
    """Return the ranked rows that are ranked with a row, itself among them."""
    rows = np.flatnonzero(ranks > 0)
    groups = [group for group in ranking.rivals or (rows,) if row in group]
    return np.intersect1d(rows, groups[0])


def _needed(wanted: Wanted, theirs: float) -> float:
    """Return the score that gives the rank: the rival's own unless the rule says otherwise.

    Where scores are compared as printed, less may do; where ties share a worse rank, it
    takes more.
    """
    lowest = _lowest(wanted, theirs)
    enough = bool(wanted.reached(np.array([theirs]))[0])
    saved = wanted.sign * (theirs - lowest)
    if enough and saved <= _WORTH * abs(theirs - wanted.before):
        return theirs
    return lowest


def _lowest(wanted: Wanted, theirs: float) -> float:
    """Return the least good score that gives the rank, to the last bit."""
    span = float(np.nanmax(wanted.scores) - np.nanmin(wanted.scores))
    low, high = wanted.before, theirs
    step = max(span, abs(theirs)) * 1e-12 or 1.0
    while not wanted.reached(np.array([high]))[0]:
        high += wanted.sign * step
        step *= 2
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if wanted.reached(np.array([middle]))[0]:
            high = middle
        else:
            low = middle
    return high
