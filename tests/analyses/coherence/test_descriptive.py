"""Descriptive statistics and coverage against pandas, and what they find."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.testing import assert_allclose

from rankscope.analyses.coherence import data_coverage, descriptive_statistics
from rankscope.data.table import Status
from tests.analyses.coherence.making import built
from tests.support.indices import indicator, make_index, pillar

FOUR = pillar("whole", *(indicator(code) for code in "abcd"))


def found_by(values: np.ndarray, framework=FOUR) -> dict[str, set[str]]:
    """Return the ids of what is found at each place."""
    ids: dict[str, set[str]] = {}
    for one in descriptive_statistics(built(values, framework)).findings:
        ids.setdefault(one.place, set()).add(one.id)
    return ids


def values_of(units: int = 40, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).uniform(1, 100, (units, 4))


def test_statistics_are_those_of_pandas_at_each_stage():
    values = values_of()
    values[:6, 1], values[:20, 2], values[5:9, 3] = np.nan, 7.0, 0.0
    result = built(values, FOUR)
    found = descriptive_statistics(result).frame()

    assert list(found.index.levels[0].sort_values()) == [
        "denominated",
        "normalised",
        "raw",
        "treated",
    ]
    rows = result.rank() > 0
    for stage, matrix in (("raw", values), ("normalised", result.leaves.values)):
        frame = pd.DataFrame(matrix[rows], columns=list("abcd"))
        own = found.loc[stage]
        assert_allclose(own["n"], frame.count())
        assert_allclose(own["missing"], frame.isna().mean())
        for column, name in (
            ("min", "min"),
            ("max", "max"),
            ("mean", "mean"),
            ("median", "median"),
            ("deviation", "std"),
            ("skewness", "skew"),
            ("kurtosis", "kurt"),
        ):
            assert_allclose(own[column], getattr(frame, name)(), rtol=1e-9)
        assert_allclose(own["zeros"], (frame == 0).sum() / frame.count())
        assert_allclose(own["distinct"], frame.nunique() / frame.count())
        most = frame.apply(lambda one: one.value_counts().iloc[0])
        assert_allclose(own["same_value"], most / frame.count())


def test_each_oddity_is_found_where_it_is_and_nowhere_else():
    values = values_of()
    values[:25, 0], values[:25, 1], values[:, 2] = 0.0, 5.0, np.arange(40) % 5 + 1.0
    values[:2, 3] = 1e4

    assert found_by(values) == {
        "a": {"coherence-zeros"},
        "b": {"coherence-same-value"},
        "c": {"coherence-few-values"},
        "d": {"coherence-outliers"},
    }
    assert found_by(values_of()) == {}


def test_an_outlier_that_is_treated_or_only_ranked_is_none_any_more():
    values = values_of()
    values[:2, 3] = 1e4
    for method in ({"treatment": "skew_kurtosis"}, {"normalisation": "percentile_rank"}):
        result = built(values, FOUR, method=method)
        found = descriptive_statistics(result)

        assert found.outliers[0].tolist() == [False, False, False, True]
        assert found.findings == ()


def test_a_constant_indicator_is_told_and_one_without_weight_is_not():
    values = values_of()
    values[:, 1] = 3.0
    framework = pillar("whole", *(indicator(code) for code in "abcd"))
    assert found_by(values, framework) == {"b": {"coherence-constant"}}

    framework["children"][1]["weight"] = 0
    assert found_by(values, framework) == {}
    shown = descriptive_statistics(built(values, framework))
    assert shown.codes == tuple("abcd")
    assert shown.counted.tolist() == [True, False, True, True]


def test_coverage_counts_what_was_observed_by_unit_and_by_indicator():
    values = values_of(units=20)
    values[0, :2], values[:9, 3], values[1] = np.nan, np.nan, np.nan
    result = built(values, FOUR, method={"imputation": "median", "screening": {"at_least": 0.2}})
    found = data_coverage(result)

    assert_allclose(found.of_units, (~np.isnan(values)).mean(axis=1))
    ranked = np.delete(values, 1, axis=0)
    assert_allclose(found.of_indicators, (~np.isnan(ranked)).mean(axis=0))
    frame = found.frame()
    assert frame["ranked"].tolist() == [True, False, *[True] * 18]
    assert frame["reason"].iloc[1] == "screened out: too few data"
    assert frame["imputed"].tolist() == [3, 0, *[1] * 7, *[0] * 11]
    assert {one.place: one.id for one in found.findings} == {
        result.units[0]: "coherence-unit-coverage",
        "d": "coherence-indicator-coverage",
    }


def test_the_65_percent_rule_is_inclusive():
    values = values_of(units=20)
    values[:7, 3] = np.nan  # 13 of 20 is 65 %

    assert "d" not in {one.place for one in data_coverage(built(values, FOUR)).findings}
    values[7, 3] = np.nan
    assert "d" in {one.place for one in data_coverage(built(values, FOUR)).findings}


def test_a_unit_with_65_percent_is_not_told_of():
    values = np.random.default_rng(0).uniform(1, 100, (20, 20))
    values[0, :7] = np.nan  # 13 of 20
    values[1, :8] = np.nan
    framework = pillar("whole", *(indicator(f"i{at:02}") for at in range(20)))
    framework["min_available"] = {"by": "weight", "at_least": 0.5}
    result = built(values, framework, method={"screening": {"at_least": 0.5}})

    assert [one.place for one in data_coverage(result).findings] == [result.units[1]]


def test_what_repeats_is_told_once_of_an_indicator_with_two_sides():
    index = make_index(units=40, views=True)
    values = index.table.values.copy()
    values[:30, index.table.columns.index("a")] = 0.0
    result = replace(index, table=replace(index.table, values=values)).build()
    found = descriptive_statistics(result)
    told = [(one.id, one.place) for one in found.findings if one.id == "coherence-zeros"]

    assert {"a.scale", "a.intensity"} <= set(found.codes)
    assert told == [("coherence-zeros", "a")]


def test_many_units_with_few_data_are_ten_findings_and_a_count():
    values = values_of(units=30)
    values[:15, :2] = np.nan
    framework = pillar(
        "whole",
        *(indicator(code) for code in "abcd"),
        min_available={"by": "weight", "at_least": 0.3},
    )
    found = data_coverage(built(values, framework, method={"screening": {"at_least": 0.0}}))
    units = [one for one in found.findings if one.id == "coherence-unit-coverage"]

    assert len(units) == 11
    assert "5 more" in units[-1].sentence


def test_zeros_of_a_complete_census_are_neither_data_nor_gaps():
    index = make_index(framework=FOUR, units=10, own=True)
    status = index.table.status.copy()
    status[0, :3] = Status.ABSENT
    result = replace(index, table=replace(index.table, status=status)).build()
    found = data_coverage(result)

    assert found.absent.sum() == 3
    assert found.of_units[0] == 1.0
    assert found.of_indicators.tolist() == [1.0] * 4
