"""What differs between two editions, player by player, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope._words import join_words, visible
from rankscope.analyses.diff.mixed_table import cells_of
from rankscope.analyses.diff.result import Player
from rankscope.analyses.diff.switches import (
    AGGREGATION,
    DATA,
    FRAMEWORK,
    FRAMEWORK_OF_NODE,
    METHODS,
    METHODS_OF_INDEX,
    METHODS_OF_NODE,
    METHODS_OF_VIEWS,
    PLAYERS,
    UNITS,
    WEIGHTS,
    WEIGHTS_OF_NODE,
    WEIGHTS_OF_VIEWS,
    Matched,
    children_of,
    matched,
    variables_of,
)
from rankscope.data.table import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rankscope.analyses.diff.side import Side
    from rankscope.data.table import DataTable
    from rankscope.definition.node import Model


_NAMED, _LEAST = 2, 0.05
"""So many nodes with another weight are named, and shares of 100 that are told apart."""


def changes(old: Side, new: Side) -> tuple[Player, ...]:
    """Return the players that differ between two editions, with what of each changed."""
    common = matched(old, new)
    words = {
        DATA: _data(old, new, common),
        UNITS: _units(old, new),
        FRAMEWORK: _framework(old, new, common),
        METHODS: _methods(old, new, common),
        WEIGHTS: _weights(old, new, common),
        AGGREGATION: _aggregation(old, new, common),
    }
    return tuple(Player(code, PLAYERS[code], said) for code, said in words.items() if said)


def _data(old: Side, new: Side, common: Matched) -> str:
    """Count the cells of both editions whose values differ, or who counts as absent."""
    used = variables_of(old.definition) | variables_of(new.definition)
    units = tuple(unit for unit in new.table.units if unit in common.units)
    codes = tuple(code for code in new.table.columns if code in used and code in old.table.columns)
    (a, absent), (b, now_absent) = (_cells(side.table, units, codes) for side in (old, new))
    same = ((a == b) | (np.isnan(a) & np.isnan(b))) & (absent == now_absent)
    differ = int((~same).sum())
    return f"{differ:,} of {same.size:,} cells changed" if differ else ""


def _cells(table: DataTable, units: Sequence[str], codes: Sequence[str]) -> tuple[Any, Any]:
    """Return values and who counts as absent, both (units, codes)."""
    where = cells_of(table, units, codes)
    cells = np.ix_(where.rows, where.columns)
    return table.values[cells], table.status[cells] == Status.ABSENT


def _units(old: Side, new: Side) -> str:
    """Count units that entered, left, or changed group; in another order ties may differ."""
    before, after = old.table.units, new.table.units
    both = {*before} & {*after}
    counts = [(len({*after} - both), "entered"), (len({*before} - both), "left")]
    counts.append((_regrouped(old, new), "changed group"))
    said = [f"{count:,} {what}" for count, what in counts if count]
    order = [[unit for unit in units if unit in both] for units in (before, after)]
    if order[0] != order[1]:
        said.append("others stand in another order")
    return join_words(said, "and")


def _regrouped(old: Side, new: Side) -> int:
    """Count the units of both editions with another group in a grouping of both."""
    found = set()
    for name, of in old.table.labels:
        before = dict(zip(old.table.units, of, strict=True))
        after = dict(zip(new.table.units, new.table.label(name) or (), strict=False))
        found |= {unit for unit in before if unit in after and before[unit] != after[unit]}
    return len(found)


def _framework(old: Side, new: Side, common: Matched) -> str:
    before, after = old.nodes, new.nodes
    said = [
        *_come_and_gone(old, new),
        *_counted(_moved(old, new, common), "moved in the tree"),
        *_counted(_changed(old, new, common.nodes, FRAMEWORK_OF_NODE), "changed"),
    ]
    if (old.definition.views is None) != (new.definition.views is None):
        said.append("views of scale and intensity")
    same_order = all(children_of(before[one]) == children_of(after[one]) for one in common.nodes)
    return join_words(said, "and") or ("" if same_order else "another order of nodes")


def _come_and_gone(old: Side, new: Side) -> list[str]:
    """Count the indicators, and the aggregates, that entered and left."""
    said = []
    for leaf, noun in ((True, "indicator"), (False, "aggregate")):
        before, after = (
            {code for code, node in side.nodes.items() if node.is_indicator == leaf}
            for side in (old, new)
        )
        for codes, verb in ((after - before, "entered"), (before - after, "left")):
            if codes:
                said.append(f"{_number(len(codes), noun)} {verb}")
    return said


def _moved(old: Side, new: Side, common: Matched) -> int:
    """Count the nodes of both editions that have another parent."""
    parents = [
        {child: code for code, node in side.nodes.items() for child in children_of(node)}
        for side in (old, new)
    ]
    return sum(parents[0].get(code) != parents[1].get(code) for code in common.nodes)


def _methods(old: Side, new: Side, common: Matched) -> str:
    a, b = old.definition, new.definition
    said = [
        _from_to(key.replace("_", " "), getattr(a.method, key), getattr(b.method, key))
        for key in METHODS_OF_INDEX
        if key != "screening" and getattr(a.method, key) != getattr(b.method, key)
    ]
    if _screening(old, common) != _screening(new, common):
        said.append("screening")
    if {*a.units.unranked} & common.units != {*b.units.unranked} & common.units:
        said.append("who is ranked")
    said += _of_views(old, new, METHODS_OF_VIEWS)
    own = _changed(old, new, common.nodes, METHODS_OF_NODE)
    return join_words([*said, *_counted(own, "with methods of their own changed")], "and")


def _screening(side: Side, common: Matched) -> tuple[object, ...]:
    """Return what screening says of the units of both editions."""
    rule = side.definition.method.screening
    lists = ({*units} & common.units for units in (rule.keep, rule.drop))
    return (rule.model_copy(update={"keep": (), "drop": ()}), *lists)


def _weights(old: Side, new: Side, common: Matched) -> str:
    before = old.nodes
    children = {child for group in common.groups for child in children_of(before[group])}
    said = _reweighed(old, new, common, children)
    kept = _changed(old, new, common.groups, ("weighting",))
    said += [f"{_number(kept, 'group')} weighed otherwise"] if kept else []
    return join_words([*said, *_of_views(old, new, WEIGHTS_OF_VIEWS)], "and")


def _reweighed(old: Side, new: Side, common: Matched, children: set[str]) -> list[str]:
    """Say which nodes have another weight, the largest changes of a share by name."""
    before, after = (_shares(side, common.groups) for side in (old, new))
    changed = [
        code for code in children if _differ(old.nodes[code], new.nodes[code], WEIGHTS_OF_NODE)
    ]
    moved = {
        code: abs(after[code] - before[code]) for code in changed if code in before.keys() & after
    }
    largest = sorted((-size, code) for code, size in moved.items() if size >= _LEAST)[:_NAMED]
    told = ", ".join(
        f"{visible(new.nodes[code].name)} {after[code]:.3g}% (was {before[code]:.3g}%)"
        for _, code in largest
    )
    if not told:
        return _counted(len(changed), "with another weight")
    if len(largest) == len(changed):
        return [told]
    return [f"{told}, and {len(changed) - len(largest):,} more with another weight"]


def _shares(side: Side, groups: Iterable[str]) -> dict[str, float]:
    """Return the share of 100 that each child of some groups has, as its weight says."""
    found: dict[str, float] = {}
    for group in groups:
        children = side.nodes[group].children
        whole = sum(child.weight for child in children)
        found |= {child.code: 100 * child.weight / whole for child in children if whole > 0}
    return found


def _aggregation(old: Side, new: Side, common: Matched) -> str:
    a, b = old.definition.method, new.definition.method
    said = []
    if a.aggregation != b.aggregation:
        said.append(_from_to("aggregation", a.aggregation, b.aggregation))
    if a.aggregation_by_level != b.aggregation_by_level:
        said.append("aggregation at some levels")
    own = _changed(old, new, common.nodes, ("aggregation",))
    return join_words([*said, *_counted(own, "aggregated otherwise")], "and")


def _of_views(old: Side, new: Side, keys: Sequence[str]) -> list[str]:
    views = (old.definition.views, new.definition.views)
    if views[0] is None or views[1] is None or not _differ(views[0], views[1], keys):
        return []
    return ["the two views"]


def _changed(old: Side, new: Side, codes: Iterable[str], keys: Sequence[str]) -> int:
    """Count the nodes that differ in one of some fields."""
    before, after = old.nodes, new.nodes
    return sum(_differ(before[code], after[code], keys) for code in codes)


def _differ(one: Model, other: Model, keys: Sequence[str]) -> bool:
    return any(getattr(one, key) != getattr(other, key) for key in keys)


def _counted(count: int, what: str) -> list[str]:
    return [f"{_number(count, 'node')} {what}"] if count else []


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _from_to(key: str, before: Any, after: Any) -> str:
    """Say what a method was and is, by name where the names differ."""
    names = [getattr(one, "name", "") for one in (before, after)]
    if names[0] != names[1]:
        return f"{key} from {names[0]} to {names[1]}"
    return f"{'parameters of the ' if names[0] else ''}{key}{' ' + names[0] if names[0] else ''}"
