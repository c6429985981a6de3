"""Copeland's rule: units meet in pairs, and the wins less the losses are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from rankscope._domains import OneOf
from rankscope._registry import parameter, register
from rankscope.methods.aggregation.base import Aggregation
from rankscope.methods.ranking import rank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.shapes import Batch, Matrix, Vector

_CELLS = 2_000_000
"""Pairs that are compared at a time, which bounds the memory at a few such arrays."""

_LEAD = 1e-9
"""A lead in weight of at most this is a draw: weights that should cancel are rounded."""


@register
@dataclass(frozen=True, slots=True)
class Copeland(Aggregation):
    r"""Pairs won less pairs lost, each pair by the majority of the weight.

    Unit i beats unit j where the weight of the children in which it is ahead, half of
    that of ties added, :math:`o_{ij} = \sum w [x_i > x_j] + \frac{1}{2}\sum w [x_i = x_j]`,
    is more than one half.  Only children that both units have count, with their weights
    made to sum to one, so :math:`o_{ij} + o_{ji} = 1` with missing values too; a pair
    without such a child is a draw.  Values tie as scores do in a ranking.  How far one
    is ahead plays no part: nothing is made up for.  Where two rows have other weights, their
    shares are averaged.  Scores are ``net`` (wins less losses) or the ``share`` of pairs won,
    draws counting half.  Saari & Merlin (1996) Economic Theory 8, 51-76,
    https://doi.org/10.1007/BF01212012; in composite indices: COINr,
    https://doi.org/10.21105/joss.04567
    """

    name: ClassVar[str] = "copeland"
    citation: ClassVar[str] = (
        "Saari & Merlin (1996) Economic Theory 8, 51-76, doi:10.1007/BF01212012"
    )
    monotone: ClassVar[bool] = False
    row_wise: ClassVar[bool] = False
    scores: Literal["net", "share"] = parameter(
        "net",
        OneOf(("net", "share")),
        "wins less losses, or the share of pairs won, draws counting half",
    )

    def chart(self) -> None:
        """Return none: a majority is not linear in the weights."""
        return

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept all numbers."""
        del low, high
        return True

    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Return the score of each row, one draw after the other."""
        weights = np.broadcast_to(weights, values.shape)
        scores = np.empty(values.shape[:-1])
        for draw in np.ndindex(values.shape[:-2]):
            scores[draw] = self._of_draw(values[draw], weights[draw])
        return scores

    def image(self, lows: Vector, highs: Vector, weights: Vector) -> tuple[float, float]:
        """Return 0 and 1 for shares; counts go as far as there are units."""
        del lows, highs, weights
        return (0.0, 1.0) if self.scores == "share" else (-np.inf, np.inf)

    def in_words(self, noun: str = "unit") -> str:
        """Say how pairs are decided and counted."""
        counted = (
            "pairs won less pairs lost" if self.scores == "net" else "the share of pairs it wins"
        )
        return (
            f"Each {noun} is compared with each other: who is ahead in more of what lies below, "
            f"by weight, wins the pair; a score is {counted}"
        )

    def _of_draw(self, values: Matrix, weights: Matrix) -> Vector:
        """Return the score of each row of one draw, values and weights (rows, children)."""
        scores = np.full(len(values), np.nan)
        part = np.flatnonzero((weights > 0).any(axis=1))
        scores[part] = np.concatenate(
            [np.empty(0), *_net_wins(values[part], np.maximum(weights[part], 0.0))]
        )
        if self.scores == "net":
            return scores
        rivals = len(part) - 1
        return (scores / rivals + 1) / 2 if rivals > 0 else scores * np.nan


def _net_wins(values: Matrix, weights: Matrix) -> Iterator[Vector]:
    """Yield wins less losses of one block of rows after another."""
    there = weights > 0
    places = -rank(np.where(there, values, np.nan).T).T.astype(np.float64)
    alike = bool((weights == weights[:1]).all())
    size = max(1, _CELLS // max(len(values), 1))
    for start in range(0, len(values), size):
        block = slice(start, start + size)
        lead = _leads(places, weights, block)
        if not alike:
            lead += _leads(places, weights, block, by_rival=True)
        yield (lead > _LEAD).sum(axis=1).astype(np.float64) - (lead < -_LEAD).sum(axis=1)


def _leads(places: Matrix, weights: Matrix, block: slice, *, by_rival: bool = False) -> Matrix:
    """Return by which share of the weight each row of a block leads each row, (block, rows).

    ``places`` (rows, children) are larger for better values; the weights are those of the
    row or of its rival.
    """
    there = (weights > 0).astype(np.float64)
    own, others = (there, weights) if by_rival else (weights, there)
    lead = np.zeros((len(places[block]), len(places)))
    for child in range(places.shape[1]):
        ahead = np.sign(places[block, child, None] - places[:, child])
        ahead *= own[block, child, None]
        if not (others[:, child] == 1).all():
            ahead *= others[:, child]
        lead += ahead
    common = own[block] @ others.T
    return np.divide(lead, common, out=lead, where=common > 0)
