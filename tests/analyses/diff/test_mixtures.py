"""What is hard to mix: other codes, orders, groups, gaps, methods that exclude each other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.analyses.diff import diff
from rankscope.analyses.shapley_values import shapley_values
from rankscope.data.table import plain_table
from rankscope.definition.model import IndexDefinition
from rankscope.errors import DefinitionError, MethodError, UnitError
from rankscope.pipeline.result import build
from tests.analyses.diff.editions import ALL, built, changed, definition, renamed_columns, table
from tests.support.indices import FLAT, indicator, make_index, pillar

OLD, NEW = frozenset(), frozenset(ALL)


# --- the values themselves ---------------------------------------------------------------------


def test_shapley_values_of_a_glove_game():
    worth = np.array([0, 0, 0, 1, 0, 1, 0, 1.0])  # one left glove (bit 0), two right ones
    assert_allclose(shapley_values(worth), [2 / 3, 1 / 6, 1 / 6], rtol=1e-15)


def test_shapley_values_of_whole_numbers_are_exact():
    worth = np.random.default_rng(0).integers(-500, 500, (64, 50)).astype(float)
    times = shapley_values(worth) * 720
    assert_allclose(times, np.round(times), atol=1e-9)


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_a_sum_of_own_parts_is_shared_as_these(seed, players):
    parts = np.random.default_rng(seed).normal(size=players)
    worth = (np.arange(2**players)[:, None] >> np.arange(players) & 1) @ parts
    assert_allclose(shapley_values(worth), parts, atol=1e-12)


# --- matching ----------------------------------------------------------------------------------


def test_what_was_renamed_has_not_changed():
    names = {"a": "alpha", "p": "first", "living": "people"}
    old, text = built(OLD), definition(OLD).model_dump_json(by_alias=True)
    for code, other in names.items():
        text = text.replace(f'"code":"{code}"', f'"code":"{other}"')
        text = text.replace(f'"denominator":"{code}"', f'"denominator":"{other}"')
    new = build(IndexDefinition.model_validate_json(text), renamed_columns(table(OLD), names))
    assert diff(old, new, renamed=names).players == ()
    assert diff(old, new, renamed=names).indicators_entered == ()
    without = diff(old, new)
    assert without.indicators_left == ("Name of a",)
    assert [one.id for one in without.findings] == ["diff-without-effect", "diff-same-name"]
    assert (
        "a (Name of a) left and alpha entered under the same name" in without.findings[1].sentence
    )


@pytest.mark.parametrize(
    "method",
    [
        {"normalisation": {"method": "z_score", "weighted_by": "living"}},
        {"normalisation": {"method": "weighted_percentile", "weighted_by": "living"}},
    ],
)
def test_codes_inside_methods_are_renamed_too(method):
    """At the index and at a node of its own, also inside a step."""
    tree = definition(OLD).framework.model_dump(by_alias=True)
    tree["children"][1]["children"][0]["normalisation"] = method["normalisation"]
    tree["children"][1]["steps"] = [method["normalisation"]]
    index = make_index(own=True, units=3)
    index = replace(index, definition=definition(OLD))
    old = build(changed(index, framework=tree, method=method), table(OLD))
    names = {"living": "people", "b": "beta"}
    text = old.plan.definition.model_dump_json(by_alias=True)
    for code, other in names.items():
        text = text.replace(f'"{code}"', f'"{other}"')
    new = build(IndexDefinition.model_validate_json(text), renamed_columns(table(OLD), names))
    assert "living" not in text
    assert diff(old, new, renamed=names).players == ()


def test_many_indicators_of_the_same_names_are_told_at_once():
    """Letter case and underlines make no other name, and the whole option is printed."""
    index = make_index(framework=FLAT)
    tree = pillar("whole", *(indicator(f"{code}_2", name=f"NAME_of {code}") for code in "abc"))
    rows = renamed_columns(index.table, {code: f"{code}_2" for code in "abc"})
    found = diff(index.build(), build(changed(index, framework=tree), rows))
    [said] = [one for one in found.findings if one.id == "diff-same-name"]
    assert "and so did 2 more" in said.sentence
    assert "renamed a=a_2,b=b_2,c=c_2" in said.remedy


def test_a_root_is_the_same_thing_under_another_code():
    index = make_index(framework=FLAT)
    new = build(changed(index, framework={**FLAT, "code": "edition_2027"}), index.table)
    assert diff(index.build(), new).players == ()


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ({"A": "a"}, "'A' was to be renamed, and the old edition has no such code"),
        ({"a": "nothing"}, "'nothing' was to be renamed, and the new edition has no such code"),
        ({"a": "b"}, "two nodes or columns of the old edition have one code"),
    ],
)
def test_impossible_names_are_refused(names, message):
    with pytest.raises(DefinitionError, match=message):
        diff(built(OLD), built(NEW), renamed=names)


def test_the_order_of_a_file_is_no_change():
    index = make_index(framework=FLAT, units=12)
    turned = changed(index, framework={**FLAT, "children": FLAT["children"][::-1]})
    new = build(turned, index.table.of_rows(np.arange(12)[::-1]))
    assert diff(index.build(), new).players == ()


def test_where_ties_stand_in_the_order_of_rows_order_is_a_change():
    values = np.array([[1.0, 2], [5, 5], [5, 5], [9, 1]])
    rows = plain_table(("A", "B", "C", "D"), ("a", "b"), values)
    index = make_index(
        framework=pillar("whole", indicator("a"), indicator("b")),
        own=True,
        units=4,
        method={"ranking": {"ties": "order"}},
    )
    old = build(index.definition, rows)
    found = diff(old, build(index.definition, rows.of_rows(np.array([0, 2, 1, 3]))))
    assert [one.words for one in found.players] == ["others stand in another order"]
    assert {*found.places_gained} == {0, 1, -1}


# --- mixtures that fail ------------------------------------------------------------------------


def test_causes_that_exclude_each_other_are_one():
    index = make_index(framework=FLAT, units=12)
    method = {
        "aggregation": {"method": "geometric"},
        "normalisation": {"method": "min_max", "to": [1, 100]},
    }
    heavier = [{**one, "weight": 1 + at} for at, one in enumerate(FLAT["children"])]
    new = build(changed(index, method=method, framework={**FLAT, "children": heavier}), index.table)
    found = diff(index.build(), new)
    assert [one.code for one in found.players] == ["methods+aggregation", "weights"]
    assert found.players[0].name == "Treatment and normalisation with aggregation"
    finding, scale = found.findings
    assert (finding.id, scale.id) == ("diff-merged", "diff-scale")
    assert "(normalisation and aggregation)" in scale.sentence
    assert "treatment and normalisation; aggregation" in finding.sentence
    assert "The aggregation geometric needs positive values" in finding.sentence
    assert_allclose(found.score_shares.sum(axis=1), found.score_change, atol=1e-12)


def test_a_unit_without_a_rank_in_some_mixture_has_no_shares():
    strict = {"min_available": {"at_least": 1.0}}
    values = np.random.default_rng(1).uniform(1, 9, (6, 3))
    gap = values.copy()
    gap[0, 0] = np.nan
    columns, units = ("a", "b", "c"), tuple("ABCDEF")
    index = make_index(framework=FLAT, own=True, units=6)
    old = build(index.definition, plain_table(units, columns, gap))
    new = build(changed(index, method=strict), plain_table(units, columns, values))
    found = diff(old, new)
    row = found.row("A")
    assert np.isnan(found.rank_shares[row]).all()
    assert np.isnan(found.score_shares[row]).all()
    assert np.isfinite(np.delete(found.rank_shares, row, axis=0)).all()
    [finding] = found.findings
    assert finding.id == "diff-unranked"
    assert "What moved A (1 of 6 units ranked in both editions) can not be told" in finding.sentence
    assert (
        "lacks data with the new treatment and normalisation and the old data" in finding.sentence
    )
    assert "can not be said" in found.sentence("A")


def test_a_unit_of_one_edition_has_no_sentence():
    with pytest.raises(UnitError, match="K is not ranked in both editions"):
        diff(built(OLD), built(NEW)).sentence("K")


def test_a_view_that_there_is_not_is_refused():
    with pytest.raises(MethodError, match="The old edition has no view 'scale'"):
        diff(built(OLD), built(NEW), view="scale")


# --- what only one edition has -----------------------------------------------------------------


def test_an_average_that_enters_unranked_is_never_ranked():
    index = make_index(framework=FLAT, own=True, units=6)
    old = build(index.definition, index.table.of_rows(np.arange(5)))
    units = {"register": "own", "unranked": ["0005"]}
    new = build(changed(index, units=units, method={"normalisation": "z_score"}), index.table)
    found = diff(old, new)
    assert [one.code for one in found.players] == ["methods"]  # and who entered has no effect
    assert [one.id for one in found.findings] == ["diff-without-effect", "diff-scale"]
    assert "1 entered, without any effect" in found.findings[0].sentence


def test_groups_belong_to_the_units():
    index = make_index(
        framework=FLAT,
        own=True,
        units=8,
        context=[{"code": "region", "name": "Region", "kind": "group"}],
        method={"normalisation": {"method": "z_score", "within": "region"}},
    )
    split = [("region", tuple("NNNNSSSS")), ("region", tuple("NNNSNSSS"))]
    old, new = (build(index.definition, replace(index.table, labels=(labels,))) for labels in split)
    found = diff(old, new)
    assert [(one.code, one.words) for one in found.players] == [("units", "2 changed group")]


def test_a_grouping_of_the_new_method_comes_with_its_labels():
    index = make_index(framework=FLAT, own=True, units=8)
    grouped = changed(
        index,
        context=[{"code": "region", "name": "Region", "kind": "group"}],
        method={"normalisation": {"method": "min_max", "within": "region"}},
    )
    labelled = replace(index.table, labels=(("region", tuple("NNNNSSSS")),))
    found = diff(index.build(), build(grouped, labelled))
    assert [one.code for one in found.players] == ["methods"]


def test_views_can_differ_in_weights_alone():
    index = make_index(views=True, units=12)
    old, new = (build(changed(index, views={"scale": one}), index.table) for one in (1, 3))
    found = diff(old, new)
    assert [(one.code, one.words) for one in found.players] == [("weights", "the two views")]
    assert diff(old, new, view="scale").players == ()


def test_weights_from_a_set_and_weights_of_data_are_weights():
    index = make_index(framework=FLAT, units=12)
    sets = [{"name": "experts", "weights": {"a": 5.0}}]
    ways = [{"method": "given", "set": "experts"}, "standard_deviation"]
    for way in ways:
        method = {"weights": way}
        new = build(changed(index, method=method, weight_sets=sets), index.table)
        found = diff(index.build(), new)
        assert [one.code for one in found.players] == ["weights"]
        assert_array_equal(found.score_after, new.score()[[*map(new.units.index, found.units)]])


# --- laws --------------------------------------------------------------------------------------

subsets = st.sets(st.sampled_from(ALL)).map(frozenset)


@settings(max_examples=12, deadline=None)
@given(subsets, subsets)
def test_shares_of_the_way_back_are_those_of_the_way_there_with_the_other_sign(one, other):
    there, back = diff(built(one), built(other)), diff(built(other), built(one))
    assert [player.code for player in there.players] == [player.code for player in back.players]
    rows = [back.row(unit) for unit in there.units]
    assert_allclose(back.score_shares[rows], -there.score_shares, atol=1e-11)
    assert_allclose(back.rank_shares[rows], -there.rank_shares, atol=1e-11)
    assert_allclose(there.rank_shares.sum(axis=1), there.places_gained, atol=1e-9)
