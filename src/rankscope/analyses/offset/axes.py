"""The two changes of an offset map: which sizes they take, and those of all others."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.analyses.offset.result import Axis
from rankscope.errors import MethodError
from rankscope.methods.change.size import Sizes

if TYPE_CHECKING:
    from rankscope._domains import Domain
    from rankscope.definition.model import Scenario
    from rankscope.methods.change import Change
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Matrix, Vector

Ends = tuple[float, float]

MOST_NODES = 3
"""So many nodes are named on an axis."""


def axis_of(result: Result, scenario: Scenario, change: int, ends: Ends | None, steps: int) -> Axis:
    """Return the sizes of a change, counted from 1, in even steps between two ends.

    Unless given, the ends are those of its range, or what is possible for such a size.

    Raises
    ------
    MethodError
        When there is no such change, it has no size, or the ends are not possible.
    """
    many = len(scenario.changes)
    if not 1 <= change <= many:
        said = f"{scenario.name} has no change {change}: they are counted from 1 to {many}."
        raise MethodError(said)
    act = scenario.changes[change - 1]
    if not act.sizes():
        raise MethodError(f"Change {change} of {scenario.name} ({act.name}) has no size to vary.")
    key, domain = _main(act)
    size = act.sizes()[0]
    possible = (domain.low, domain.high)
    chosen = ends or ((size.low, size.high) if size.is_range else possible)
    if not all(map(math.isfinite, chosen)):
        mend = "Give two ends, such as 0..2, or a range in the scenario."
        raise MethodError(f"{act.name}.{key} of change {change} can be any number. {mend}")
    if not possible[0] <= chosen[0] < chosen[1] <= possible[1]:
        raise MethodError(
            f"{act.name}.{key} can not go from {chosen[0]:g} to {chosen[1]:g}: "
            f"it must be {domain.words()}, the lower end first."
        )
    return Axis(
        change=change,
        act=act.name,
        label=_label(result, act, key),
        phrase=_phrase(result, act, key),
        is_share=possible == (0.0, 1.0),
        values=np.linspace(*chosen, steps),
    )


def sizes_at(scenario: Scenario, x: Axis, y: Axis, at: tuple[Vector, Vector]) -> list[Matrix]:
    """Return the sizes of all acts, (versions, sizes) each, at points of both axes, (versions,)."""
    found = []
    for number, change in enumerate(scenario.changes, 1):
        middle = np.array([[size.middle for size in change.sizes()]])
        own = np.repeat(middle, len(at[0]), axis=0)
        for axis, values in ((x, at[0]), (y, at[1])):
            if axis.change == number:
                own[:, 0] = values
        found.append(own)
    return found


def _main(act: Change) -> tuple[str, Sizes]:
    """Return the parameter that holds the main size of an act, and its domain."""
    for field in dataclasses.fields(act):
        domain = _inner(field.metadata["domain"])
        if isinstance(domain, Sizes) and getattr(act, field.name) == act.sizes()[0]:
            return field.name, domain
    raise MethodError(f"{act.name} has no size to vary.")


def _inner(domain: Domain) -> Domain:
    return getattr(domain, "inner", domain)


def _label(result: Result, act: Change, key: str) -> str:
    """Return what an axis says: the act, whom it is with, and where."""
    partners = join_words([_name(result, one) for one in act.with_units()], "and")
    words = {
        "restrict": "share lost",
        "cooperate": f"share of the gap to {partners} closed",
        "towards": f"share of the gap to {partners or 'the target'} closed",
        "sever": f"share of joint work with {partners} lost",
        "deepen": f"joint work with {partners}: {key}",
    }
    said = words.get(act.name, f"{act.name}: {key}")
    where = [act.exposed_to.replace("_", " ")] if act.exposed_to else []
    where += [_node_name(result, code) for code in act.nodes[:MOST_NODES]]
    where += [f"{len(act.nodes) - MOST_NODES} more"] * (len(act.nodes) > MOST_NODES)
    said = f"{said} ({', '.join(where)})" if where else said
    return said[0].upper() + said[1:]


def _phrase(result: Result, act: Change, key: str) -> str:
    """Return words around a size of an act, whose place is ``{}``."""
    partners = join_words([_name(result, one) for one in act.with_units()], "and")
    partners = partners.replace("{", "{{").replace("}", "}}")
    words = {
        "restrict": "a loss of {}",
        "cooperate": f"closing {{}} of the gap to {partners}",
        "towards": f"closing {{}} of the gap to {partners or 'the target'}",
        "sever": f"losing {{}} of the joint work with {partners}",
    }
    return words.get(act.name, f"{act.name} ({key} {{}})")


def _name(result: Result, unit: str) -> str:
    known = dict(zip(result.units, result.names, strict=True))
    return known.get(unit, unit)


def _node_name(result: Result, code: str) -> str:
    names = {node.spec.code: node.spec.name for node in result.plan.nodes}
    return names.get(code, code)
