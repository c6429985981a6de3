"""A definition says everything: written and read again it builds the same index."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rankscope._registry import methods_of
from rankscope.definition.model import IndexDefinition
from rankscope.methods.aggregation import Arithmetic, Generalised, Geometric
from rankscope.testing import examples_of, indices
from tests.laws.law import broken_by, with_framework, with_method

INDICES = indices(aggregations=(Arithmetic(), Geometric(), Generalised(0.5), None))


def chosen(stage: str) -> st.SearchStrategy[Any]:
    """Return a strategy of the registered methods of a stage, with all their parameters."""
    return st.sampled_from([one for cls in methods_of(stage).values() for one in examples_of(cls)])


@st.composite
def definitions(draw: Any) -> IndexDefinition:
    """Draw a definition with methods of its own at the root and at every indicator."""
    stages = ("imputation", "treatment", "normalisation")
    index = with_method(draw(INDICES), **{stage: draw(chosen(stage)) for stage in stages})
    own = {stage: draw(chosen(stage)) for stage in stages} | {"goalposts": (0.0, 1.5)}
    steps = tuple(draw(st.lists(chosen("step"), max_size=2)))

    def furnished(node: Any) -> Any:
        return node.model_copy(update={"steps": steps} if node.children else own)

    return with_framework(index, furnished)[0]


def through_json(definition: IndexDefinition, **dumped: Any) -> IndexDefinition:
    text = json.dumps(definition.model_dump(mode="json", by_alias=True, **dumped))
    return IndexDefinition.model_validate(json.loads(text))


def round_trips(definition: IndexDefinition, trip: Any = through_json) -> bool:
    """A definition is the same after being written and read."""
    return bool(trip(definition) == definition)


@pytest.mark.slow
@given(definitions())
def test_a_definition_round_trips(definition: IndexDefinition) -> None:
    assert round_trips(definition)
    assert round_trips(definition, partial(through_json, exclude_defaults=True))


def test_that_law_catches_a_writer_that_drops_the_methods() -> None:
    forgetful = partial(through_json, exclude={"method"})

    assert broken_by(partial(round_trips, trip=forgetful), definitions())
