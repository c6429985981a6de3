"""What each act of a scenario is about: units, partners and columns by number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean, join_words, visible
from rankscope.analyses.scenario.naming import units_named
from rankscope.errors import MethodError
from rankscope.methods.change import Aim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition, Scenario
    from rankscope.methods.change import Change, Column, World
    from rankscope.shapes import Whole


@dataclass(frozen=True, slots=True)
class Cast:
    """Whom an act is about, by code: those it befalls, and others that it needs."""

    units: tuple[str, ...]
    partners: tuple[str, ...]
    place: str


def casts_of(definition: IndexDefinition, table: DataTable, scenario: Scenario) -> tuple[Cast, ...]:
    """Return whom each act of a scenario is about.

    Raises
    ------
    UnitError
        When an act names a unit or a group that is not there.
    MethodError
        When an act has nobody to befall.
    """
    made: list[str] = []
    found = []
    for number, change in enumerate(scenario.changes, 1):
        place = f"{scenario.name}, change {number} ({change.name})"
        said = change.units or scenario.units
        if not said:
            mend = "Name them under `units:` of the change or of the scenario."
            raise MethodError(f"{place}: nobody is named whom it befalls. {mend}")
        units = units_named(definition, table, said, place, made)
        partners = units_named(definition, table, change.with_units(), place, made)
        for code in change.makes():
            _check_free(code, table, units, made, place)
        found.append(Cast(units, partners, place))
        made += change.makes()
    return tuple(found)


def _check_free(
    code: str, table: DataTable, members: Sequence[str], made: Sequence[str], place: str
) -> None:
    """Check that nobody else has the code of a unit that is made."""
    if code in made or (code in table.units and code not in members):
        said = f"{place}: {visible(code)} is the code of another unit."
        raise MethodError(f"{said} Give the new one a code of its own, as `into: BLOC`.")


def mentioned(casts: Sequence[Cast], table: DataTable) -> tuple[str, ...]:
    """Return the units of the table that any act is about, in the order of the table."""
    named = {unit for cast in casts for unit in (*cast.units, *cast.partners)}
    return tuple(unit for unit in dict.fromkeys(table.units) if unit in named)


def aim_of(world: World, change: Change, cast: Cast) -> Aim:
    """Return what an act is about in the world as it is when its turn comes.

    Raises
    ------
    MethodError
        When a unit is no longer there, when no indicator has the name, or none is of a kind
        for which the act makes sense.
    """
    return Aim(
        units=_rows(world, cast.units, cast.place),
        partners=_rows(world, cast.partners, cast.place),
        columns=_columns(world, change, cast.place),
        place=cast.place,
    )


def _rows(world: World, units: tuple[str, ...], place: str) -> Whole:
    for unit in units:
        if unit not in world.units:
            bloc = next((one for one, members in world.merged.items() if unit in members), "")
            mend = f"It is part of {bloc} by then: name that, or put the merger last."
            raise MethodError(f"{place}: {unit} is no unit of its own any more. {mend}")
    return np.array([world.row(unit) for unit in units], dtype=np.int64)


def _columns(world: World, change: Change, place: str) -> Whole:
    """Return the columns that an act is about.

    A node means those of its indicators for which the act makes sense.
    """
    nodes = change.where(world)
    if change.ties_used() and not nodes:
        mend = "Name them under `feeds:` of the ties, or under `nodes:` of the change."
        raise MethodError(f"{place}: the ties do not say which indicators they feed. {mend}")
    numbered = list(enumerate(world.columns))
    if nodes:
        for said in nodes:
            _check_named(world, change, said, place)
        numbered = [(n, one) for n, one in numbered if {one.code, *one.within} & {*nodes}]
    else:
        numbered = [(n, one) for n, one in numbered if one.within]
    if change.exposed_to is not None:
        numbered = [(n, one) for n, one in numbered if change.exposed_to in one.exposed_to]
        if not numbered:
            known = {name for one in world.columns for name in one.exposed_to}
            said = f"{place}: no indicator there is exposed to {visible(change.exposed_to)!r}."
            hint = did_you_mean(change.exposed_to, sorted(known))
            raise MethodError(f"{said} {hint} Indicators say it themselves, as `exposed_to:`.")
    fit = [n for n, one in numbered if one.kind in change.kinds or not one.within]
    if not fit:
        kinds = join_words(sorted(change.kinds))
        said = f"{place}: none of the indicators is of a kind that it can act on"
        raise MethodError(f"{said} ({kinds}). Take another act.")
    return np.array(fit, dtype=np.int64)


def _check_named(world: World, change: Change, said: str, place: str) -> None:
    """Check that a node is there, and an indicator named by itself of a fitting kind."""
    one: Column | None = next((one for one in world.columns if one.code == said), None)
    if one is not None and one.within and one.kind not in change.kinds:
        kinds = join_words(sorted(change.kinds))
        raise MethodError(
            f"{place}: {said} is of kind {one.kind}, and {change.name} makes sense for {kinds}. "
            "Take another act, or leave the indicator out."
        )
    known = {code for column in world.columns for code in (column.code, *column.within)}
    if said not in known:
        hint = did_you_mean(said, sorted(known))
        raise MethodError(f"{place}: there is no indicator or node {visible(said)!r}. {hint}")
