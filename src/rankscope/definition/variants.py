"""A variant made into the definition that it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rankscope._words import did_you_mean, join_words, visible
from rankscope.definition.assumptions import INDICATORS, PILLARS
from rankscope.errors import DefinitionError
from rankscope.methods.admissible import Bounds

if TYPE_CHECKING:
    from rankscope.definition.assumptions import Assumptions
    from rankscope.definition.change import Variant, WeightSet
    from rankscope.definition.model import IndexDefinition, Published
    from rankscope.definition.node import Model, Node
    from rankscope.definition.scenario import Scenario, TiesSpec
    from rankscope.methods.admissible import Admissible


def apply_variant(definition: IndexDefinition, name: str) -> IndexDefinition:
    """Return a definition as one of its variants has it; what that does not change stays.

    Its title is the variant's, and it has no variants itself.  A weight of the variant goes
    before that of a weight set; an aggregate left without children goes with them.  Units
    and periods that it leaves out are left out when the table is read by it.  What is
    assumed and the scenarios stay, but for what names nodes or levels that are gone.

    Raises
    ------
    DefinitionError
        When there is no such variant, it names a node that there is not, or leaves no
        indicator.
    """
    variant = _variant(definition, name)
    _check_codes(definition, variant)
    framework = changed_tree(definition.framework, variant)
    if framework is None:
        said = f"The variant {variant.name} leaves out all indicators."
        raise DefinitionError(f"{said} Keep some.")
    method, units, data = definition.method, definition.units, definition.data
    left = _Left.of(framework, variant, definition)
    return definition.model_copy(
        update={
            "title": variant.title or f"{definition.title} ({variant.name})",
            "framework": framework,
            "method": method.model_copy(update=_given(variant.method)),
            "units": units.model_copy(update={"exclude": (*units.exclude, *variant.exclude)}),
            "data": data.model_copy(update={"periods": variant.periods or data.periods}),
            "weight_sets": tuple(map(left.of_set, definition.weight_sets)),
            "published": left.of_published(definition.published),
            "assumptions": left.of_assumptions(definition.assumptions),
            "ties": tuple(map(left.of_ties, definition.ties)),
            "scenarios": tuple(map(left.of_scenario, definition.scenarios)),
            "variants": (),
        }
    )


def changed_tree(node: Node, variant: Variant) -> Node | None:
    """Return a node with all below it as a variant has them, or None where nothing is left."""
    changes: dict[str, dict[str, Any]] = {
        code: {"weight": weight} for code, weight in variant.weights
    }
    for one in variant.nodes:
        changes.setdefault(one.code, {}).update(_given(one))
    return _changed(node, changes, frozenset(variant.drop))


@dataclass(frozen=True, slots=True)
class _Left:
    """The codes that a variant leaves and takes, those that it weighs, and how deep its tree is."""

    codes: frozenset[str]
    weighed: frozenset[str]
    depth: int
    gone: frozenset[str]
    exposed_to: frozenset[str]
    feeding: frozenset[str]

    @classmethod
    def of(cls, framework: Node, variant: Variant, definition: IndexDefinition) -> _Left:
        weighed = {one.code for one in variant.nodes if one.weight is not None}
        codes = frozenset(node.code for node in framework.walk())
        return cls(
            codes=codes,
            weighed=frozenset(weighed | dict(variant.weights).keys()),
            depth=_depth(framework),
            gone=frozenset(node.code for node in definition.framework.walk()) - codes,
            exposed_to=frozenset(name for node in framework.walk() for name in node.exposed_to),
            feeding=frozenset(one.code for one in definition.ties if codes & {*one.feeds}),
        )

    def of_set(self, one: WeightSet) -> WeightSet:
        """Return a weight set without the nodes that are gone or weighed anew."""
        kept = self.codes - self.weighed
        weights = tuple((code, weight) for code, weight in one.weights if code in kept)
        return one.model_copy(update={"weights": weights})

    def of_published(self, published: Published | None) -> Published | None:
        """Return the publisher's results without the columns of nodes that are gone."""
        if published is None:
            return None
        kept = (one for one in published.columns if one.node is None or one.node in self.codes)
        return published.model_copy(update={"columns": tuple(kept)})

    def of_assumptions(self, assumed: Assumptions | None) -> Assumptions | None:
        """Return what is assumed without the nodes and levels that are gone."""
        if assumed is None:
            return None
        kept = self.codes | {INDICATORS, PILLARS}
        leave_out = tuple(code for code in assumed.leave_out if code in kept)
        levels = tuple(level for level in assumed.levels if level <= self.depth)
        none_left = bool(assumed.levels) and not levels  # for no levels would mean all
        return assumed.model_copy(
            update={
                "weights": None if none_left else self._weights(assumed.weights),
                "levels": levels,
                "aggregation_by_level": assumed.aggregation_by_level[: self.depth],
                "leave_out": leave_out,
                "leave_out_chance": assumed.leave_out_chance if leave_out else None,
                "errors": tuple(
                    one for one in assumed.errors if one.indicator in {None, *self.codes}
                ),
            }
        )

    def of_ties(self, ties: TiesSpec) -> TiesSpec:
        """Return ties without the indicators that are gone."""
        kept = tuple(code for code in ties.feeds if code in self.codes)
        return ties.model_copy(update={"feeds": kept})

    def of_scenario(self, scenario: Scenario) -> Scenario:
        """Return a scenario without the nodes that are gone, nor the acts that have none left."""
        changes = []
        for change in scenario.changes:
            kept = tuple(code for code in change.nodes if code not in self.gone)
            exposed = change.exposed_to is None or change.exposed_to in self.exposed_to
            fed = bool(change.nodes) or self.feeding >= {*change.ties_used()}
            if exposed and fed and bool(kept) == bool(change.nodes):
                changes.append(replace(change, nodes=kept))
        return scenario.model_copy(update={"changes": tuple(changes)})

    def _weights(self, weights: Admissible | None) -> Admissible | None:
        """Return admissible weights without the bounds of nodes that are gone."""
        if not isinstance(weights, Bounds):
            return weights
        kept = tuple((code, ends) for code, ends in weights.of if code in self.codes)
        return replace(weights, of=kept) if kept else None


def _depth(node: Node) -> int:
    """Return how many levels lie below a node."""
    return max((1 + _depth(child) for child in node.children), default=0)


def _variant(definition: IndexDefinition, name: str) -> Variant:
    for one in definition.variants:
        if one.name == name:
            return one
    names = [one.name for one in definition.variants]
    mend = did_you_mean(name, names) or "It has none."
    raise DefinitionError(f"{definition.title} has no variant {visible(name)!r}. {mend}")


def _check_codes(definition: IndexDefinition, variant: Variant) -> None:
    """Refuse codes that no node has."""
    known = [node.code for node in definition.framework.walk()]
    named = [*variant.drop, *(one.code for one in variant.nodes), *dict(variant.weights)]
    unknown = [code for code in named if code not in known]
    if unknown:
        said = join_words(map(repr, map(visible, unknown)), "and")
        mend = did_you_mean(unknown[0], known)
        said = f"The variant {variant.name} names the node {said}, and there is none."
        raise DefinitionError(f"{said} {mend}".strip())


def _given(change: Model) -> dict[str, Any]:
    """Return what a change names, by field."""
    return {field: value for field, value in change if field != "code" and value is not None}


def _changed(
    node: Node, changes: Mapping[str, Mapping[str, Any]], drop: frozenset[str]
) -> Node | None:
    if node.code in drop:
        return None
    own = dict(changes.get(node.code, {}))
    below = [_changed(child, changes, drop) for child in node.children]
    children = tuple(child for child in below if child is not None)
    if node.children and not children:
        return None
    return node.model_copy(update={**own, "children": children})
