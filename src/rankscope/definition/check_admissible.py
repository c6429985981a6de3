"""Checks of the admissible weights that are assumed, against the nodes whose weights vary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from rankscope.definition.check_weights import set_of
from rankscope.definition.ranges import weighting_of
from rankscope.errors import MethodError
from rankscope.methods.admissible import Siblings
from rankscope.methods.weighting import Given

if TYPE_CHECKING:
    from rankscope.definition.assumptions import Assumptions
    from rankscope.definition.located import Loc
    from rankscope.definition.node import Node
    from rankscope.definition.subject import Subject
    from rankscope.findings import Finding
    from rankscope.methods.admissible import Admissible

PLACE: Loc = ("assumptions", "weights")


def admissible_findings(subject: Subject, assumed: Assumptions) -> Iterator[Finding]:
    """Yield sets of weights that no weights belong to, and codes whose weights do not vary."""
    weights = assumed.weights
    if weights is None:
        return
    levels = assumed.levels or ((1,) if weights.top_only else ())
    groups = [
        (node, siblings)
        for level, node, siblings in _groups(subject, subject.definition.framework, 1)
        if not levels or level in levels
    ]
    yield from _refused(subject, weights, groups)
    named: tuple[str, ...] = getattr(weights, "codes", ())
    known = [node.code for _, node in subject.nodes]
    varied = {code for _, siblings in groups for code in siblings.codes}
    for code in named:
        place: Loc = (*PLACE, "of", code)
        yield from subject.unknown_node(place, code, "assumptions.weights", known)
        if code in known and code not in varied:
            said = f"The bounds of {code} have no effect: its weight does not vary."
            mend = "Name its level under `levels:`, if it has siblings and a weight; or remove it."
            yield subject.warning("assumption-unused", place, said, mend)


def _refused(
    subject: Subject, weights: Admissible, groups: list[tuple[Node, Siblings]]
) -> Iterator[Finding]:
    for node, siblings in groups:
        try:
            weights.check(siblings)
        except MethodError as refused:
            said = f"The weights below {node.code} can not vary as assumed: {refused}"
            yield subject.error("admissible-refused", PLACE, said)


def _groups(subject: Subject, node: Node, level: int) -> Iterator[tuple[int, Node, Siblings]]:
    """Yield each node with two counted children or more, the level of these, and their weights."""
    weighting = weighting_of(subject.definition, node)
    own = set_of(subject, weighting) if isinstance(weighting, Given) else {}
    weights = {child.code: own.get(child.code, child.weight) for child in node.children}
    counted = {code: weight for code, weight in weights.items() if weight > 0}
    if len(counted) > 1:
        yield level, node, Siblings(tuple(counted), np.array(list(counted.values())))
    for child in node.children:
        if child.code in counted:
            yield from _groups(subject, child, level + 1)
