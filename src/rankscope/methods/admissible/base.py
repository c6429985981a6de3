"""The abstract set of admissible weights: which weights count as defensible (conventions §4.4).

A set is said once and asked three things: for draws, by simulation; for its walls, by
exact programs; and for the largest weighted mean that it allows, by bounds of both.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import Method

if TYPE_CHECKING:
    from rankscope.shapes import Batch, Matrix, Random, Vector


@dataclass(frozen=True, slots=True, eq=False)
class Siblings:
    """The children of one node whose weights vary: their codes and weights, (children,).

    Only those with a weight above 0: what is not counted stays so (conventions §4.3).
    """

    codes: tuple[str, ...]
    weights: Vector

    @property
    def shares(self) -> Vector:
        """Return the weights as shares that sum to 1, (children,)."""
        return np.asarray(self.weights / self.weights.sum())


@dataclass(frozen=True, slots=True)
class Admissible(Method):
    """A named set of weights of siblings, as shares that sum to 1.

    A set of a single sibling holds its share 1 alone.  Sets that say much only about few
    siblings are taken at ``top_only``: the level of pillars, unless other levels are named.
    """

    stage: ClassVar[str] = "admissible"
    top_only: ClassVar[bool] = False

    @abstractmethod
    def draw(self, siblings: Siblings, size: int, random: Random) -> Matrix:
        """Return shares drawn from the set, of shape (size, children).

        They are a function of the siblings, the size and the state of ``random`` alone.

        Raises
        ------
        MethodError
            When the set has no such shares, as `check` says.
        """

    @abstractmethod
    def walls(self, siblings: Siblings) -> Matrix:
        """Return the set as a cone: rows of shape (walls, children + extras).

        Shares u belong to the set if there are extras t >= 0 with ``rows @ [u, t] <= 0``;
        that all are at least 0 and that the shares sum to 1 is understood.  As a cone it
        holds for the effective weights of siblings whatever they sum to.
        """

    @abstractmethod
    def highest(self, siblings: Siblings, values: Batch) -> Batch:
        """Return the largest mean of values that shares of the set give.

        ``values`` are finite, of shape (*any, children), the answer (*any,).

        Raises
        ------
        MethodError
            When the set has no such shares, as `check` says.
        """

    def check(self, siblings: Siblings) -> None:
        """Check that the set says something possible of these siblings.

        Raises
        ------
        MethodError
            When no shares of these siblings belong to the set, or it is of other siblings.
        """

    def label(self) -> str:
        """Return the set as it is printed, such as ``bounded(25%)``."""
        return self.name


def percent(share: float) -> str:
    """Return a share as a percentage: 0.25 as ``25%``."""
    return f"{100 * share:.6g}%"
