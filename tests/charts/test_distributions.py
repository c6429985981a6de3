"""Strips of indicators: where their values are, and which are far from the others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rankscope.analyses.coherence import descriptive_statistics
from rankscope.charts.distributions import FAR, NEAR, density, distributions_chart
from rankscope.errors import MethodError
from tests.charts.drawn import boxes, layers, said
from tests.charts.found import capacity, in_good_order, small
from tests.support.indices import FLAT, make_index


def skewed():
    """Return an index one value of which is far from the others, and its statistics."""
    index = make_index(framework=FLAT, own=True, units=30)
    values = index.table.values.copy()
    values[:, 0] = np.arange(30.0)
    values[-1, 0] = 1000.0
    values[:, 1] = 5.0
    values[:3, 2] = np.nan
    result = replace(index, table=replace(index.table, values=values)).build()
    return result, descriptive_statistics(result)


def test_the_indicators_of_the_packaged_index() -> None:
    result, found = capacity()
    for codes in ((), ("internet_users", "secure_servers", "cloud_regions"), ("digital_laws",)):
        in_good_order(
            lambda width, codes=codes: distributions_chart(
                found.statistics, result, indicators=codes, width=width
            ),
        )


def test_numbers_are_those_of_the_statistics_and_outliers_are_flagged() -> None:
    result, found = skewed()
    chart = distributions_chart(found, result)
    row = found.stages.index("denominated")
    skewness, kurtosis = found.skewness[row, 0], found.kurtosis[row, 0]

    assert found.outliers[row, 0]
    assert f"skewness {skewness:.1f}, kurtosis {kurtosis:.1f}" in said(chart)
    assert "▲ Name of a" in said(chart)
    assert "▲ Name of c" not in said(chart)
    assert f"5 for all {found.units} units" in said(chart)
    in_good_order(lambda width: distributions_chart(found, result, width=width))


def test_the_far_value_stands_at_the_far_end_alone() -> None:
    result, found = skewed()
    chart = distributions_chart(found, result, indicators=["a"])
    [far] = [box for box in boxes(chart, density(1, FAR)) if box["y"] > 50]
    near = [row for _, row in layers(chart, "rect") if row["y"] > 50 and row["x2"] < far["x"]]

    assert far["x"] > 600
    assert max(row["x2"] for row in near) < 400
    assert far["y2"] - far["y"] < near[0]["y2"] - near[0]["y"]  # it is told without colour


def test_darker_places_hold_more_units() -> None:
    assert density(1, NEAR) == NEAR[0]
    assert density(8, NEAR) == density(80, NEAR) == NEAR[1]


def test_what_is_not_there_is_refused_and_one_unit_is_drawn() -> None:
    result, found = small()
    with pytest.raises(MethodError, match="no statistics of nothing"):
        distributions_chart(found.statistics, result, indicators=["nothing"])
    other = make_index(units=19).build()
    with pytest.raises(MethodError, match="other units"):
        distributions_chart(found.statistics, other)
    for units in (1, 2):
        result, found = small(units)
        in_good_order(
            lambda width, result=result, found=found: distributions_chart(
                found.statistics, result, width=width
            )
        )
    assert "and 3 more indicators" in said(distributions_chart(found.statistics, result, top=2))
