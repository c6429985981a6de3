"""Acts on ties: cooperation that ends, and cooperation that grows."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Maybe, Text
from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.methods.change.base import MEASURED, Change
from rankscope.methods.change.cells import at, names_of, replaced
from rankscope.methods.change.names import PARTNERS
from rankscope.methods.change.size import Size, Sizes
from rankscope.methods.change.tie_shares import counterparts, done_with, findings_of, total_of
from rankscope.methods.change.words import names_words, number_words, share_words

if TYPE_CHECKING:
    from rankscope.methods.change.ties import Ties
    from rankscope.methods.change.world import Aim, World
    from rankscope.shapes import Matrix, Vector

_ANYWHERE = Size(0.0, 1.0)
"""Where between its bounds a share lies that ties do not tell exactly."""

_PART = "the share of the indicator that work with others makes up: 1 where it is all of it"


@dataclass(frozen=True, slots=True)
class OfTies(Change):
    """An act that looks at what units did with partners."""

    kinds: ClassVar[frozenset[str]] = MEASURED
    ties: str = parameter(None, Text("the code of ties"), "which ties")
    partners: tuple[str, ...] = parameter(None, PARTNERS, "with whom")

    def with_units(self) -> tuple[str, ...]:
        """Return the partners."""
        return self.partners

    def ties_used(self) -> tuple[str, ...]:
        """Return the ties."""
        return (self.ties,)

    def where(self, world: World) -> tuple[str, ...]:
        """Return the indicators that the ties feed, unless others are named."""
        return self.nodes or world.ties[self.ties].feeds

    @abstractmethod
    def apply(self, world: World, aim: Aim, sizes: Matrix) -> World:
        """Return the world in which ties are other ones."""


@register
@dataclass(frozen=True, slots=True)
class Sever(OfTies):
    """Ties to partners end: what a unit did with them is lost, as far as it is not redirected.

    Where a work of three units counts in three pairs, the share that is done with the partners
    lies between the share of the largest one and the sum over all; it is drawn from there.  The
    shares are those of the ties' own years, and applied to the indicator as it is.  A partner
    loses as well if it is among the units.
    """

    name: ClassVar[str] = "sever"
    lost: Size = parameter(
        None, Sizes(low=0, high=1), "the share of that work that is lost, not done with others"
    )
    part: Size = parameter(Size(1.0, 1.0), Sizes(low=0, high=1), _PART)

    def sizes(self) -> tuple[Size, ...]:
        """Return the share that is lost, the part, and where between its bounds the share is."""
        return (self.lost, self.part, _ANYWHERE)

    def in_words(self, noun: str = "unit") -> str:
        """Say what the act does."""
        del noun
        said = f"Ends {self.ties.replace('_', ' ')} with {names_words(self.partners)}"
        said = f"{said}; {share_words(self.lost)} of that work is lost"
        if self.part == Size(1.0, 1.0):
            return said
        return f"{said}, which makes up {share_words(self.part)} of the indicator"

    def apply(self, world: World, aim: Aim, sizes: Matrix) -> World:
        """Return the world without what was done with the partners.

        Raises
        ------
        MethodError
            When the ties say nothing of a unit.
        """
        ties = world.ties[self.ties]
        lost, part, place = sizes.T
        factors = []
        for row in aim.units:
            others = counterparts(world, aim, row)
            share = done_with(ties, world.units[row], others, aim.place).at(place)
            factors.append(1 - lost * part * share)
        told = findings_of(world, aim, ties, "Nothing is lost there: the loss is at least this.")
        return replaced(world, aim, at(world, aim) * _spread(factors), told)


@register
@dataclass(frozen=True, slots=True)
class Deepen(OfTies):
    """A tie to a partner grows: to a multiple of what it is, or to a share of a unit's work.

    Exactly one of ``times`` and ``to`` is given.  The partner gains as well if it is among the
    units, by the same work.  A tie never shrinks.
    """

    name: ClassVar[str] = "deepen"
    times: Size | None = parameter(
        None, Maybe(Sizes(low=1)), "how many times as much is done with the partner as today"
    )
    to: Size | None = parameter(
        None,
        Maybe(Sizes(low=0, high=1)),
        "the share of what the unit does with others that the tie grows to",
    )
    new: Size = parameter(
        None, Sizes(low=0, high=1), "the share of the added work that would not be done otherwise"
    )
    part: Size = parameter(Size(1.0, 1.0), Sizes(low=0, high=1), _PART)

    def __post_init__(self) -> None:
        """Check that one partner is named, and what the tie grows to.

        Raises
        ------
        MethodError
            When that is not so.
        """
        super(Deepen, self).__post_init__()
        if len(self.partners) != 1:
            mend = "Write a change for each."
            raise MethodError(f"deepen is about one partner, got {len(self.partners)}. {mend}")
        if (self.times is None) == (self.to is None):
            mend = "Write one, such as 'times: 2'."
            raise MethodError(f"deepen needs exactly one of times and to. {mend}")

    def sizes(self) -> tuple[Size, ...]:
        """Return what the tie grows to, the share that is new, and the part."""
        grown = self.times if self.times is not None else self.to
        return (grown or Size(1.0, 1.0), self.new, self.part)

    def in_words(self, noun: str = "unit") -> str:
        """Say what the act does."""
        del noun
        grown = f"{number_words(self.times)} times as much" if self.times else ""
        if self.to is not None:
            grown = f"{share_words(self.to)} of its work"
        said = f"Does {self.ties.replace('_', ' ')} with {names_words(self.partners)}: {grown}"
        return f"{said}; {share_words(self.new)} of what is added is new"

    def apply(self, world: World, aim: Aim, sizes: Matrix) -> World:
        """Return the world with what would be done besides.

        Raises
        ------
        MethodError
            When the partner is a group, or the ties say nothing of a unit.
        """
        ties = world.ties[self.ties]
        grown, new, part = sizes.T
        if len(aim.partners) != 1:
            names = names_of(world, aim.partners.tolist())
            said = f"{aim.place}: deepen is about one partner, and {self.partners[0]} are several"
            raise MethodError(f"{said} ({names}). Write a change for each.")
        extra = self._extra(world, aim, ties, grown)
        factors = [1 + new * part * own for own in extra]
        bound = "least" if self.to is None else "most"
        told = findings_of(world, aim, ties, f"Taken as none, the gain is at {bound} this.")
        return replaced(world, aim, at(world, aim) * _spread(factors), told)

    def _extra(self, world: World, aim: Aim, ties: Ties, grown: Vector) -> list[Vector]:
        """Return what is done besides for each unit, as a share of all that it does with others.

        A partner among the units does the same work as these, a share of its own total.
        """
        [partner] = aim.partners
        found: dict[int, Vector] = {}
        work = np.zeros(len(grown))
        for row in aim.units[aim.units != partner]:
            unit = world.units[row]
            today = done_with(ties, unit, [world.units[partner]], aim.place).high
            more = (grown - 1) * today if self.to is None else grown - today
            found[row] = np.maximum(more, 0.0)
            work += found[row] * total_of(ties, unit, aim.place)
        if partner in aim.units:
            found[partner] = work / total_of(ties, world.units[partner], aim.place)
        return [found[row] for row in aim.units]


def _spread(factors: list[Vector]) -> Matrix:
    """Return factors of units, each (versions,), for all columns: (versions, units, 1)."""
    return np.stack(factors, axis=1)[:, :, None]
