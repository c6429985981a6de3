"""An audit holds each picture twice, wide and narrow, so that they must be small."""

from __future__ import annotations

import pytest

from rankscope.charts.added_value import added_value_chart
from rankscope.charts.benefit import benefit_chart
from rankscope.charts.correlation_map import correlation_map_chart, own_and_others_chart
from rankscope.charts.dimensions import scree_chart
from rankscope.charts.distributions import distributions_chart
from rankscope.charts.links import link_scatter_chart, links_chart
from rankscope.charts.reliability import reliability_chart
from tests.charts.found import capacity, many_correlations, weight

DRAWN = {
    "map": lambda _, __, width: correlation_map_chart(many_correlations(12), "all", width=width),
    "places": lambda _, found, width: own_and_others_chart(found.own_and_others, width=width),
    "scree": lambda _, found, width: scree_chart(found.dimensions, "infrastructure", width=width),
    "alpha": lambda _, found, width: reliability_chart(found.reliability, width=width),
    "value": lambda _, found, width: added_value_chart(found.added_value, width=width),
    "benefit": lambda _, found, width: benefit_chart(found.benefit, width=width),
    "links": lambda _, found, width: links_chart(found.links, width=width),
    "scatter": lambda _, found, width: link_scatter_chart(found.links, "gdp", width=width),
    "strips": lambda result, found, width: distributions_chart(
        found.statistics, result, width=width
    ),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_takes_little_room(name: str) -> None:
    result, found = capacity()

    assert weight(lambda width: DRAWN[name](result, found, width)) < 2 * 45_000
