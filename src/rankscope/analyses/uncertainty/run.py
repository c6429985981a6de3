"""Uncertainty analysis: what ranks and scores become when all that may vary varies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.analyses.rank_moves import groups_of
from rankscope.analyses.uncertainty.compile_design import design_of
from rankscope.analyses.uncertainty.counted_ranks import CountedRanks
from rankscope.analyses.uncertainty.design import Design
from rankscope.analyses.uncertainty.draw_findings import findings_of
from rankscope.analyses.uncertainty.draws import DesignDraws
from rankscope.analyses.uncertainty.pairs import PairCounts, Pairs, tiers
from rankscope.analyses.uncertainty.score_draws import (
    CELLS,
    MANY,
    ScoreGrid,
    ScoreQuantiles,
    score_quantiles,
)
from rankscope.analyses.uncertainty.sorted_ranks import sorted_ranks
from rankscope.errors import MethodError
from rankscope.pipeline.blocks import RankCounts, Reducer, StoredRanks, StoredScores, run_blocks

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from rankscope.analyses.uncertainty.rank_draws import RankDraws
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Vector, Whole

PAIRED = 400
"""Up to so many units pairs are counted unless told."""

STORED = 2**24
"""Up to so many scores all are kept for their quantiles; above, they are counted on a grid."""


@dataclass(frozen=True, slots=True, eq=False)
class Uncertainty:
    """What ranks and scores became over the draws of a design.

    ``draws`` are those computed, ``asked`` those asked for; they differ when the work was
    interrupted.  ``ranks`` tell how often each unit took each rank; ``pairs`` how often one
    stood above another, None where that was not asked for.  ``effective`` is how many
    independent draws of weights the draws are worth, NaN where no weights vary.
    """

    design: Design
    asked: int
    draws: int
    ranks: RankDraws
    pairs: Pairs | None
    scores: ScoreQuantiles
    effective: float
    findings: tuple[Finding, ...]

    @property
    def result(self) -> Result:
        """Return the index as published."""
        return self.design.result

    @property
    def published(self) -> Whole:
        """Return the ranks as published, (rows,), 0 for none."""
        return self.result.rank(self.design.node, self.design.view)

    @property
    def order(self) -> list[int]:
        """Return the ranked rows, best first."""
        return self.result.order(self.design.node, self.design.view)

    def tiers(self, *, sure: float = 0.95) -> Whole:
        """Return the tier of each unit, (rows,), 0 for units without a published rank.

        Units of one tier can not be told apart from its first; where ranks are taken within
        groups, tiers are too.

        Raises
        ------
        MethodError
            When pairs were not counted.
        """
        groups = groups_of(self.design.ranking, len(self.design.rows))
        return tiers(self._pairs().probability, self.order, sure=sure, groups=groups)

    def above(self, one: str, other: str) -> float:
        """Return the probability that one unit stands above another, by their codes.

        Raises
        ------
        MethodError
            When pairs were not counted.
        KeyError
            When there is no such unit.
        """
        rows = {code: row for row, code in enumerate(self.result.units)}
        return float(self._pairs().probability[rows[one], rows[other]])

    def within(self, places: int) -> float:
        """Return the share of ranked units whose published rank is so near their median rank."""
        [median] = self.ranks.quantiles((0.5,))
        rows = self.order
        if not rows:
            return float("nan")
        return float((np.abs(median[rows] - self.published[rows]) <= places).mean())

    def moves(self, probability: float = 0.9) -> Vector:
        """Return within how many places of its published rank each unit stays, (rows,)."""
        return self.ranks.moves(self.published, probability)

    def frame(self, probability: float = 0.9) -> pd.DataFrame:
        """Return a data frame of ranked units, as published: rank, median, interval, tier."""
        import pandas as pd

        rows, (low, high) = self.order, self.ranks.interval(probability)
        [median] = self.ranks.quantiles((0.5,))
        columns: dict[str, Any] = {
            "name": np.array(self.result.names, dtype=object),
            "rank": self.published,
            "median": median,
            "mean": self.ranks.mean,
            "low": low,
            "high": high,
            "width": high - low,
            "ranked": self.ranks.ranked,
            "score_low": self.scores.low,
            "score_median": self.scores.median,
            "score_high": self.scores.high,
        }
        if self.pairs is not None:
            columns["tier"] = self.tiers()
        index = pd.Index([self.result.units[row] for row in rows], name="unit")
        return pd.DataFrame({key: one[rows] for key, one in columns.items()}, index=index)

    def _pairs(self) -> Pairs:
        if self.pairs is None:
            raise MethodError("Pairs of units were not counted. Ask for them with pairs=True.")
        return self.pairs


def uncertainty(
    index: Result | Design,
    *,
    draws: int = 10_000,
    seed: int | None = None,
    pairs: bool | None = None,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Uncertainty:
    """Draw everything that the assumptions allow to vary, jointly, and rank each time.

    A result stands for its definition's assumptions and the whole index; `design_of` makes
    a design with others, of a node, a view or a period.  ``seed`` is 0 unless given, or that
    of the design.  ``pairs`` of units are counted up to 400 units unless told.  An interrupt
    keeps the draws computed so far.

    Memory is flat in the number of draws up to 2,000 units; above, each rank is stored in two
    bytes (four beyond 65,535 units).

    Saisana, Saltelli & Tarantola (2005) Journal of the Royal Statistical Society A 168(2),
    307-323, https://doi.org/10.1111/j.1467-985X.2005.00350.x; OECD/JRC Handbook (2008),
    step 7.

    Raises
    ------
    MethodError
        When ``draws`` is below 1, or pairs of more than 2,000 units are asked for; when no
        weights are admissible for some siblings.
    BindError
        When no combination of the assumed methods can be built.
    """
    if draws < 1:
        raise MethodError(f"draws must be a whole number of at least 1, got {draws}.")
    design = _design(index, seed)
    units = len(design.rows)
    if pairs and units > MANY:
        raise MethodError(f"Pairs of {units:,} units are too many to count: at most {MANY:,}.")
    paired = units <= PAIRED if pairs is None else pairs
    block_scores = DesignDraws(design)
    reducers: list[Reducer] = [_ranks(design), _scores(block_scores, units, draws)]
    reducers += [PairCounts(design.ranking)] if paired else []
    kept, done = run_blocks(block_scores, draws, reducers, workers=workers, progress=progress)
    ranks = CountedRanks(kept[0]) if units <= MANY else sorted_ranks(kept[0])
    effective = block_scores.effective_sample() * done
    return Uncertainty(
        design=design,
        asked=draws,
        draws=done,
        ranks=ranks,
        pairs=Pairs(*kept[2]) if paired else None,
        scores=score_quantiles(reducers[1], kept[1]),
        effective=effective,
        findings=(*design.findings, *findings_of(design, ranks, (draws, done, effective))),
    )


def _design(index: Result | Design, seed: int | None) -> Design:
    if not isinstance(index, Design):
        return design_of(index, seed=seed or 0)
    return index if seed is None else replace(index, seed=seed)


def _ranks(design: Design) -> Reducer:
    few = len(design.rows) <= MANY
    return RankCounts(design.ranking) if few else StoredRanks(design.ranking)


def _scores(block_scores: DesignDraws, units: int, draws: int) -> Reducer:
    """Return what keeps scores: all of them, or where that is more, counts on a grid."""
    few = units * draws <= STORED or draws <= CELLS
    return StoredScores() if few else ScoreGrid.of(block_scores(0))
