"""The built index: scores and ranks at every node, in every view, with the data behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.data.periods import moments
from rankscope.pipeline.binding import bind
from rankscope.pipeline.evaluate import evaluate
from rankscope.pipeline.plan import HEADLINE, Plan
from rankscope.pipeline.prepare import prepare
from rankscope.pipeline.ranks import ranks_of
from rankscope.pipeline.remarks import remarks

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition
    from rankscope.findings import Finding
    from rankscope.pipeline.leaves import Leaves
    from rankscope.shapes import Batch, Vector, Whole


@dataclass(frozen=True, slots=True)
class Result:
    """A built index.

    ``scores`` and ``ranks`` are of shape (views, rows, nodes), in the order of
    ``plan.views``, ``plan.table.units`` and ``plan.nodes``; a missing score is
    NaN and its rank 0.
    """

    plan: Plan
    leaves: Leaves
    scores: Batch
    ranks: Whole

    @property
    def units(self) -> tuple[str, ...]:
        """Return the codes of the units, one a row."""
        return self.plan.table.units

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the units, one a row."""
        return self.plan.table.names

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what binding and the stages found noteworthy; none is an error."""
        return (*self.plan.findings, *remarks(self.plan, self.leaves))

    @property
    def periods(self) -> tuple[str, ...]:
        """Return the periods of a panel, the earliest first; empty where there is no panel."""
        return tuple(moments(self.plan.table.periods))

    def of_period(self, period: str | None = None) -> Result:
        """Return one period of a panel as a result of its own, on the scales of the panel.

        The default is the last period; what is no panel is returned as it is.  Its leaves
        hold for scenarios on the frozen scale (``prepare(..., fitted=result.leaves)``); a
        plan of one period that is fitted anew has scales of its own.  Steps of nodes that
        learn from all periods are always fitted anew: who draws weights evaluates the panel.

        Raises
        ------
        KeyError
            When the panel has no such period.
        """
        if not self.periods:
            return self
        chosen = self.periods[-1] if period is None else period
        if chosen not in self.periods:
            raise KeyError(chosen)
        rows = np.flatnonzero(np.array(self.plan.table.periods) == chosen)
        return Result(
            plan=self.plan.of_rows(rows),
            leaves=alone(self.leaves.of_rows(rows)),
            scores=self.scores[:, rows],
            ranks=self.ranks[:, rows],
        )

    def score(self, node: int | None = None, view: str = HEADLINE) -> Vector:
        """Return the scores of a node, of shape (rows,); the default is the whole index."""
        return self.scores[self._view(view), :, self.plan.root if node is None else node]

    def rank(self, node: int | None = None, view: str = HEADLINE) -> Whole:
        """Return the ranks of a node, of shape (rows,), 0 where there is none."""
        return self.ranks[self._view(view), :, self.plan.root if node is None else node]

    def ranked(self, node: int | None = None, view: str = HEADLINE) -> int:
        """Return how many units have a rank at a node."""
        return int((self.rank(node, view) > 0).sum())

    def order(self, node: int | None = None, view: str = HEADLINE) -> list[int]:
        """Return the rows with a rank, best first; ties in the order of their codes."""
        ranks = self.rank(node, view)
        return [int(row) for row in np.argsort(ranks, kind="stable") if ranks[row] > 0]

    def ranking(self, view: str = HEADLINE) -> pd.DataFrame:
        """Return a data frame of the ranked units: rank, name and the score of every node.

        In a panel the periods follow each other, each with its own ranks.
        """
        import pandas as pd

        periods = self.plan.table.periods
        times = moments(periods)
        rows = self.order(view=view)
        if periods:
            rows.sort(key=lambda row: times[periods[row]])
        scores = pd.DataFrame(
            self.scores[self._view(view)][rows][:, ::-1],
            index=pd.Index([self.units[row] for row in rows], name="unit"),
            columns=[node.code for node in self.plan.nodes[::-1]],
        )
        scores.insert(0, "name", [self.names[row] for row in rows])
        scores.insert(0, "rank", self.rank(view=view)[rows])
        if periods:
            scores.insert(0, "period", [periods[row] for row in rows])
        return scores

    def _view(self, view: str) -> int:
        if view not in self.plan.views:
            raise KeyError(view)
        return self.plan.views.index(view)


def alone(leaves: Leaves) -> Leaves:
    """Return leaves whose imputation no longer needs the rows of other periods."""
    before, record = leaves.record("denomination"), leaves.record("imputation")
    fitted = tuple(part.alone(before.matrix, record.matrix) for part in record.fitted)
    records = (replace(record, fitted=fitted) if one is record else one for one in leaves.records)
    return replace(leaves, records=tuple(records))


def build(definition: IndexDefinition, table: DataTable) -> Result:
    """Build an index: bind, prepare, evaluate all views in one batch, and rank.

    >>> from rankscope.catalogue import open_index
    >>> index = open_index("ai-capacity")
    >>> result = build(index.definition, index.table)
    >>> result.scores.shape == (3, len(result.units), len(result.plan.nodes))
    True

    Raises
    ------
    BindError
        When definition and table do not go together.
    """
    bound = bind(definition, table)
    leaves = prepare(bound)
    plan = replace(bound, fitted_weights=tuple(leaves.weights))
    weights = np.stack([plan.weights(view) for view in plan.views])
    scores = evaluate(plan, leaves, weights)
    return Result(plan=plan, leaves=leaves, scores=scores, ranks=node_ranks(plan, scores))


def node_ranks(plan: Plan, scores: Batch) -> Whole:
    """Return the ranks at every node, of scores of shape (views, rows, nodes) and of that shape."""
    rankable = np.stack([plan.rankable(view) for view in plan.views])
    eligible = np.where(rankable[:, :, None], scores, np.nan)
    return np.moveaxis(ranks_of(plan, np.moveaxis(eligible, -1, -2)), -1, -2)
