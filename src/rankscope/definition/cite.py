"""The publications that the methods of an index come from."""

from __future__ import annotations

from collections.abc import Iterator

from rankscope._registry import Method
from rankscope.definition.model import IndexDefinition


def citations(definition: IndexDefinition) -> tuple[str, ...]:
    """Return the citations of the methods in use, in the order of the stages, each once."""
    cited = (method.citation for method in methods_in_use(definition) if method.citation)
    return tuple(dict.fromkeys(cited))


def methods_in_use(definition: IndexDefinition) -> tuple[Method, ...]:
    """Return the methods that a definition names, those that hold in general first, each once."""
    general = definition.method
    named: list[Method | None] = [general.imputation, general.treatment]
    named += [definition.views.scale_treatment] if definition.views else []
    named += [general.normalisation, general.weights, general.aggregation]
    named += [*general.aggregation_by_level, *general.indicator_steps, *general.aggregate_steps]
    for node in definition.framework.walk():
        named += [node.imputation, node.treatment, node.normalisation]
        named += [node.weighting, node.aggregation, *(node.steps or ())]
    return tuple(dict.fromkeys(_given(named)))


def _given(methods: list[Method | None]) -> Iterator[Method]:
    return (method for method in methods if method is not None)
