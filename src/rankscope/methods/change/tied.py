"""Acts on ties: cooperation that ends, and cooperation that grows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np

from rankscope._domains import Maybe, Text
from rankscope._registry import parameter, register
from rankscope._words import did_you_mean
from rankscope.errors import MethodError
from rankscope.findings import note
from rankscope.methods.change.base import MEASURED, Change
from rankscope.methods.change.cells import at, replaced
from rankscope.methods.change.names import Names
from rankscope.methods.change.size import Size, Sizes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.findings import Finding
    from rankscope.methods.change.ties import Ties
    from rankscope.methods.change.world import Aim, World
    from rankscope.shapes import Matrix, Vector

_ANYWHERE = Size(0.0, 1.0)
"""Where between its bounds a share lies that ties do not tell exactly."""


class Shares(NamedTuple):
    """Between which ends the share of a unit's work lies that it does with partners."""

    low: float
    high: float


@register
@dataclass(frozen=True, slots=True)
class Sever(Change):
    """Ties to partners end: what a unit did with them is lost, as far as it is not redirected.

    Where a work of three units counts in three pairs, the share that is done with the partners
    lies between the share of the largest one and the sum over all; it is drawn from there.  The
    shares are those of the ties' own years, and applied to the indicator as it is.
    """

    name: ClassVar[str] = "sever"
    kinds: ClassVar[frozenset[str]] = MEASURED
    partners: tuple[str, ...] = parameter((), Names("units or groups of units"), "with whom")
    ties: str | None = parameter(None, Maybe(Text("the code of ties")), "which ties end")
    lost: Size = parameter(
        None, Sizes(low=0, high=1), "the share of that work that is lost, not done with others"
    )
    part: Size = parameter(
        1.0, Sizes(low=0, high=1), "the share of the indicator that work across borders makes up"
    )

    def __post_init__(self) -> None:
        """Check that partners and ties are named.

        Raises
        ------
        MethodError
            When they are not.
        """
        super(Sever, self).__post_init__()
        _check_named(self.name, self.ties, self.partners)

    def sizes(self) -> tuple[Size, ...]:
        """Return the share that is lost, the part, and where between its bounds the share is."""
        return (self.lost, self.part, _ANYWHERE)

    def with_units(self) -> tuple[str, ...]:
        """Return the partners."""
        return self.partners

    def ties_used(self) -> tuple[str, ...]:
        """Return the ties."""
        return (str(self.ties),)

    def where(self, world: World) -> tuple[str, ...]:
        """Return the indicators that the ties feed, unless others are named."""
        return self.nodes or world.ties[str(self.ties)].feeds

    def apply(self, world: World, aim: Aim, sizes: Matrix) -> World:
        """Return the world without what was done with the partners."""
        ties = world.ties[str(self.ties)]
        lost, part, place = sizes.T
        partners = [world.units[row] for row in aim.partners]
        factors = [
            1 - lost * part * _within(done_with(ties, world.units[row], partners, aim.place), place)
            for row in aim.units
        ]
        values = at(world, aim) * np.column_stack(factors)[:, :, None]
        return replaced(world, aim, values, tuple(_unknown(world, aim, ties, partners)))


@register
@dataclass(frozen=True, slots=True)
class Deepen(Change):
    """A tie to a partner grows: to a multiple of what it is, or to a share of a unit's work.

    Exactly one of ``times`` and ``to`` is given.
    """

    name: ClassVar[str] = "deepen"
    kinds: ClassVar[frozenset[str]] = MEASURED
    partners: tuple[str, ...] = parameter((), Names("units or groups of units"), "with whom")
    ties: str | None = parameter(None, Maybe(Text("the code of ties")), "which ties grow")
    times: Size | None = parameter(
        None, Maybe(Sizes(low=1)), "how many times as much is done with each partner as today"
    )
    to: Size | None = parameter(
        None,
        Maybe(Sizes(low=0, high=1)),
        "the share of the unit's work with others that it becomes",
    )
    new: Size = parameter(
        None, Sizes(low=0, high=1), "the share of the added work that would not be done otherwise"
    )
    part: Size = parameter(
        1.0, Sizes(low=0, high=1), "the share of the indicator that work across borders makes up"
    )

    def __post_init__(self) -> None:
        """Check that partners and ties are named, and what the tie grows to.

        Raises
        ------
        MethodError
            When they are not.
        """
        super(Deepen, self).__post_init__()
        _check_named(self.name, self.ties, self.partners)
        if (self.times is None) == (self.to is None):
            mend = "Write one, such as 'times: 2'."
            raise MethodError(f"deepen needs exactly one of times and to. {mend}")

    def sizes(self) -> tuple[Size, ...]:
        """Return what the tie grows to, the share that is new, and the part."""
        grown = self.times if self.times is not None else self.to
        return (grown or Size(1.0, 1.0), self.new, self.part)

    def with_units(self) -> tuple[str, ...]:
        """Return the partners."""
        return self.partners

    def ties_used(self) -> tuple[str, ...]:
        """Return the ties."""
        return (str(self.ties),)

    def where(self, world: World) -> tuple[str, ...]:
        """Return the indicators that the ties feed, unless others are named."""
        return self.nodes or world.ties[str(self.ties)].feeds

    def apply(self, world: World, aim: Aim, sizes: Matrix) -> World:
        """Return the world with what would be done besides."""
        ties = world.ties[str(self.ties)]
        grown, new, part = sizes.T
        partners = [world.units[row] for row in aim.partners]
        factors = []
        for row in aim.units:
            today = done_with(ties, world.units[row], partners, aim.place).high
            extra = (grown - 1) * today if self.times is not None else np.maximum(grown - today, 0)
            factors.append(1 + new * part * extra)
        values = at(world, aim) * np.column_stack(factors)[:, :, None]
        return replaced(world, aim, values, tuple(_unknown(world, aim, ties, partners)))


def done_with(ties: Ties, unit: str, partners: list[str], place: str) -> Shares:
    """Return between which ends the share of a unit's work lies that it does with partners.

    Of ties that go one way both ways count.  A pair that was not published counts as nothing,
    so that the share is then at least this.

    Raises
    ------
    MethodError
        When the ties do not have a unit, or not what it does with all others.
    """
    row = _row(ties, unit, place)
    columns = [_row(ties, one, place) for one in partners if one != unit]
    pairs = np.nan_to_num(ties.values[row, columns])
    if not ties.mutual:
        pairs = pairs + np.nan_to_num(ties.values[columns, row])
    total = ties.totals[row]
    if not total > 0:
        said = f"{place}: {ties.name} do not say what {unit} does with all others."
        raise MethodError(f"{said} Leave the unit out.")
    shares = pairs / total
    high = float(min(shares.sum(), 1.0))
    low = float(min(shares.max(initial=0.0), 1.0)) if ties.once_per_pair else high
    return Shares(low, high)


def _within(shares: Shares, place: Vector) -> Vector:
    return np.asarray(shares.low + place * (shares.high - shares.low))


def _row(ties: Ties, unit: str, place: str) -> int:
    if unit not in ties.units:
        hint = did_you_mean(unit, list(ties.units))
        said = f"{place}: {ties.name} say nothing of {unit}."
        raise MethodError(f"{said} {hint} They cover {len(ties.units)} units.")
    return ties.units.index(unit)


def _check_named(name: str, ties: str | None, partners: tuple[str, ...]) -> None:
    if ties is None:
        raise MethodError(f"{name} names no ties. Add a line 'ties: CODE'.")
    if not partners:
        raise MethodError(f"{name} names no partner. Add a line 'partners: [CHN]'.")


def _unknown(world: World, aim: Aim, ties: Ties, partners: list[str]) -> Iterator[Finding]:
    """Yield what must be known of ties: pairs that were not published, and shares between ends."""
    for row in aim.units:
        unit = world.units[row]
        place = ties.units.index(unit)
        others = [one for one in partners if one != unit]
        silent = [one for one in others if np.isnan(ties.values[place, ties.units.index(one)])]
        if silent:
            yield note(
                "scenario-tie-suppressed",
                ties.code,
                f"{aim.place}: {ties.name} of {world.names[row]} with {', '.join(silent)} were not "
                "published, which is not none; nothing changes for them.",
            )
        shares = done_with(ties, unit, partners, aim.place)
        said = (
            f"{shares.low:.1%}"
            if shares.low == shares.high
            else (f"between {shares.low:.1%} and {shares.high:.1%}")
        )
        yield note(
            "scenario-tie-share",
            ties.code,
            f"{aim.place}: {said} of what {world.names[row]} did across borders was with these "
            "partners.",
        )
