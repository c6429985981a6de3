"""CRITIC: what differs much and repeats little counts most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Flag
from rankscope._registry import parameter, register
from rankscope.methods.references import CRITIC
from rankscope.methods.statistics import smallest_and_largest
from rankscope.methods.weighting.correlations import MISSING, MISSING_DOC, relate
from rankscope.methods.weighting.learnt import Learnt

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class Critic(Learnt):
    r"""Criteria importance through intercriteria correlation, :math:`s_j \sum_k (1 - r_{jk})`.

    :math:`s_j` is the standard deviation of the child's scores stretched to 0..1, and
    :math:`r_{jk}` its correlations with the others.  Diakoulaki, Mavrotas & Papayannakis
    (1995) Computers & Operations Research 22(7), 763-770,
    https://doi.org/10.1016/0305-0548(94)00059-H
    """

    name: ClassVar[str] = "critic"
    citation: ClassVar[str] = CRITIC
    rescale: bool = parameter(True, Flag(), "stretch each child's scores to 0..1 first")
    missing: str = parameter("drop", MISSING, MISSING_DOC)

    def learn(self, scores: Matrix, given: Vector) -> Vector:
        """Return deviation times conflict, of shape (children,).

        Raises
        ------
        MethodError
            When rows are too few.
        """
        del given
        related = relate(self.name, scores, self.missing)
        low, high = smallest_and_largest(related.rows)
        deviation = related.deviation / (high - low) if self.rescale else related.deviation
        conflict = (1.0 - related.correlations).sum(axis=1)
        if len(conflict) == 1:
            return related.spread(np.ones(1))
        return related.spread(deviation * np.where(conflict > 1e-9, conflict, 0.0))

    def in_words(self, noun: str = "unit") -> str:
        """Say that difference counts for a part, and repetition against it."""
        return (
            f"A part counts for more, the more it tells one {noun} from another "
            "and the less it repeats the other parts"
        )
