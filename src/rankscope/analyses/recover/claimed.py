"""Whether weights that someone claims are possible, and which rows say that they are not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words, visible
from rankscope.analyses.recover.cone import Cone
from rankscope.analyses.recover.walls import RankWalls, ScoreWalls
from rankscope.analyses.recover.wrong_rows import rows_against
from rankscope.findings import Finding, warning

if TYPE_CHECKING:
    from rankscope.shapes import Mask, Vector, Whole


_ENOUGH = 50
"""Wrong rows that are counted, at least: more say no more."""


@dataclass(frozen=True, slots=True, eq=False)
class Claimed:
    """What a table says to weights: possible, or at least ``at_least`` rows say no.

    ``proof`` names a few units whose rows the weights can not give together, whatever factor
    and offset the model leaves open; ``share`` is the part of all rows that must be wrong.
    """

    shares: Vector
    possible: bool
    at_least: int
    share: float
    proof: tuple[str, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The finding that the weights are impossible, if they are."""
        if self.possible:
            return ()
        named = join_words(map(visible, self.proof[:6]), "and")
        return (
            warning(
                "recover-impossible",
                "weights",
                f"These weights are impossible: at least {self.at_least:,} of the rows "
                f"({self.share:.1%}) can not have been printed so; {named} alone prove it.",
                "Other weights were used, or other components.",
            ),
        )


def claimed(cone: Cone, left_out: Mask, weights: Vector, units: tuple[str, ...]) -> Claimed:
    """Judge weights (components,), relative to each other, against the rows not left out."""
    shares = weights / weights.sum()
    kept = np.flatnonzero(~left_out)
    one = Cone.of(_mixed(cone.walls, shares, kept))
    slack = one.least_slack(one.everyone())
    if slack.least == 0:
        return Claimed(shares, possible=True, at_least=0, share=0.0, proof=())
    least = max(rows_against(one, _ENOUGH), 1)
    proof = tuple(units[kept[row]] for row in slack.proof)
    return Claimed(shares, possible=False, at_least=least, share=least / len(kept), proof=proof)


def _mixed(walls: ScoreWalls | RankWalls, shares: Vector, kept: Whole) -> ScoreWalls | RankWalls:
    """Return the rows on a single component: the mean under some shares."""
    counted = shares > 0
    own = (shares / walls.unit)[counted]
    low = (walls.low[np.ix_(kept, counted)] @ own)[:, None]
    high = (walls.high[np.ix_(kept, counted)] @ own)[:, None]
    if isinstance(walls, RankWalls):
        return RankWalls(low, high, walls.ranks[kept], walls.ties_are_equal)
    return replace(
        walls,
        low=low,
        high=high,
        total_low=walls.total_low[kept],
        total_high=walls.total_high[kept],
        pace=walls.pace[kept],
        unit=np.ones(1),
    )
