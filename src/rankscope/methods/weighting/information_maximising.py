"""Weights by which the weighted mean goes as closely as possible with its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import register
from rankscope.methods.references import COINR
from rankscope.methods.statistics import mean_and_deviation
from rankscope.methods.weighting.learnt import Learnt

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class InformationMaximising(Learnt):
    r"""Weights with the largest mean correlation of the children with their weighted mean.

    With :math:`v_j = w_j s_j` and correlations R the mean is proportional to
    :math:`1'Rv / \sqrt{v'Rv}`, largest at v = 1 (Cauchy-Schwarz): one over the standard
    deviation.  The largest mean of *squared* correlations is what ``pca`` with
    ``per_deviation`` gives.  Becker et al. (2022), https://doi.org/10.21105/joss.04567
    search for these weights by trial and error ("infomax").  For the arithmetic mean.
    """

    name: ClassVar[str] = "information_maximising"
    citation: ClassVar[str] = COINR

    def learn(self, scores: Matrix, given: Vector) -> Vector:
        """Return one over the deviation of each child, of shape (children,)."""
        del given
        _, deviation = mean_and_deviation(scores)
        varies = deviation > 0
        return np.where(varies, 1.0 / np.where(varies, deviation, 1.0), 0.0)

    def in_words(self, noun: str = "unit") -> str:
        """Say what is as large as possible."""
        del noun
        return (
            "Weights are set so that the result follows its parts as closely as it can on average"
        )
