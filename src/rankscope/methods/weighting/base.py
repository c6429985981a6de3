"""The abstract weighting: how much each child of a node counts."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rankscope._registry import Method

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector


@dataclass(frozen=True, slots=True)
class Weighting(Method):
    """Gives the children of one node their weights.

    A method that ``needs_data`` looks at the children's scores; its weights are fitted
    state: learnt once and frozen in draws and scenarios, as scales are.
    """

    stage: ClassVar[str] = "weighting"
    needs_data: ClassVar[bool] = True

    @abstractmethod
    def fit(self, scores: Matrix, given: Vector) -> Vector:
        """Return the weights, of shape (children,), none negative.

        ``scores`` are of shape (rows, children), NaN where missing; ``given`` (children,)
        are the weights of the definition.  A child whose weight is given as 0 is shown and
        not counted, whatever the method; one that ``needs_data`` never sees it.

        Raises
        ------
        MethodError
            When the scores allow no weights, such as those of too few units.
        """
