"""What findings are about: indicators and groups by their codes, without sides, and by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.analyses.coherence import rules

if TYPE_CHECKING:
    from rankscope.analyses.audit.model import Audit
    from rankscope.analyses.coherence.own_and_others import Place
    from rankscope.findings import Finding

CLEARLY = 0.05
"""A part goes rather with another group where the difference of correlations is larger."""


class Concerned(NamedTuple):
    """Nodes that findings are about, once for both sides of an indicator, and the findings' ids."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    ids: tuple[str, ...]


def those_of(found: Audit, *ids: str) -> tuple[Finding, ...]:
    """Return the findings of these ids, of how the index is made."""
    told = found.influence.findings if found.influence else ()
    wanted = (one for one in (*found.coherence.findings, *told) if one.id in ids)
    return tuple(dict.fromkeys(wanted))


def concerned(found: Audit, *ids: str) -> Concerned:
    """Return the nodes that findings of these ids are about, in their order."""
    those = those_of(found, *ids)
    names = dict(
        named
        for one in those
        for named in [_plain(found, one.place)]
        if one.place and named is not None
    )
    seen = tuple(dict.fromkeys(one.id for one in those))
    return Concerned(tuple(names), tuple(names.values()), seen)


def misplaced(found: Audit) -> tuple[Place, ...]:
    """Return the parts that clearly go more with another group than with their own."""
    return tuple(
        one
        for one in found.coherence.own_and_others.places
        if one.siblings and one.misplaced and one.other - one.own_there > CLEARLY
    )


def against_others(found: Audit) -> tuple[str, ...]:
    """Return the fewest parts, by name, of which each opposing pair of siblings has one."""
    named: list[str] = []
    for table in found.coherence.correlations.within:
        opposing = np.triu(np.nan_to_num(table.shown) < rules.NEGATIVE, 1)
        opposing = opposing | opposing.T
        while opposing.any():
            most = int(opposing.sum(axis=0).argmax())
            named.append(_plain_name(found, table.codes[most]))
            opposing[most], opposing[:, most] = False, False
    return tuple(dict.fromkeys(named))


def twins(found: Audit) -> tuple[tuple[str, ...], ...]:
    """Return sets of indicators that say nearly the same, by name, each pair in one of them."""
    leaves = {node.code for node in found.result.plan.nodes if node.spec.is_indicator}
    sets: list[set[str]] = []
    for pair in found.coherence.redundancy.pairs:
        if pair.correlation > 0 and pair.one in leaves and pair.other in leaves:
            own = {_plain_name(found, pair.one), _plain_name(found, pair.other)}
            for other in [one for one in sets if one & own]:
                own |= other
                sets.remove(other)
            sets.append(own)
    order = [node.spec.name for node in found.result.plan.nodes]
    return tuple(tuple(sorted(one, key=order.index)) for one in sets if len(one) > 1)


def _plain(found: Audit, code: str) -> tuple[str, str] | None:
    """Return code and name of a node without its side; None where there is no such node."""
    for node in found.result.plan.nodes:
        if code in (node.code, node.spec.code):
            return node.spec.code, node.spec.name
    return None


def _plain_name(found: Audit, code: str) -> str:
    named = _plain(found, code)
    return code if named is None else named[1]
