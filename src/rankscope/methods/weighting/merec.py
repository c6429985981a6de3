"""MEREC: what would be missed most if it were left out counts most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import register
from rankscope.errors import MethodError
from rankscope.methods.references import MEREC
from rankscope.methods.weighting.learnt import Learnt, complete_rows, require_from

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class Merec(Learnt):
    r"""Method based on the removal effects of criteria, over the rows without a gap.

    The performance of unit i is :math:`S_i = \ln(1 + \frac1m\sum_j |\ln(\min x_j / x_{ij})|)`;
    the weight of a child is the sum of the changes of all :math:`S_i` without its term.
    Scores are positive and the more the better.  Keshavarz-Ghorabaee et al. (2021)
    Symmetry 13(4), 525, https://doi.org/10.3390/sym13040525
    """

    name: ClassVar[str] = "merec"
    citation: ClassVar[str] = MEREC

    def learn(self, scores: Matrix, given: Vector) -> Vector:
        """Return the removal effects, of shape (children,).

        Raises
        ------
        MethodError
            When a score is not positive, or each row has a gap.
        """
        del given
        require_from(self.name, scores, 0, above=True)
        rows = complete_rows(scores)
        if not len(rows):
            raise MethodError(
                f"{self.name} needs rows without a gap, and none of {len(scores)} is one. "
                "Fill gaps first (imputation)."
            )
        filled = ~np.isnan(rows).all(axis=0)
        weights = np.zeros(scores.shape[1])
        if filled.any():
            weights[filled] = removal_effects(rows[:, filled])
        return weights

    def in_words(self, noun: str = "unit") -> str:
        """Say that an absence is what is measured."""
        del noun
        return "A part counts for more, the more the results would change if it were left out"


def removal_effects(scores: Matrix) -> Vector:
    """Return how much performances change without each column, of shape (columns,).

    ``scores`` of shape (rows, columns) are positive, without gaps.
    """
    distance = np.log(scores) - np.log(scores.min(axis=0))
    total = distance.sum(axis=1, keepdims=True)
    count = scores.shape[1]
    effects = np.log1p(total / count) - np.log1p((total - distance) / count)
    return np.asarray(np.abs(effects).sum(axis=0))
