"""A variant is the definition that it stands for."""

from __future__ import annotations

import pytest

from rankscope.definition.variants import apply_variant
from rankscope.errors import DefinitionError
from tests.definition.support import GOOD, changed, examined

CHANGES = """
weight_sets:
  - {name: experts, weights: {gdp: 4, trade: 2, beds: 5}}
published:
  columns: [{column: Total}, {column: Beds, node: beds}]
variants:
  - name: narrow
    title: Without beds
    method: {weights: {method: given, set: experts}, ranking: {best: lowest}}
    weights: {trade: 7}
    drop: [beds]
    nodes:
      - {code: gdp, treatment: {upper: 0.9}}
      - {code: economy, weight: 3}
    exclude: [NOR]
  - {name: poor, drop: [gdp, trade]}
  - {name: wrong, drop: [gpd]}
  - {name: nothing, drop: [economy, health]}
"""
TEXT = (
    changed("kind: amount,", "kind: amount, treatment: {method: winsorise, lower: 0.1},") + CHANGES
)


def variant(name: str):  # type: ignore[no-untyped-def]  # the definition, wrong ones among it
    definition, _ = examined(TEXT)
    assert definition is not None
    return apply_variant(definition, name)


def test_it_changes_what_it_names_and_nothing_else() -> None:
    made = variant("narrow")
    base, _ = examined(TEXT)
    assert base is not None
    nodes = {node.code: node for node in made.framework.walk()}

    assert made.title == "Without beds"
    assert made.method.ranking.best == "lowest"
    assert made.method.normalisation == base.method.normalisation
    assert [node.code for node in made.indicators()] == ["gdp", "trade", "smog"]
    assert (nodes["trade"].weight, nodes["economy"].weight, nodes["smog"].weight) == (7, 3, 1)
    assert made.units.exclude == ("NOR",)
    assert made.data == base.data
    assert made.variants == ()


def test_one_parameter_of_a_node_changes_and_the_others_stay() -> None:
    gdp = variant("narrow").indicators()[0]

    assert (gdp.treatment.lower, gdp.treatment.upper) == (0.1, 0.9)


def test_its_own_weights_go_before_those_of_a_set() -> None:
    (experts,) = variant("narrow").weight_sets

    assert experts.weights == (("gdp", 4.0),)


def test_columns_of_nodes_that_are_gone_are_not_compared() -> None:
    published = variant("narrow").published

    assert [one.column for one in published.columns] == ["Total"]


def test_an_aggregate_without_children_goes_too() -> None:
    made = variant("poor")

    assert [node.code for node in made.framework.walk()] == ["index", "health", "beds", "smog"]
    assert made.title == "Trial (poor)"


@pytest.mark.parametrize(
    ("name", "words"),
    [("narow", "Did you mean narrow"), ("wrong", "Did you mean gdp"), ("nothing", "all indic")],
)
def test_what_can_not_be_made_is_refused(name: str, words: str) -> None:
    with pytest.raises(DefinitionError, match=words):
        variant(name)


def test_it_is_the_definition_that_one_would_write_by_hand() -> None:
    hand = changed("  aggregation: arithmetic", "  aggregation: sum")
    definition, _ = examined(
        GOOD + "variants: [{name: a, title: Trial, method: {aggregation: sum}}]"
    )
    assert definition is not None

    assert apply_variant(definition, "a") == examined(hand)[0]
