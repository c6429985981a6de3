"""The trials of influence: what is left out, and the scores without it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.influence_findings import too_many
from rankscope.analyses.influence_left_out import Baseline, Omission
from rankscope.analyses.influence_nodes import correlation, counting_nodes, scores_without_nodes
from rankscope.analyses.influence_rows import periods_fitted, refits, units_fitted
from rankscope.analyses.variant_results import rivals_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Batch, Vector, Whole

KINDS = {"indicators": "indicator", "pillars": "pillar", "units": "unit", "years": "year"}
"""What can be left out, and what one of it is called; pillars are aggregates of any level."""

MOST_UNITS = 2000
"""Units are left out one at a time up to so many: each costs a fit of all scales."""


@dataclass(frozen=True, slots=True)
class Trials:
    """Things of one kind, and the scores of the index without each, (things, all rows)."""

    omissions: tuple[Omission, ...]
    scores: Batch
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Where influence is looked at: in a view, and of a panel in one period."""

    result: Result
    view: str
    period: str | None

    @property
    def rows(self) -> Whole:
        """Return the rows that are looked at."""
        if self.period is None:
            return np.arange(len(self.result.units))
        return np.flatnonzero(np.array(self.result.plan.table.periods) == self.period)

    def baseline(self) -> Baseline:
        """Return the ranks as published."""
        result, rows = self.result, self.rows
        return Baseline(
            units=tuple(result.units[row] for row in rows),
            ranks=result.rank(view=self.view)[rows],
            groups=rivals_of(result, rows),
            ties=result.plan.definition.method.ranking.ties,
        )

    def trials(self, kind: str, workers: int) -> Trials:
        """Return the trials of one of `KINDS`."""
        if kind == "units":
            return self._units(workers)
        if kind == "years":
            return self._years(workers)
        return self._nodes(kind)

    def _nodes(self, kind: str) -> Trials:
        result, view, nodes = self.result, self.view, self.result.plan.nodes
        found = counting_nodes(result.plan, view, self.rows, indicators=kind == "indicators")
        omissions = tuple(
            Omission(KINDS[kind], nodes[one].code, nodes[one].name, self._correlation(one))
            for one in found
        )
        return Trials(omissions, scores_without_nodes(result, view, found))

    def _correlation(self, node: int) -> float:
        """Return the correlation of a node with the index, over the units that are ranked."""
        ranked = self.rows[self.result.rank(view=self.view)[self.rows] > 0]
        own, whole = (self.result.score(one, self.view)[ranked] for one in (node, None))
        return correlation(own, whole)

    def _units(self, workers: int) -> Trials:
        units = units_fitted(self.result)
        if len(units) > MOST_UNITS:
            nothing = np.empty((0, len(self.result.units)))
            return Trials((), nothing, (too_many(len(units), MOST_UNITS),))
        names = dict(zip(self.result.units, self.result.names, strict=True))
        things = [Omission("unit", unit, names[unit]) for unit in units]
        return self._refitted(things, np.array(self.result.units), workers)

    def _years(self, workers: int) -> Trials:
        periods = periods_fitted(self.result, self.period)
        things = [Omission("year", period, period) for period in periods]
        return self._refitted(things, np.array(self.result.plan.table.periods), workers)

    def _refitted(self, things: Sequence[Omission], labels: Vector, workers: int) -> Trials:
        """Return the trials without the rows of each label, (rows,)."""
        masks = [labels == one.code for one in things]
        found = refits(self.result, self.view, masks, workers=workers)
        scores = [np.empty((0, len(self.result.units))), *(one.scores[None] for one in found)]
        told = (
            replace(one, refused=refit.refused) for one, refit in zip(things, found, strict=True)
        )
        return Trials(tuple(told), np.concatenate(scores))
