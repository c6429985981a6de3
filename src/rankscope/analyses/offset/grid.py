"""The cells of an offset map, as versions of its scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.offset.axes import sizes_at
from rankscope.analyses.scenario.extension import Extension, extended
from rankscope.analyses.scenario.run import Replay
from rankscope.analyses.uncertainty.compile_design import design_of
from rankscope.analyses.uncertainty.draws import DesignDraws
from rankscope.pipeline.blocks import Sum, run_blocks
from rankscope.pipeline.evaluate import evaluate_node
from rankscope.pipeline.ranks import ranking_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.analyses.offset.result import Axis
    from rankscope.analyses.scenario.play import Played
    from rankscope.definition.model import Scenario
    from rankscope.methods.change import Ties
    from rankscope.pipeline.ranks import Ranking
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Batch, Vector, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The cells of an offset map: which scenario, on what, for whom."""

    before: Result
    scenario: Scenario
    ties: tuple[Ties, ...]
    x: Axis
    y: Axis
    view: str
    unit: str

    def about(self, unit: str) -> Grid:
        """Return the grid for a unit."""
        return Grid(self.before, self.scenario, self.ties, self.x, self.y, self.view, unit)

    def points(self) -> tuple[Vector, Vector]:
        """Return the sizes of both changes in each cell, row by row of y."""
        y, x = np.meshgrid(self.y.values, self.x.values, indexing="ij")
        return x.ravel(), y.ravel()

    def played(self, x: Vector, y: Vector) -> Played:
        """Return the scenario played at points of both axes."""
        return self._replay(x, y)(self.before.plan.table)

    def _replay(self, x: Vector, y: Vector) -> Replay:
        sizes = tuple(sizes_at(self.scenario, self.x, self.y, (x, y)))
        return Replay(self.before, self.scenario, self.ties, sizes)

    def published(self, played: Played) -> tuple[Vector, Whole]:
        """Return the unit's score and rank in each version, methods as published."""
        plan, leaves = extended(self.before.plan, self.before.leaves, played)
        weights = plan.weights(self.view)[None]
        scores = evaluate_node(plan, leaves, weights)
        seat = _Seat.of(self, played)
        return seat.own(scores)[0], seat.ranks(scores)[0]

    def score_at(self, x: Vector, y: Vector) -> Vector:
        """Return the unit's score at points of both axes, methods as published."""
        played = self.played(x, y)
        if self.unit not in played.units:
            row = self.before.units.index(self.unit)
            return np.full(len(x), self.before.score(view=self.view)[row])
        return self.published(played)[0]

    def chances(
        self,
        index: Result,
        played: Played,
        shown: str | None,
        draws: int,
        seed: int,
        *,
        workers: int,
        progress: Callable[[int], None] | None,
    ) -> tuple[Vector, int]:
        """Return the share of draws in which the unit ranks at least as well as before."""
        design = design_of(index, view=self.view, period=shown, seed=seed)
        wide = design.with_rows(Extension(played, self._replay(*self.points())))
        counts = _AtLeast(_Seat.of(self, played))
        kept, done = run_blocks(
            DesignDraws(wide), draws, [counts], workers=workers, progress=progress
        )
        good, counted = kept[0]
        return np.divide(good, counted, out=np.full(len(good), np.nan), where=counted > 0), done


@dataclass(frozen=True, slots=True, eq=False)
class _Seat:
    """Where the unit, and others that the scenario changes, stand among extended rows.

    ``columns`` (versions,) are those of the unit, ``others`` (versions, other units) those of
    the others; ``out`` are their rows in the index, and of units that are no more.
    """

    ranking: Ranking
    row: int
    own_rows: int
    columns: Whole
    others: Whole
    out: tuple[int, ...]

    @classmethod
    def of(cls, grid: Grid, played: Played) -> _Seat:
        own, m = len(grid.before.units), len(played.units)
        first = own + np.arange(played.versions) * m
        number = played.units.index(grid.unit)
        rest = [other for other in range(m) if other != number]
        kept = [other for other in rest if played.units[other] not in played.merged]
        return cls(
            ranking=ranking_of(grid.before.plan, grid.view),
            row=int(played.rows[number]),
            own_rows=own,
            columns=first + number,
            others=first[:, None] + np.array(rest, dtype=np.int64),
            out=(*(int(played.rows[other]) for other in kept), *map(int, played.removed)),
        )

    def own(self, scores: Batch) -> Batch:
        """Return the unit's scores, of shape (draws, versions)."""
        return scores[:, self.columns]

    def ranks(self, scores: Batch) -> Whole:
        """Return the unit's ranks, of shape (draws, versions)."""
        base, own = scores[:, : self.own_rows], self.own(scores)
        ranks = self.ranking.among(base, self.row, own, self.out)
        for other in self.others.T:
            ranks += self.ranking.ahead(scores[:, other], own, base) & (ranks > 0)
        return ranks

    def before(self, scores: Batch) -> Whole:
        """Return the unit's rank without the scenario in each draw, (draws, 1)."""
        base = scores[:, : self.own_rows]
        return self.ranking.among(base, self.row, base[:, self.row : self.row + 1])


@dataclass(frozen=True, slots=True, eq=False)
class _AtLeast(Sum):
    """In how many draws the unit ranks at least as well as before, and has both ranks."""

    seat: _Seat

    def part(self, scores: Batch) -> Whole:
        before, after = self.seat.before(scores), self.seat.ranks(scores)
        both = (before > 0) & (after > 0)
        return np.stack([(both & (after <= before)).sum(axis=0), both.sum(axis=0)])
