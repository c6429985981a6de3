"""Shannon entropy: what is spread evenly over the units counts least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import register
from rankscope.methods.references import HWANG_YOON
from rankscope.methods.weighting.learnt import Learnt, require_from, varying

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class Entropy(Learnt):
    r"""Weights :math:`1 - E_j` with the entropy :math:`E_j = -\sum_i p_{ij}\ln p_{ij} / \ln n`.

    :math:`p_{ij}` is the unit's share in the child's sum; a zero adds nothing, for
    :math:`p \ln p` goes to 0.  For scores from 0 up, where 0 means nothing: another zero
    point gives other weights.  Hwang & Yoon (1981) https://doi.org/10.1007/978-3-642-48318-9
    """

    name: ClassVar[str] = "entropy"
    citation: ClassVar[str] = HWANG_YOON

    def learn(self, scores: Matrix, given: Vector) -> Vector:
        """Return one minus the entropy of the scores present, of shape (children,).

        Raises
        ------
        MethodError
            When a score is negative.
        """
        del given
        require_from(self.name, scores, 0)
        varies = varying(scores)
        weights = np.zeros(scores.shape[1])
        weights[varies] = np.maximum(1.0 - relative_entropy(scores[:, varies]), 0.0)
        return weights

    def in_words(self, noun: str = "unit") -> str:
        """Say that evenness counts against a part."""
        return f"A part counts for more, the more it tells one {noun} from another (entropy)"


def relative_entropy(scores: Matrix) -> Vector:
    """Return the entropy of each column over its largest possible, of shape (columns,).

    ``scores`` of shape (rows, columns) are not negative; each column has two values or more.
    """
    present = ~np.isnan(scores)
    amounts = np.where(present, scores, 0.0)
    share = amounts / amounts.sum(axis=0)
    terms = share * np.log(np.where(share > 0, share, 1.0))
    return np.asarray(-terms.sum(axis=0) / np.log(present.sum(axis=0)))
