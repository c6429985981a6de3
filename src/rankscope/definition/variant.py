"""A variant made into a definition of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rankscope._words import did_you_mean, visible
from rankscope.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rankscope.definition.model import IndexDefinition, Model, Node, Variant


def with_variant(definition: IndexDefinition, name: str) -> IndexDefinition:
    """Return the definition as a variant of it has it; whatever it does not change stays.

    Units and periods that it leaves out are left out when the table is read by it.

    Raises
    ------
    DefinitionError
        When there is no such variant, or it names a node that there is not.
    """
    variant = _variant(definition, name)
    _check_codes(definition, variant)
    changes: dict[str, dict[str, Any]] = {one.code: _given(one) for one in variant.nodes}
    for code, weight in variant.weights:
        changes.setdefault(code, {})["weight"] = weight
    units, data = definition.units, definition.data
    return definition.model_copy(
        update={
            "framework": _changed(definition.framework, changes, frozenset(variant.drop)),
            "method": definition.method.model_copy(update=_given(variant.method)),
            "units": units.model_copy(update={"exclude": (*units.exclude, *variant.exclude)}),
            "data": data.model_copy(update={"periods": variant.periods or data.periods}),
        }
    )


def _variant(definition: IndexDefinition, name: str) -> Variant:
    for one in definition.variants:
        if one.name == name:
            return one
    names = [one.name for one in definition.variants]
    mend = did_you_mean(name, names) or "It has none."
    raise DefinitionError(f"{definition.title} has no variant {visible(name)!r}. {mend}")


def _check_codes(definition: IndexDefinition, variant: Variant) -> None:
    """Refuse codes that no node has, and the root among those left out."""
    known = [node.code for node in definition.framework.walk()]
    named = [*variant.drop, *(one.code for one in variant.nodes), *dict(variant.weights)]
    for code in named:
        if code not in known:
            said = (
                f"The variant {variant.name} names the node {visible(code)!r}, and there is none."
            )
            raise DefinitionError(f"{said} {did_you_mean(code, known)}".strip())
    if definition.framework.code in variant.drop:
        raise DefinitionError(
            f"The variant {variant.name} leaves out {definition.framework.code}, which is the "
            "whole index. Name nodes below it."
        )


def _given(change: Model) -> dict[str, Any]:
    """Return what a change names, by field."""
    return {
        field: getattr(change, field)
        for field in type(change).model_fields
        if field != "code" and getattr(change, field) is not None
    }


def _changed(node: Node, changes: Mapping[str, Mapping[str, Any]], drop: frozenset[str]) -> Node:
    """Return a node with all below it changed; aggregates that lose all children go too."""
    own = dict(changes.get(node.code, {}))
    below = [
        (child, _changed(child, changes, drop)) for child in node.children if child.code not in drop
    ]
    own["children"] = tuple(new for old, new in below if new.children or old.is_indicator)
    return node.model_copy(update=own)
