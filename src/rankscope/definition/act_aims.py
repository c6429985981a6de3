"""Which indicators an act of a scenario is about, as far as a definition tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rankscope.definition.model import IndexDefinition, Node
from rankscope.methods.change import Change


@dataclass(frozen=True, slots=True)
class Target:
    """A variable that acts can change: an indicator, or one that is none.

    ``within`` are the codes of the indicator and of all nodes above it, empty for a variable
    that is no indicator; ``node`` is then None.
    """

    code: str
    kind: str | None
    within: frozenset[str]
    node: Node | None

    @property
    def exposed_to(self) -> tuple[str, ...]:
        """What the indicator depends on from abroad."""
        return self.node.exposed_to if self.node else ()

    def suits(self, change: Change) -> bool:
        """Whether an act makes sense there; an indicator without a kind is told of elsewhere."""
        return self.node is None or self.kind is None or self.kind in change.kinds


def targets_of(definition: IndexDefinition) -> tuple[Target, ...]:
    """Return what acts can change: indicators, then variables with numbers."""
    quantities = [one for one in definition.context if one.kind != "group"]
    return (
        *_below(definition.framework, frozenset()),
        *(Target(one.code, one.kind, frozenset(), None) for one in quantities),
    )


def _below(node: Node, above: frozenset[str]) -> tuple[Target, ...]:
    within = above | {node.code}
    if node.is_indicator:
        return (Target(node.code, node.kind, within, node),)
    return tuple(target for child in node.children for target in _below(child, within))


def named_by(definition: IndexDefinition, change: Change) -> tuple[str, ...]:
    """Return the codes that an act names, or those that its ties feed; none means all."""
    used = change.ties_used()
    fed = (code for ties in definition.ties if ties.code in used for code in ties.feeds)
    return change.nodes or tuple(fed)


def chosen(change: Change, codes: Sequence[str], targets: Sequence[Target]) -> tuple[Target, ...]:
    """Return the targets at some codes that are exposed as the act wants, suitable or not.

    Without codes that is all indicators.
    """
    wanted = {*codes}
    there = (
        one
        for one in targets
        if (wanted & {one.code, *one.within} if codes else one.node is not None)
    )
    exposure = change.exposed_to
    return tuple(one for one in there if exposure is None or exposure in one.exposed_to)
