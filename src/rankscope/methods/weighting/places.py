"""Weights from places alone: somebody said what matters most, not by how much."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Numbers
from rankscope._registry import parameter
from rankscope.methods.weighting.base import Weighting
from rankscope.methods.weighting.judged import entries_that_count, placed

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector


@dataclass(frozen=True, slots=True)
class Placed(Weighting):
    """A weighting that knows only the order of the children by importance.

    Children at the same place share the weights of the places that they take up.  Places
    are of the children that count; where there is one for each child, those of weight 0
    are passed over and keep it.
    """

    needs_data: ClassVar[bool] = False
    places: tuple[float, ...] = parameter(
        None, Numbers(low=1), "the place of each child by importance, 1 for what matters most"
    )

    def fit(self, scores: Matrix, given: Vector) -> Vector:
        """Return weights of shape (children,) that sum to 1.

        Raises
        ------
        MethodError
            When the places are of another number of children.
        """
        del scores
        own = entries_that_count(f"{self.name}.places", len(self.places), given)
        weights = self.of_places(len(own))
        return placed(shared(weights / weights.sum(), np.array(self.places)[own]), given)

    @abstractmethod
    def of_places(self, count: int) -> Vector:
        """Return weights on any scale of the first place to the last, of shape (count,)."""

    def in_words(self, noun: str = "unit") -> str:
        """Say that only an order was judged."""
        del noun
        return "Weights follow the order in which the parts were judged to matter"


def shared(weights: Vector, places: Vector) -> Vector:
    """Give each child its place's weight, ties their mean; all of shape (children,)."""
    _, group, size = np.unique(places, return_inverse=True, return_counts=True)
    ordered_group = np.sort(group)
    return (np.bincount(ordered_group, weights) / size)[group]
