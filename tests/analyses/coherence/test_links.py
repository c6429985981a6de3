"""Links to variables outside the index: SciPy, residuals, and data frames of all sorts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from rankscope.analyses.coherence import links
from rankscope.errors import MethodError
from rankscope.units import iso3166
from tests.support.indices import make_index


@pytest.fixture(scope="module")
def result():
    return make_index(units=50, seed=7).build()


def test_correlations_are_those_of_scipy(result):
    people, score = result.plan.table.column("people_living"), result.score()
    found = links(result).frame()["correlation"]

    assert found["pearson", "whole", "people_living"] == pytest.approx(
        stats.pearsonr(score, people)[0], abs=1e-12
    )
    assert found["log", "whole", "people_living"] == pytest.approx(
        stats.pearsonr(score, np.log(people))[0], abs=1e-12
    )
    assert found["spearman", "whole", "people_living"] == pytest.approx(
        stats.spearmanr(score, people)[0], abs=1e-12
    )
    assert set(found.index.levels[1]) == {"whole", "means", "ends"}


def test_a_data_frame_is_matched_by_the_codes_of_units(result):
    random = np.random.default_rng(0)
    other = pd.DataFrame({"income": random.normal(size=50)}, index=list(result.units))
    other.loc[result.units[3], "income"] = np.nan
    shuffled = pd.concat(
        [other.sample(frac=1, random_state=1), pd.DataFrame({"income": [9.0]}, index=["ZZZ"])]
    )
    found = links(result, outside=shuffled)

    keep = np.arange(50) != 3
    truth = stats.pearsonr(result.score()[keep], other["income"].to_numpy()[keep])
    values = found.frame().loc[("pearson", "whole", "income")]
    assert values["n"] == 49
    assert values["correlation"] == pytest.approx(truth[0], abs=1e-12)
    assert values["p_value"] == pytest.approx(truth[1], abs=1e-12)
    assert np.isnan(found.frame().loc[("log", "whole", "income"), "correlation"])  # negative


def test_within_groups_it_is_partial(result):
    register = pd.Series(list(result.units))
    found = links(result, within="region")
    frame = found.frame()
    regions = pd.get_dummies(register.map(lambda unit: iso3166().get(unit).region)).astype(float)
    people, score = result.plan.table.column("people_living"), result.score()
    left = [
        side - regions.to_numpy() @ np.linalg.lstsq(regions.to_numpy(), side)[0]
        for side in (score, people)
    ]
    assert frame.loc[("pearson", "whole", "people_living"), "within"] == pytest.approx(
        np.corrcoef(left)[0, 1], abs=1e-9
    )
    assert links(result).frame()["within"].isna().all()


def test_an_index_that_is_a_variable_in_disguise_is_found(result):
    random = np.random.default_rng(1)
    outside = pd.DataFrame(
        {
            "twin": np.exp(result.score() / 10),
            "cousin": result.score() + random.normal(0, result.score().std(), 50),
            "stranger": random.normal(size=50),
        },
        index=list(result.units),
    )
    told = {one.place: one.id for one in links(result, outside=outside).findings}

    assert told["twin"] == "coherence-outside-same"
    assert told["cousin"] == "coherence-outside"
    assert "stranger" not in told


@pytest.mark.parametrize(
    ("outside", "said"),
    [
        (lambda units: pd.DataFrame({"x": [1.0, 2.0]}, index=[units[0]] * 2), "two rows for"),
        (lambda _: pd.DataFrame({"x": [1.0]}, index=["nobody"]), "a row for none"),
        (lambda units: pd.DataFrame({"x": ["high"]}, index=[units[0]]), "no numbers in"),
        (lambda units: pd.DataFrame({"people_living": [1.0]}, index=[units[0]]), "already"),
    ],
)
def test_what_can_not_be_read_is_said(result, outside, said):
    with pytest.raises(MethodError, match=said):
        links(result, outside=outside(result.units))


def test_an_unknown_grouping_is_answered_with_those_that_there_are(result):
    with pytest.raises(MethodError, match="Did you mean region"):
        links(result, within="regions")


def test_whole_numbers_missing_values_and_infinities_are_read(result):
    outside = pd.DataFrame(
        {"n": pd.array([1, None, 3, 5], dtype="Int64"), "y": [1.0, np.inf, 2.0, 0.5]},
        index=list(result.units[:4]),
    )
    found = links(result, outside=outside).frame()

    assert found.loc[("pearson", "whole", "n"), "n"] == 3
    assert found.loc[("pearson", "whole", "y"), "n"] == 3


def test_a_unit_without_a_group_takes_no_part_within_groups():
    groups = tuple("" if unit < 10 else "ab"[unit % 2] for unit in range(50))
    index = make_index(
        units=50,
        context=[
            {"code": "people_living", "name": "Population", "kind": "count"},
            {"code": "block", "name": "Block", "kind": "group"},
        ],
    )
    whole = replace(index, table=replace(index.table, labels=(("block", groups),))).build()
    x, y = whole.score()[10:], whole.plan.table.column("people_living")[10:]
    member = np.array([[name == one for one in "ab"] for name in groups[10:]], dtype=float)
    left = [side - member @ np.linalg.lstsq(member, side)[0] for side in (x, y)]
    found = links(whole, within="block").frame()

    assert found.loc[("pearson", "whole", "people_living"), "within"] == pytest.approx(
        np.corrcoef(left)[0, 1], abs=1e-9
    )
    assert found.loc[("pearson", "whole", "people_living"), "n"] == 50
