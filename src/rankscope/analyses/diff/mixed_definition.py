"""The definition of a mixture: each part from the edition that its player takes it from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from rankscope.analyses.diff.switches import (
    AGGREGATION,
    AGGREGATION_OF_INDEX,
    FRAMEWORK,
    METHODS,
    METHODS_OF_INDEX,
    METHODS_OF_NODE,
    METHODS_OF_VIEWS,
    UNITS,
    WEIGHTS,
    WEIGHTS_OF_NODE,
    WEIGHTS_OF_VIEWS,
    Matched,
    matched,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rankscope.analyses.diff.side import Side
    from rankscope.definition.model import (
        IndexDefinition,
        MethodSpec,
        Model,
        Node,
        Source,
        UnitsSpec,
        Variable,
        Views,
    )

Coded = TypeVar("Coded", "Source", "Variable")


def mixed_definition(old: Side, new: Side, taken: frozenset[str]) -> IndexDefinition:
    """Return the definition of a mixture, in which the players of ``taken`` are new, others old.

    The tree is that of ``framework``, with the weights of groups whose membership changed.
    Nodes of both editions take the rest from the edition of the player that it belongs to;
    what only one edition has brings its own, and inherits the methods of the mixture.
    """
    mixture = Mixture(old, new, taken, matched(old, new))
    base, other = mixture.of(FRAMEWORK).definition, mixture.other(FRAMEWORK).definition
    period_column = new.definition.data.period_column or old.definition.data.period_column
    return base.model_copy(
        update={
            "name": new.definition.name,
            "title": new.definition.title,
            "edition": new.definition.edition,
            "data": new.definition.data.model_copy(update={"period_column": period_column}),
            "units": _units(mixture),
            "sources": _union((*base.sources, *other.sources)),
            "context": _context(base, other),
            "framework": _Nodes.of(mixture).mixed(base.framework, None),
            "views": _views(mixture),
            "method": _method(mixture),
        }
    )


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """Two sides, the players whose part is new, and what the sides have in common."""

    old: Side
    new: Side
    taken: frozenset[str]
    common: Matched

    def of(self, player: str) -> Side:
        """Return the side that a player's part is taken from."""
        return self.new if player in self.taken else self.old

    def other(self, player: str) -> Side:
        """Return the side that a player's part is not taken from."""
        return self.old if player in self.taken else self.new

    def listed(self, of_old: Iterable[str], of_new: Iterable[str]) -> tuple[str, ...]:
        """Return the units of a list: a method's part, but what only one edition has is as there.

        Units that the mixture does not have are left out.
        """
        listed, before, after = (*of_old,), {*of_old}, {*of_new}
        chosen = after if METHODS in self.taken else before
        both, sides = self.common.units, (self.old.table.units, self.new.table.units)
        named = [unit for unit in dict.fromkeys((*listed, *of_new)) if unit in both & chosen]
        named += [unit for unit in sides[0] if unit not in both and unit in before]
        named += [unit for unit in sides[1] if unit not in both and unit in after]
        return tuple(unit for unit in named if unit in {*self.of(UNITS).table.units})


@dataclass(frozen=True, slots=True, eq=False)
class _Nodes:
    """The nodes that each player takes its part from, by their codes."""

    common: Matched
    methods: dict[str, Node]
    weights: dict[str, Node]
    aggregation: dict[str, Node]

    @classmethod
    def of(cls, mixture: Mixture) -> _Nodes:
        sides = (mixture.of(player).nodes for player in (METHODS, WEIGHTS, AGGREGATION))
        return cls(mixture.common, *sides)

    def mixed(self, node: Node, parent: str | None) -> Node:
        """Return a node of the tree, and all below, with what the other players say of it."""
        code, update = node.code, dict[str, Any]()
        if code in self.common.nodes:
            update |= _fields(self.methods[code], METHODS_OF_NODE)
            update["aggregation"] = self.aggregation[code].aggregation
        if parent in self.common.groups:
            update |= _fields(self.weights[code], WEIGHTS_OF_NODE)
        if code in self.common.groups:
            update["weighting"] = self.weights[code].weighting
        update["children"] = tuple(self.mixed(child, code) for child in node.children)
        return node.model_copy(update=update)


def _fields(part: Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(part, name) for name in names}


def _method(mixture: Mixture) -> MethodSpec:
    old, new = mixture.old.definition.method, mixture.new.definition.method
    methods = mixture.of(METHODS).definition.method
    screening = methods.screening.model_copy(
        update={
            "keep": mixture.listed(old.screening.keep, new.screening.keep),
            "drop": mixture.listed(old.screening.drop, new.screening.drop),
        }
    )
    there = {*mixture.of(UNITS).table.units}
    base_units = tuple(unit for unit in methods.base_units if unit in there)
    aggregation = mixture.of(AGGREGATION).definition.method
    return methods.model_copy(
        update={
            **_fields(methods, METHODS_OF_INDEX),
            **_fields(aggregation, AGGREGATION_OF_INDEX),
            "screening": screening,
            "base_units": base_units or methods.base_units,  # none at all would mean everybody
        }
    )


def _units(mixture: Mixture) -> UnitsSpec:
    old, new = mixture.old.definition.units, mixture.new.definition.units
    unranked = mixture.listed(old.unranked, new.unranked)
    return mixture.of(UNITS).definition.units.model_copy(update={"unranked": unranked})


def _views(mixture: Mixture) -> Views | None:
    """Return the views: with the framework if only one edition has them, else part by part."""
    views = mixture.of(FRAMEWORK).definition.views
    weights, methods = (mixture.of(one).definition.views for one in (WEIGHTS, METHODS))
    if views is None or mixture.other(FRAMEWORK).definition.views is None:
        return views
    if weights is None or methods is None:
        return views
    parts = _fields(weights, WEIGHTS_OF_VIEWS) | _fields(methods, METHODS_OF_VIEWS)
    return views.model_copy(update=parts)


def _context(base: IndexDefinition, other: IndexDefinition) -> tuple[Variable, ...]:
    """Return the variables of both, but for those whose codes the tree has taken."""
    codes = {node.code for node in base.framework.walk()}
    return _union((*base.context, *(one for one in other.context if one.code not in codes)))


def _union(items: Iterable[Coded]) -> tuple[Coded, ...]:
    """Return things by their codes, the first of each."""
    found: dict[str, Coded] = {}
    for one in items:
        found.setdefault(one.code, one)
    return tuple(found.values())
