"""The Gini coefficient: what is shared out unevenly counts most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import register
from rankscope.methods.references import GINI
from rankscope.methods.weighting.learnt import Learnt, require_from, varying

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class Gini(Learnt):
    r"""Weights proportional to the Gini coefficient, :math:`\sum|x_i-x_j| / (2 n^2 \bar x)`.

    Over the scores present, from 0 up, where 0 means nothing: another zero point gives other
    weights.  Li & Chi (2009), A new determining objective weights method: Gini coefficient
    weight.
    """

    name: ClassVar[str] = "gini"
    citation: ClassVar[str] = GINI

    def learn(self, scores: Matrix, given: Vector) -> Vector:
        """Return the Gini coefficients, of shape (children,); 0 where nothing varies.

        Raises
        ------
        MethodError
            When a score is negative.
        """
        del given
        require_from(self.name, scores, 0)
        varies = varying(scores)
        weights = np.zeros(scores.shape[1])
        weights[varies] = gini_coefficients(scores[:, varies])
        return weights

    def in_words(self, noun: str = "unit") -> str:
        """Say that inequality decides."""
        return (
            f"A part counts for more, the more unequal one {noun} is to another in it "
            "(Gini coefficient)"
        )


def gini_coefficients(scores: Matrix) -> Vector:
    """Return the Gini coefficient of each column's values present, of shape (columns,).

    ``scores`` of shape (rows, columns) are not negative; each column has two values or more.
    """
    ordered = np.sort(scores, axis=0)  # NaN goes last
    n = np.sum(~np.isnan(scores), axis=0)
    amounts = np.where(np.isnan(ordered), 0.0, ordered)
    share = amounts / amounts.sum(axis=0)
    place = np.arange(1, len(scores) + 1)[:, None]
    return np.asarray(((2 * place - n - 1) * share).sum(axis=0) / n)
