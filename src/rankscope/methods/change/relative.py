"""Acts that multiply: a scaling, and a loss of a share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import parameter, register
from rankscope.methods.change.base import MEASURED, Change
from rankscope.methods.change.possible import check_possible
from rankscope.methods.change.size import Sizes
from rankscope.methods.change.words import number_words, place_words, share_words

if TYPE_CHECKING:
    from rankscope.methods.change.size import Size
    from rankscope.methods.change.world import Aim, World
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class Scale(Change):
    """Values are multiplied by a factor."""

    name: ClassVar[str] = "scale"
    kinds: ClassVar[frozenset[str]] = MEASURED
    by: Size = parameter(None, Sizes(low=0), "the factor, such as 1.1 for a tenth more")

    def sizes(self) -> tuple[Size, ...]:
        """Return the factor."""
        return (self.by,)

    def in_words(self, noun: str = "unit") -> str:
        """Say what the act does."""
        del noun
        return f"Multiplies {place_words(self)} by {number_words(self.by)}"

    def apply(self, world: World, aim: Aim, sizes: Matrix) -> World:
        """Return the world with values multiplied."""
        return multiplied(world, aim, np.broadcast_to(sizes[:, :1], (len(sizes), len(aim.columns))))


@register
@dataclass(frozen=True, slots=True)
class Restrict(Change):
    """A share of stocks or flows is lost; always towards worse.

    What is better when there is less of it grows by the share.  Denominators stay as they are.
    """

    name: ClassVar[str] = "restrict"
    kinds: ClassVar[frozenset[str]] = frozenset({"count", "amount", "ratio", "share"})
    by: Size = parameter(None, Sizes(low=0, high=1), "the share that is lost, as 30%")

    def sizes(self) -> tuple[Size, ...]:
        """Return the share."""
        return (self.by,)

    def in_words(self, noun: str = "unit") -> str:
        """Say what the act does."""
        del noun
        return f"Takes away {share_words(self.by)} of {place_words(self)}, towards worse"

    def apply(self, world: World, aim: Aim, sizes: Matrix) -> World:
        """Return the world with a share lost."""
        polarity = np.array([world.columns[column].polarity for column in aim.columns])
        return multiplied(world, aim, 1 - polarity * sizes[:, :1])


def multiplied(world: World, aim: Aim, factors: Matrix) -> World:
    """Return the world with values multiplied by factors of shape (versions, columns of the aim).

    Raises
    ------
    MethodError
        When a value would leave the range that is possible for its indicator.
    """
    values = world.values.copy()
    cells = np.ix_(np.arange(len(values)), aim.units, aim.columns)
    values[cells] *= factors[:, None, :]
    check_possible(world, aim, values)
    return world.with_values(values)
