"""Several units stand as one: a bloc of countries, a company after a merger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Maybe, Text
from rankscope._registry import parameter, register
from rankscope._words import did_you_mean, visible
from rankscope.errors import MethodError
from rankscope.methods.change.base import Change
from rankscope.methods.change.merging_findings import findings_of
from rankscope.methods.change.pooling import POPULATION, Pool
from rankscope.methods.change.size import Size, Sizes
from rankscope.methods.change.words import names_words

if TYPE_CHECKING:
    from rankscope.findings import Finding
    from rankscope.methods.change.world import Aim, World
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class Merge(Change):
    """Several units stand as one, and no longer by themselves.

    Counts and amounts add; where members have no value, those that have one must hold two
    thirds of the bloc's denominator or population.  Ratios and shares are means weighted by
    their denominators, and a maximum is that of all members.  Intervals, ranks and dummies,
    and ratios that name no denominator, have no value in the bloc, unless a variable that they
    are weighted ``by`` is given.
    """

    name: ClassVar[str] = "merge"
    into: str = parameter(None, Text("a code"), "the code of the new unit")
    title: str | None = parameter(
        None, Maybe(Text("a name")), "its name; unless given, it is its code"
    )
    by: str | None = parameter(
        None,
        Maybe(Text("the code of a variable")),
        "what intervals, ranks and dummies are weighted by, such as population; unless given, "
        "the new unit has none",
    )
    twice: Size = parameter(
        Size(0.0, 0.0),
        Sizes(low=0, high=1),
        "the share of the summed counts that members did together, and were counted for each; "
        "only of indicators whose ties count a work once for each pair",
    )

    def __post_init__(self) -> None:
        """Check that all variables are merged.

        Raises
        ------
        MethodError
            When indicators are named.
        """
        super(Merge, self).__post_init__()
        if self.nodes or self.exposed_to is not None:
            key = "nodes" if self.nodes else "exposed_to"
            raise MethodError(f"merge is about whole units. Take out '{key}:'.")

    def sizes(self) -> tuple[Size, ...]:
        """Return the share that was counted twice."""
        return (self.twice,)

    def makes(self) -> tuple[str, ...]:
        """Return the code of the new unit."""
        return (self.into,)

    def in_words(self, noun: str = "unit") -> str:
        """Say what the act does."""
        del noun
        by = f", with means weighted by {self.by}" if self.by else ""
        return (
            f"Puts {names_words(self.units) or 'units'} together as {self.title or self.into}{by}"
        )

    def apply(self, world: World, aim: Aim, sizes: Matrix) -> World:
        """Return the world in which the new unit stands last, and its members no longer.

        Raises
        ------
        MethodError
            When there is a unit of its code, or no variable to weight by.
        """
        if self.into in world.units and world.row(self.into) not in aim.units:
            mend = "Give the new one another code."
            raise MethodError(f"{aim.place}: there is a unit {self.into} already. {mend}")
        pool = Pool(world.values[:, aim.units], world.columns, self._by(world, aim))
        joint = _joint(world)
        made = np.column_stack(
            [pool.pooled(n, sizes[:, 0] * (n in joint)) for n in range(len(world.columns))]
        )
        return self._placed(world, aim, made, findings_of(world, aim, pool, made, joint))

    def _by(self, world: World, aim: Aim) -> int:
        """Return the column to weight by, -1 for none."""
        codes = [column.code for column in world.columns]
        if self.by is None or self.by in codes:
            return -1 if self.by is None else codes.index(self.by)
        said = f"{aim.place}: there is no variable {visible(self.by)!r} to weight by."
        raise MethodError(f"{said} {did_you_mean(self.by, codes)}".rstrip())

    def _placed(self, world: World, aim: Aim, made: Matrix, findings: tuple[Finding, ...]) -> World:
        """Return the world with a unit of these values, (versions, columns), for its members."""
        code = self.into
        kept = np.setdiff1d(np.arange(len(world.units)), aim.units)
        row = world.rows[_most_populous(world, aim)]
        members = tuple(world.units[one] for one in aim.units)
        return replace(
            world,
            units=(*(world.units[one] for one in kept), code),
            names=(*(world.names[one] for one in kept), self.title or code),
            rows=np.append(world.rows[kept], row),
            values=np.concatenate([world.values[:, kept], made[:, None]], axis=1),
            merged={**world.merged, code: members},
            findings=(*world.findings, *findings),
        )


def _joint(world: World) -> frozenset[int]:
    """Return the columns in which a work that units did together counts for each of them."""
    fed = {code for ties in world.ties.values() if ties.once_per_pair for code in ties.feeds}
    return frozenset(
        number
        for number, column in enumerate(world.columns)
        if column.code in fed and column.kind in ("count", "amount")
    )


def _most_populous(world: World, aim: Aim) -> int:
    """Return the member in whose row the new unit stands: the most populous, else the first."""
    for number, column in enumerate(world.columns):
        if column.code == POPULATION:
            people = np.nan_to_num(world.values[0, aim.units, number])
            return int(aim.units[people.argmax()])
    return int(aim.units[0])
