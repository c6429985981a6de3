"""Weights by which each child is as important for the result as it should be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import OneOf
from rankscope._registry import parameter, register
from rankscope._words import join_words
from rankscope.errors import MethodError
from rankscope.methods.references import IMPORTANCE
from rankscope.methods.weighting.correlations import MISSING, MISSING_DOC, relate
from rankscope.methods.weighting.learnt import Learnt

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class CorrelationBalanced(Learnt):
    r"""Weights by which each child's correlation with the weighted mean is as the target says.

    The correlation of child i with :math:`\sum w_j x_j` is proportional to
    :math:`(R v)_i`, where R are the children's correlations and :math:`v_j = w_j s_j`.
    So weights with :math:`R v = t` reach the target t exactly; where some would be negative,
    ``nearest`` takes the weights from 0 up whose correlations have the smallest angle to the
    target.  Linear importance, as in Paruolo, Saisana & Saltelli (2013)
    https://doi.org/10.1111/j.1467-985X.2012.01059.x and Becker et al. (2017)
    https://doi.org/10.1016/j.ecolind.2017.03.056.  It holds for the arithmetic mean.
    """

    name: ClassVar[str] = "correlation_balanced"
    citation: ClassVar[str] = IMPORTANCE
    target: str = parameter(
        "equal", OneOf(("equal", "given")), "how important each child should be, to each other"
    )
    importance: str = parameter(
        "squared_correlation",
        OneOf(("squared_correlation", "correlation")),
        "what should be proportional to the target",
    )
    unreachable: str = parameter(
        "refuse", OneOf(("refuse", "nearest")), "what happens when no weights reach the target"
    )
    missing: str = parameter("drop", MISSING, MISSING_DOC)

    def learn(self, scores: Matrix, given: Vector) -> Vector:
        """Return weights of shape (children,); a child whose target is 0 has weight 0.

        Raises
        ------
        MethodError
            When rows are too few, or no weights from 0 up reach the target.
        """
        wanted = given if self.target == "given" else np.ones(len(given))
        related = relate(self.name, np.where(wanted > 0, scores, np.nan), self.missing)
        if not related.varies.any():
            return np.zeros(len(given))
        target = wanted[related.varies] / wanted[related.varies].max()
        if self.importance == "squared_correlation":
            target = np.sqrt(target)
        weights, reached = balance(related.correlations, target)
        if not reached and self.unreachable == "refuse":
            idle = [related.child(int(one)) for one in np.flatnonzero(weights <= 0)]
            left = f"; the nearest leave {join_words(idle, 'and')} at 0" if idle else ""
            raise MethodError(
                f"{self.name}: no weights from 0 up reach the target{left}. Change the target or "
                f"the children, or say {self.name}: unreachable: nearest."
            )
        return related.spread(weights / related.deviation)

    def in_words(self, noun: str = "unit") -> str:
        """Say that importance, not weight, is what was chosen."""
        del noun
        aim = "equally closely" if self.target == "equal" else "as closely as intended"
        near = ", as nearly as can be" if self.unreachable == "nearest" else ""
        return f"Weights are set so that the result follows each of its parts {aim}{near}"


def balance(correlations: Matrix, target: Vector) -> tuple[Vector, bool]:
    """Return v, none negative, with ``correlations @ v`` nearest to ``target``, and if it is there.

    Shapes (children, children) and (children,).  Of several solutions, the shortest: two
    children that are the same share their weight.

    Raises
    ------
    MethodError
        When the solver gives up, which is not known to happen.
    """
    exact = np.linalg.lstsq(correlations, target, rcond=1e-10)[0]
    if (exact > -1e-9).all() and _there(correlations @ exact, target):
        return np.maximum(exact, 0.0), True
    from scipy.optimize import nnls

    try:
        found, _ = nnls(correlations, target)
    except RuntimeError as error:
        raise MethodError(
            f"correlation_balanced finds no weights for {len(target)} children: {error}. "
            "Use the weighting given or equal here."
        ) from error
    return found, _there(correlations @ found, target)


def _there(reached: Vector, target: Vector) -> bool:
    return bool(np.abs(reached - target).max() < 1e-8)
