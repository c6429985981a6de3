"""Maps of correlations: each pair once, with the colour of its reading."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rankscope.charts.correlation_cells import (
    AGAINST,
    BLANK,
    CHANCE,
    FINE,
    TWICE,
    WEAK,
    correlation_text,
)
from rankscope.charts.correlation_map import correlation_map_chart
from tests.charts.drawn import boxes, said
from tests.charts.found import capacity, in_good_order, many_correlations, small


@pytest.mark.parametrize("group", ["ai_capacity", "infrastructure", "commercial", "research"])
def test_the_map_of_the_packaged_index(group: str) -> None:
    found = capacity()[1].correlations
    texts = in_good_order(lambda width: correlation_map_chart(found, group, width=width))
    table = found.of(group)
    pairs = table.shown[np.tril_indices(len(table.codes), -1)]
    column = found.aggregates.others.index(group)
    wholes = [found.aggregates.values[found.aggregates.codes.index(one), column]
              for one in table.codes]  # fmt: skip

    for value in [*pairs[~np.isnan(pairs)], *wholes]:
        assert correlation_text(value, 50) in texts


def test_colours_are_those_of_the_readings() -> None:
    found = many_correlations(8)
    chart = correlation_map_chart(found, "all")
    pairs = found.of("all").shown[np.tril_indices(8, -1)]
    shown = np.concatenate([pairs, found.aggregates.shown[:, 0]])

    assert len(boxes(chart, AGAINST)) == (shown < -0.4).sum() + 1  # and one in the key
    assert len(boxes(chart, TWICE)) == (shown > 0.9).sum() + 1
    assert len(boxes(chart, WEAK)) == ((shown >= -0.4) & (shown < 0.3)).sum() + 1
    assert len(boxes(chart, FINE)) == ((shown >= 0.3) & (shown <= 0.9)).sum() + 1
    assert len(boxes(chart, BLANK)) == np.isnan(shown).sum() == said(chart).count(CHANCE)


def test_of_many_parts_those_with_most_flags_are_shown() -> None:
    found = many_correlations(60)
    texts = in_good_order(lambda width: correlation_map_chart(found, "all", width=width))

    assert "and 40 more parts, with less to look at" in texts


def test_what_is_not_known_is_blank() -> None:
    found = many_correlations(4)
    nothing = np.full((4, 4), np.nan)
    unknown = replace(found, within=(replace(found.of("all"), values=nothing, p_values=nothing),))
    in_good_order(lambda width: correlation_map_chart(unknown, "all", width=width))

    assert len(boxes(correlation_map_chart(unknown, "all"), BLANK)) >= 6


def test_a_correlation_is_printed_on_its_side_of_a_threshold() -> None:
    assert correlation_text(-0.4032, 50) == "−0.403"
    assert correlation_text(0.897, 50) == "0.897"
    assert correlation_text(0.5, 50) == "0.50"
    assert correlation_text(-0.456, 20) == "−46"


def test_an_index_of_two_levels_and_few_units() -> None:
    for units in (1, 2, 20):
        found = small(units)[1].correlations
        in_good_order(lambda width, one=found: correlation_map_chart(one, "whole", width=width))
    with pytest.raises(KeyError):
        correlation_map_chart(small()[1].correlations, "nothing")
