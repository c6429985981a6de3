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

    from rankscope.shapes import Batch, Matrix, Vector, Whole

_CELLS = 4_000_000
"""Values that are compared at a time, which bounds the memory at a few such arrays."""

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
    places = rank(np.where(weights > 0, values, np.nan).T)
    by_child = np.ascontiguousarray(weights.T)
    size = max(1, _CELLS // max(values.size, 1))
    for start in range(0, len(values), size):
        lead = _leads(places, by_child, slice(start, start + size))
        yield (lead > _LEAD).sum(axis=1).astype(np.float64) - (lead < -_LEAD).sum(axis=1)


def _leads(places: Whole, weights: Matrix, block: slice) -> Matrix:
    """Return by which share of the weight each row of a block leads each row, (block, rows).

    ``places`` (children, rows) are ranks, 0 for what is missing, which puts it ahead of
    all that are there: that is taken back.  The share is that by the weights of the row,
    or the mean of that and the share by those of its rival where weights differ.
    """
    ahead = np.sign(places[:, None, :] - places[:, block, None])
    lead: Matrix = np.einsum("kb,kbn->bn", weights[:, block], ahead)
    if (weights == weights[:, :1]).all():
        return lead
    there = np.sign(weights)
    lead += weights[:, block].T @ (1 - there)
    by_rival = np.einsum("kn,kbn->bn", weights, ahead) - (1 - there[:, block]).T @ weights
    own, rival = weights[:, block].T @ there, there[:, block].T @ weights
    return (_over(lead, own) + _over(by_rival, rival)) / 2


def _over(lead: Matrix, common: Matrix) -> Matrix:
    """Return leads over the weight of the children in common, 0 where there are none."""
    return np.divide(lead, common, out=np.zeros(lead.shape), where=common > 0)
