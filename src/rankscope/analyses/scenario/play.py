"""A scenario played: its acts in their order, on the raw values of the units it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean, visible
from rankscope.analyses.scenario.aims import aim_of, casts_of, mentioned
from rankscope.analyses.scenario.setting import world_of
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rankscope.analyses.scenario.aims import Cast
    from rankscope.data.table import DataTable
    from rankscope.definition.model import Scenario
    from rankscope.findings import Finding
    from rankscope.methods.change import Column, Ties, World
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Batch, Matrix, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """What a scenario made of the values of units, in as many versions as it has sizes.

    ``units`` are those that changed in any version, or were made; they stand in the ``rows``
    (units,) of the index.  ``values`` is of shape (versions, units, columns).  ``befallen``
    are those of them that acts befall, not only as partners, in that order.  ``removed``
    are rows of units that became part of others; ``merged`` says of which.
    """

    units: tuple[str, ...]
    names: tuple[str, ...]
    rows: Whole
    values: Batch
    columns: tuple[Column, ...]
    befallen: tuple[str, ...]
    removed: Whole
    merged: Mapping[str, tuple[str, ...]]
    findings: tuple[Finding, ...]

    @property
    def versions(self) -> int:
        """Return the number of versions."""
        return len(self.values)


def play(
    result: Result,
    scenario: Scenario,
    sizes: Sequence[Matrix],
    *,
    ties: Sequence[Ties] = (),
    table: DataTable | None = None,
) -> Played:
    """Play a scenario on an index of one period, with sizes of shape (versions, sizes) an act.

    ``table`` holds the values, if they are not those of the index.

    Raises
    ------
    UnitError
        When an act names a unit or a group that is not there.
    MethodError
        When an act makes no sense, or a value would leave its possible range.
    """
    plan, table = result.plan, result.plan.table if table is None else table
    casts = casts_of(plan.definition, table, scenario)
    known = {one.code: one for one in ties}
    versions = max((len(one) for one in sizes), default=1)
    world = world_of(
        plan, result.leaves, mentioned(casts, table), versions, table=table, ties=known
    )
    for change, cast, own in zip(scenario.changes, casts, sizes, strict=True):
        _check_ties(change.ties_used(), known, cast.place)
        world = change.apply(world, aim_of(world, change, cast), own)
    before = table.values[world.rows]
    same = ((world.values == before) | (np.isnan(world.values) & np.isnan(before))).all(axis=(0, 2))
    made = np.isin(world.units, list(world.merged))
    moved = np.flatnonzero(~same | made)
    gone = [unit for members in world.merged.values() for unit in members]
    return Played(
        units=tuple(world.units[unit] for unit in moved),
        names=tuple(world.names[unit] for unit in moved),
        rows=world.rows[moved],
        values=world.values[:, moved],
        columns=world.columns,
        befallen=_befallen(casts, world, moved),
        removed=np.flatnonzero(np.isin(table.units, gone)),
        merged=world.merged,
        findings=tuple(dict.fromkeys(world.findings)),
    )


def _befallen(casts: Sequence[Cast], world: World, moved: Whole) -> tuple[str, ...]:
    """Return the units that acts befall and that changed, or that were made of them."""
    changed = [world.units[row] for row in moved]
    named = dict.fromkeys(unit for cast in casts for unit in cast.units)
    return tuple(unit for unit in (*world.merged, *named) if unit in changed)


def _check_ties(said: Sequence[str], known: Mapping[str, Ties], place: str) -> None:
    for code in said:
        if code not in known:
            hint = did_you_mean(code, list(known)) or "The definition declares them under `ties:`."
            raise MethodError(f"{place}: there are no ties {visible(code)!r}. {hint}")
