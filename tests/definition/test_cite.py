"""The methods in use are cited, each publication once."""

from __future__ import annotations

from hypothesis import given, settings

from rankscope.definition import IndexDefinition, citations
from rankscope.definition.cite import methods_in_use
from tests.definition.strategies import definitions
from tests.definition.support import GOOD, changed, examined


def cited(text: str) -> tuple[str, ...]:
    definition, _ = examined(text)
    assert definition is not None
    return citations(definition)


def test_methods_are_cited_in_the_order_of_the_stages() -> None:
    text = changed("aggregation: arithmetic", "treatment: skew_kurtosis")

    assert next(one.partition(",")[0] for one in cited(text)) == "Becker"
    assert cited(text)[-1].endswith("6.2")


def test_a_method_of_one_indicator_is_cited_too() -> None:
    text = changed("kind: share", "kind: share, goalposts: [0, 1], normalisation: goalposts")

    assert any(one.startswith("UNDP") for one in cited(text))


def test_methods_without_a_source_are_not_cited() -> None:
    assert "" not in cited(GOOD)


@settings(max_examples=30)
@given(definitions())
def test_each_publication_is_cited_once(definition: IndexDefinition) -> None:
    found = citations(definition)

    assert len(set(found)) == len(found)
    assert set(found) == {one.citation for one in methods_in_use(definition)} - {""}
