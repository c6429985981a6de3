"""Correlations inside an index: against pandas, with planted faults, and with one left out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import stats

from rankscope.analyses.coherence import (
    correlations,
    denominator_correlations,
    own_and_others,
)
from tests.analyses.coherence.making import built, two_factors, two_pillars
from tests.support.indices import make_index

SEVEN = ["a", "b", "c", "d", "e", "f", "one", "two", "whole"]


def ids(found) -> dict[str, set[str]]:
    told: dict[str, set[str]] = {}
    for one in found.findings:
        told.setdefault(one.place, set()).add(one.id)
    return told


@pytest.fixture(scope="module")
def result():
    values = two_factors()
    values[3:9, 1] = np.nan
    return built(values, two_pillars())


@pytest.mark.parametrize("method", ["pearson", "spearman"])
def test_tables_are_those_of_pandas(result, method):
    scores = result.ranking()[SEVEN]
    truth = scores.corr(method=method)
    found = correlations(result, method=method)

    for table in found.within:
        assert_allclose(table.values, truth.loc[list(table.codes), list(table.others)], atol=1e-12)
    whole = found.aggregates
    assert whole.others == ("whole", "one", "two")
    assert_allclose(whole.values, truth.loc[list(whole.codes), list(whole.others)], atol=1e-12)
    assert whole.counts[list(whole.codes).index("b")].tolist() == [74, 74, 74]
    assert found.of("one").codes == ("a", "b", "c")
    assert len(found.frame()) == 1 + 3 + 3 + 8 * 3


def test_insignificant_correlations_are_blank(result):
    table = correlations(result).of("whole")
    x, y = (result.score(result.plan.node(code)) for code in ("one", "two"))

    assert stats.pearsonr(x, y).pvalue > 0.05
    assert np.isnan(table.frame().loc["one", "two"])
    assert table.frame(blank=False).loc["one", "two"] == pytest.approx(np.corrcoef(x, y)[0, 1])


def test_the_rest_is_the_mean_of_the_others(result):
    """With equal weights and no gap in the rest it needs no engine: the mean of the siblings."""
    scores = result.ranking()
    found = own_and_others(result).frame()

    for code, others in (("a", ["b", "c"]), ("d", ["e", "f"]), ("one", ["two"])):
        rest = scores[others].mean(axis=1)
        assert found.loc[code, "rest"] == pytest.approx(scores[code].corr(rest), abs=1e-12)
    assert (found["rest"] < found["own"]).all()


def test_an_indicator_in_the_wrong_pillar_is_found_and_its_place_named():
    values = two_factors()
    assert own_and_others(built(values, two_pillars())).findings == ()

    found = own_and_others(built(values[:, [0, 1, 3, 2, 4, 5]], two_pillars()))

    assert ids(found)["c"] == {"coherence-misplaced"}
    assert ids(found)["d"] == {"coherence-misplaced"}
    assert {one.code: one.other_code for one in found.places if one.misplaced} == {
        "c": "two",
        "d": "one",
    }


def test_own_and_other_are_compared_over_the_same_units():
    """Half of the units have no other: its own correlation is then taken over the rest."""
    values = two_factors()
    values[40:, 3:] = np.nan
    framework = {**two_pillars(), "min_available": {"by": "weight", "at_least": 0.4}}
    result = built(values, framework, method={"screening": {"at_least": 0.0}})
    a, one = (result.score(result.plan.node(code)) for code in ("a", "one"))
    place = next(one for one in own_and_others(result).places if one.code == "a")

    assert result.ranked() == 80
    assert place.own == pytest.approx(np.corrcoef(a, one)[0, 1], abs=1e-12)
    assert place.own_there == pytest.approx(np.corrcoef(a[:40], one[:40])[0, 1], abs=1e-12)
    assert abs(place.own - place.own_there) > 1e-3
    between = replace(place, own=0.9, own_there=0.5, other=0.7, other_p_value=0.01)
    assert between.misplaced  # over the same units, it is nearer to the other
    assert not replace(between, other_p_value=0.2).misplaced


def test_reversed_polarity_is_found():
    values = two_factors(noise=0.2)
    values[:, 2] = -values[:, 2]
    result = built(values, two_pillars(weight=0.5))

    assert ids(own_and_others(result))["c"] == {"coherence-negative"}
    told = correlations(result).findings
    assert [one.id for one in told] == ["coherence-negative-siblings"] * 2
    assert {one.place for one in told} == {"a", "b"}
    assert all(one.source for one in told)


def test_a_weak_part_is_found():
    values = two_factors(noise=0.2)
    values[:, 2] = np.random.default_rng(5).normal(50, 10, len(values))
    result = built(values, two_pillars(weight=0.01))

    assert ids(own_and_others(result))["c"] == {"coherence-weak"}


def test_what_has_no_weight_is_never_judged():
    values = two_factors(noise=0.2)
    values[:, 2] = -values[:, 2]
    result = built(values, two_pillars(weight=0.0))

    assert correlations(result).of("one").codes == ("a", "b")
    assert "c" not in own_and_others(result).frame().index
    assert ids(own_and_others(result)) == {}


def test_an_indicator_that_still_grows_with_size_is_found():
    index = make_index(units=40)
    result = index.build()
    found = denominator_correlations(result)
    people = index.table.column("people_living")
    assert found.denominators == ("people_living",)
    raw = index.table.column("b")
    at = found.codes.index("b")
    assert found.pearson[at, 0] == pytest.approx(stats.pearsonr(raw, people)[0], abs=1e-12)
    assert found.spearman[at, 0] == pytest.approx(stats.spearmanr(raw, people)[0], abs=1e-12)
    assert "coherence-size" not in ids(found).get("b", set())

    values = index.table.values.copy()
    values[:, index.table.columns.index("b")] = people**0.5
    grown = replace(index, table=replace(index.table, values=values)).build()
    assert ids(denominator_correlations(grown))["b"] == {"coherence-size"}


def test_the_side_of_scale_is_meant_to_grow_with_size():
    index = make_index(units=60, views=True)
    people = index.table.column("people_living")
    values = index.table.values.copy()
    values[:, index.table.columns.index("a")] = people * np.linspace(0.5, 2, 60)
    result = replace(index, table=replace(index.table, values=values)).build()
    found = denominator_correlations(result)

    assert found.spearman[found.codes.index("a.scale"), 0] > 0.6
    assert not {"a.scale", "a.intensity"} & set(ids(found))
