"""Ranks as the definition wants them: direction, ties, printed decimals, within each period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.methods.base import EVERYTHING
from rankscope.methods.ranking import rank, rank_counts, ranks_among
from rankscope.methods.steps.rounding import rounded
from rankscope.pipeline.groups import group_names, periods_of
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.definition.method import Ranking as Rule
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Batch, Mask, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The rule of an index for ranks, and the rows (rivals,) that are ranked among themselves.

    ``rivals`` is None where all rows are ranked together, which needs no copies; rows that
    stand in none of them have no rank.
    """

    rule: Rule
    rivals: tuple[Whole, ...] | None

    def ranks(self, scores: Batch) -> Whole:
        """Return ranks of shape (*draws, rows) of scores of that shape; 0 is unranked."""
        rule, seen = self.rule, self._seen(scores)
        if self.rivals is None:
            return rank(seen, tolerance=rule.tolerance, ties=rule.ties)
        ranks = np.zeros(seen.shape, dtype=np.int64)
        for rows in self.rivals:
            ranks[..., rows] = rank(seen[..., rows], tolerance=rule.tolerance, ties=rule.ties)
        return ranks

    def counts(self, scores: Batch) -> Whole:
        """Return how often each row takes each rank, (rows, rows + 1), of scores (draws, rows).

        Column 0 counts the draws in which a row has no rank.
        """
        if self.rivals is None and self.rule.ties == "best":
            return rank_counts(self._seen(scores), tolerance=self.rule.tolerance)
        rows = scores.shape[-1]
        cells = self.ranks(scores) + np.arange(rows) * (rows + 1)
        return np.bincount(cells.ravel(), minlength=rows * (rows + 1)).reshape(rows, rows + 1)

    def among(self, scores: Batch, row: int, candidates: Batch, out: Sequence[int] = ()) -> Whole:
        """Return the ranks that a row would have with other scores, (draws, candidates).

        ``scores`` of shape (draws, rows) are those of all; of its rivals the rows ``out`` are
        left out.
        """
        rivals = np.arange(scores.shape[-1]) if self.rivals is None else self._rivals_of(row)
        rivals = np.setdiff1d(rivals, [row, *out])
        seen, own = self._seen(scores), self._seen(candidates)
        if self.rule.ties == "best":
            return ranks_among(seen[:, rivals], own, tolerance=self.rule.tolerance)
        found = np.empty(own.shape, dtype=np.int64)
        for number in range(own.shape[1]):
            alone = np.hstack([own[:, number : number + 1], seen[:, rivals]])
            ranks = rank(alone, tolerance=self.rule.tolerance, ties=self.rule.ties)
            found[:, number] = ranks[:, 0]
        return found

    def ahead(self, other: Batch, own: Batch, scores: Batch) -> Mask:
        """Return where another score is ahead by more than a tie, (draws, candidates).

        ``scores`` of shape (draws, rows) are those by whose range ties are told.
        """
        seen = self._seen(scores)
        span = np.nanmax(seen, axis=1) - np.nanmin(seen, axis=1)
        slack = self.rule.tolerance * span[:, None]
        return np.asarray(self._seen(other) > self._seen(own) + slack)

    def _rivals_of(self, row: int) -> Whole:
        return next((rows for rows in self.rivals or () if row in rows), np.array([], dtype=int))

    def _seen(self, scores: Batch) -> Batch:
        """Return scores as they are compared: with the printed decimals, the highest first."""
        if self.rule.decimals is not None:
            scores = rounded(scores, self.rule.decimals)
        return -scores if self.rule.best == "lowest" else scores


def ranking_of(plan: Plan, view: str = HEADLINE) -> Ranking:
    """Return how an index ranks in a view.

    Rows of one period, and of one group where the rule names a grouping, are ranked among
    themselves; a unit without a group has no rank (conventions §3), nor has one that takes
    no part in the ranks of the view.
    """
    rule = plan.definition.method.ranking
    periods = periods_of(plan.table)
    names = np.array(group_names(plan.definition, plan.table, rule.within or EVERYTHING))
    names = np.where(plan.rankable(view), names, "")
    pairs = sorted(set(zip(periods.tolist(), names.tolist(), strict=True)))
    rivals = tuple(
        np.flatnonzero((periods == period) & (names == name)) for period, name in pairs if name
    )
    together = len(rivals) == 1 and rivals[0].size == len(names)
    return Ranking(rule, None if together else rivals)


def ranks_of(plan: Plan, scores: Batch) -> Whole:
    """Return ranks of shape (*draws, rows) of scores of that shape; 0 is unranked."""
    return ranking_of(plan).ranks(scores)
