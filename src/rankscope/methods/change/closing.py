"""Acts that close a share of a gap: to a unit, to a target, to the partners of a cooperation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between, Flag, Maybe, OneOf, Text
from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.findings import note
from rankscope.methods.change.base import METRIC, Change
from rankscope.methods.change.between import closed, unplaced
from rankscope.methods.change.cells import at, names_of, replaced
from rankscope.methods.change.names import PARTNERS
from rankscope.methods.change.size import Sizes
from rankscope.methods.change.words import names_words, place_words, share_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.findings import Finding
    from rankscope.methods.change.size import Size
    from rankscope.methods.change.world import Aim, World
    from rankscope.shapes import Batch, Mask, Matrix, Vector, Whole

SCALES = ("transformed", "raw")

_SCALE = (
    "the scale on which the gap is measured: transformed, as the index compares values (a "
    "logarithm, say), or raw, in the indicator's own units"
)


@register
@dataclass(frozen=True, slots=True)
class Towards(Change):
    """A share of the gap to a unit, to a target or to the best value is closed.

    Values move in either direction.  Exactly one of ``unit``, ``target`` and ``best`` is given.
    Of counts and amounts that the index compares only divided by their denominator, such as
    patents for each inhabitant, the gap to a unit or to the best is that of the quotients.
    """

    name: ClassVar[str] = "towards"
    kinds: ClassVar[frozenset[str]] = METRIC
    by: Size = parameter(None, Sizes(low=0, high=1), "the share of the gap that is closed")
    unit: str | None = parameter(None, Maybe(Text("a unit")), "the unit whose values are aimed at")
    target: float | None = parameter(None, Maybe(Between()), "the value that is aimed at")
    best: bool = parameter(False, Flag(), "whether the best value of any ranked unit is aimed at")
    scale: str = parameter("transformed", OneOf(SCALES), _SCALE)

    def __post_init__(self) -> None:
        """Check that there is one thing to move towards.

        Raises
        ------
        MethodError
            When there is none or more than one.
        """
        super(Towards, self).__post_init__()
        given = [self.unit is not None, self.target is not None, self.best]
        if sum(given) != 1:
            raise MethodError(
                "towards needs exactly one of unit, target and best, "
                f"and has {sum(given) or 'none'}. Write one, such as 'unit: DEU'."
            )

    def sizes(self) -> tuple[Size, ...]:
        """Return the share."""
        return (self.by,)

    def with_units(self) -> tuple[str, ...]:
        """Return the unit that is aimed at."""
        return () if self.unit is None else (self.unit,)

    def in_words(self, noun: str = "unit") -> str:
        """Say what the act does."""
        del noun
        aimed = "the best" if self.best else self.unit or f"{self.target:g}"
        said = f"Closes {share_words(self.by)} of the gap to {aimed} in {place_words(self)}"
        return f"{said}, on the {self.scale} scale"

    def apply(self, world: World, aim: Aim, sizes: Matrix) -> World:
        """Return the world with a share of the gap closed."""
        goal = self._goal(world, aim)
        values = closed(world, aim, goal, sizes[:, 0], self.scale)
        gaps = unplaced(world, aim, goal, self.scale)
        return replaced(world, aim, values, tuple(_missing(world, aim, gaps)))

    def _goal(self, world: World, aim: Aim) -> Batch:
        if self.unit is not None:
            return offered(world, aim, _only_partner(world, aim, self.unit))
        if not self.best:
            return np.full(at(world, aim).shape, self.target)
        goal = world.best[aim.columns] * _over(world, aim, aim.units)
        given = at(world, aim)  # of the best unit itself, but for rounding
        return np.where(np.isclose(goal, given, rtol=1e-15, atol=0), given, goal)


@register
@dataclass(frozen=True, slots=True)
class Cooperate(Change):
    """A share of the gap to a partner is closed, indicator by indicator where it is better.

    Of several partners the best one counts at each indicator.  Nobody gets worse.  ``both_ways``
    the partners gain likewise where the unit is better, from what it had before.  Counts and
    amounts are compared as totals, unless the index compares them only divided by their
    denominator.
    """

    name: ClassVar[str] = "cooperate"
    kinds: ClassVar[frozenset[str]] = METRIC
    partners: tuple[str, ...] = parameter(None, PARTNERS, "with whom")
    by: Size = parameter(None, Sizes(low=0, high=1), "the share of the gap that is closed")
    scale: str = parameter("transformed", OneOf(SCALES), _SCALE)
    both_ways: bool = parameter(False, Flag(), "whether the partners gain as well")

    def sizes(self) -> tuple[Size, ...]:
        """Return the share."""
        return (self.by,)

    def with_units(self) -> tuple[str, ...]:
        """Return the partners."""
        return self.partners

    def in_words(self, noun: str = "unit") -> str:
        """Say what the act does."""
        del noun
        ways = ", both ways" if self.both_ways else ""
        partners = names_words(self.partners)
        said = f"Closes {share_words(self.by)} of the gap to {partners} in {place_words(self)}"
        return f"{said} where they are better, on the {self.scale} scale{ways}"

    def apply(self, world: World, aim: Aim, sizes: Matrix) -> World:
        """Return the world with a share of the gaps closed."""
        found = self._taught(world, aim, sizes[:, 0])
        if not self.both_ways:
            return found
        back = replace(aim, units=aim.partners, partners=aim.units)
        other = self._taught(world, back, sizes[:, 0])
        best = np.fmax(found.values * _polarity(world), other.values * _polarity(world))
        values = np.where(np.isnan(best), world.values, best * _polarity(world))
        more = other.findings[len(world.findings) :]
        return found.with_values(values, more)

    def _taught(self, world: World, aim: Aim, share: Vector) -> World:
        """Return the world in which the aim's units have learnt from its partners."""
        given, best = at(world, aim), _best_partner(world, aim)
        better = (best - given) * _polarity(world)[aim.columns] > 0
        values = closed(world, aim, np.where(better, best, given), share, self.scale)
        gaps = unplaced(world, aim, best, self.scale)
        return replaced(world, aim, values, tuple(_missing(world, aim, gaps)))


def offered(world: World, aim: Aim, partner: int) -> Batch:
    """Return the values that units would have if they were as a partner, as it is.

    That is the partner's value; of an indicator that the index compares only divided by its
    denominator, as much for each unit of the denominator.  Of shape (versions, units, columns).
    """
    theirs = world.values[:, [partner]][:, :, aim.columns]
    same = aim.units == partner
    over = _over(world, aim, aim.units) / _over(world, aim, np.array([partner]))
    return np.asarray(np.where(same[:, None], 1.0, over) * theirs)


def _over(world: World, aim: Aim, rows: Whole) -> Batch:
    """Return what columns are divided by, 1 where by nothing: (versions, rows, columns)."""
    found = np.ones((len(world.values), len(rows), len(aim.columns)))
    for place, number in enumerate(aim.columns):
        column = world.columns[number]
        if column.divided:
            by = world.values[:, rows, column.denominator]
            found[:, :, place] = np.where(by > 0, by, np.nan)
    return found


def _best_partner(world: World, aim: Aim) -> Batch:
    """Return the best value that any partner offers, (versions, units, columns), or NaN."""
    polarity = _polarity(world)[aim.columns]
    best = np.full(at(world, aim).shape, np.nan)
    for partner in aim.partners:
        best = np.fmax(best, offered(world, aim, int(partner)) * polarity)
    return np.asarray(best * polarity)


def _polarity(world: World) -> Vector:
    return np.array([float(column.polarity) for column in world.columns])


def _only_partner(world: World, aim: Aim, said: str) -> int:
    if len(aim.partners) != 1:
        names = names_of(world, [int(row) for row in aim.partners])
        said = f"{aim.place}: 'unit: {said}' stands for {len(aim.partners)} units ({names})."
        raise MethodError(f"{said} Name one of them, or take `best: true`.")
    return int(aim.partners[0])


def _missing(world: World, aim: Aim, gaps: Mask) -> Iterator[Finding]:
    """Yield for each column who misses a value; ``gaps`` is (versions, units, columns)."""
    for number, column in enumerate(aim.columns):
        rows = [int(aim.units[unit]) for unit in np.flatnonzero(gaps[:, :, number].any(axis=0))]
        if rows:
            yield note(
                "scenario-missing",
                world.columns[column].code,
                f"{aim.place}: nothing happens to {names_of(world, rows)} there, because a value "
                "to move from or to is missing.",
            )
