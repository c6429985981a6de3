"""Acts in an indicator's own units: more or less of it, a value set, a value capped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import OneOf
from rankscope._registry import parameter, register
from rankscope.methods.change.base import ALL_KINDS, METRIC, Change
from rankscope.methods.change.cells import at, replaced
from rankscope.methods.change.size import Sizes
from rankscope.methods.change.words import number_words, place_words

if TYPE_CHECKING:
    from rankscope.methods.change.size import Size
    from rankscope.methods.change.world import Aim, World
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class Add(Change):
    """An amount is added to values, in the indicator's own units; a negative one is taken away."""

    name: ClassVar[str] = "add"
    kinds: ClassVar[frozenset[str]] = METRIC
    by: Size = parameter(None, Sizes(), "the amount, in the indicator's own units")

    def sizes(self) -> tuple[Size, ...]:
        """Return the amount."""
        return (self.by,)

    def in_words(self, noun: str = "unit") -> str:
        """Say what the act does."""
        del noun
        return f"Adds {number_words(self.by)} to {place_words(self)}"

    def apply(self, world: World, aim: Aim, sizes: Matrix) -> World:
        """Return the world with the amount added."""
        return replaced(world, aim, at(world, aim) + sizes[:, :1, None])


@register
@dataclass(frozen=True, slots=True)
class Set(Change):
    """Values become a given one, also where there was none."""

    name: ClassVar[str] = "set"
    kinds: ClassVar[frozenset[str]] = ALL_KINDS
    to: Size = parameter(None, Sizes(), "the value, in the indicator's own units")

    def sizes(self) -> tuple[Size, ...]:
        """Return the value."""
        return (self.to,)

    def in_words(self, noun: str = "unit") -> str:
        """Say what the act does."""
        del noun
        return f"Sets {place_words(self)} to {number_words(self.to)}"

    def apply(self, world: World, aim: Aim, sizes: Matrix) -> World:
        """Return the world with the value set."""
        given = at(world, aim)
        return replaced(world, aim, np.broadcast_to(sizes[:, :1, None], given.shape))


@register
@dataclass(frozen=True, slots=True)
class Cap(Change):
    """Values beyond a limit become the limit."""

    name: ClassVar[str] = "cap"
    kinds: ClassVar[frozenset[str]] = ALL_KINDS - {"dummy"}
    at: Size = parameter(None, Sizes(), "the limit, in the indicator's own units")
    side: str = parameter(
        "at_most", OneOf(("at_most", "at_least")), "whether values lie below or above it then"
    )

    def sizes(self) -> tuple[Size, ...]:
        """Return the limit."""
        return (self.at,)

    def in_words(self, noun: str = "unit") -> str:
        """Say what the act does."""
        del noun
        side = self.side.replace("_", " ")
        return f"Holds {place_words(self)} {side} at {number_words(self.at)}"

    def apply(self, world: World, aim: Aim, sizes: Matrix) -> World:
        """Return the world with values capped; what is missing stays missing."""
        limit = np.minimum if self.side == "at_most" else np.maximum
        return replaced(world, aim, limit(at(world, aim), sizes[:, :1, None]))
