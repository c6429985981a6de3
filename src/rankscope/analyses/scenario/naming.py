"""Whom a scenario names: units by code or name, and groups of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._words import did_you_mean, visible
from rankscope.errors import UnitError
from rankscope.units import Register, fold, iso3166, own_register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition


def units_named(
    definition: IndexDefinition,
    table: DataTable,
    said: Sequence[str],
    place: str,
    made: Sequence[str] = (),
) -> tuple[str, ...]:
    """Return the codes of units that a scenario names, each once, in the order said.

    A name is that of a unit ``made`` by a merger, of a unit of the table, or of a group, of
    which only the units in the table are meant.

    Raises
    ------
    UnitError
        When nothing has the name, or no unit of the table is in the group.
    """
    register = register_of(definition, table)
    groups = {fold(name): own for name, own in groups_of_units(register, table).items()}
    found: list[str] = []
    for name in said:
        if name in made or name in table.units:
            found.append(name)
        elif fold(name) in groups:
            found += [unit for unit in groups[fold(name)] if unit in table.units]
        else:
            found.append(_one(register, table, groups, name, place))
    return tuple(dict.fromkeys(found))


def register_of(definition: IndexDefinition, table: DataTable) -> Register:
    """Return the register of the units of a table: of countries, or its own."""
    if definition.units.register_ == "iso3166":
        return iso3166()
    once = dict(zip(table.units, table.names, strict=True))  # a panel has a row for each period
    return own_register(once.items())


def groups_of_units(register: Register, table: DataTable) -> dict[str, tuple[str, ...]]:
    """Return the codes of the units of each group: of the table's own groupings, and known ones."""
    found: dict[str, list[str]] = {}
    for _, names in table.labels:
        for unit, name in zip(table.units, names, strict=True):
            if name and unit not in found.setdefault(name, []):
                found[name].append(unit)
    here = {*table.units}
    known = {name: units for name, units in register.groups().items() if here & set(units)}
    return {**known, **{name: tuple(units) for name, units in found.items()}}


def _one(
    register: Register,
    table: DataTable,
    groups: dict[str, tuple[str, ...]],
    name: str,
    place: str,
) -> str:
    try:
        code = register.find(name).code
    except UnitError as unknown:
        hint = did_you_mean(name, [*groups, *table.names])
        said = f"{place}: no unit and no group of units is called {visible(name)!r}."
        raise UnitError(f"{said} {hint}".rstrip(), unknown.findings) from None
    if code not in table.units:
        said = f"{place}: {register.get(code).name} ({code}) is not in the index's table."
        raise UnitError(f"{said} Leave it out, or add its data.")
    return code
