"""Parts beside aggregates: their own framed, and another that is nearer marked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rankscope.analyses.coherence.own_and_others import OwnAndOthers
from rankscope.charts.correlation_map import own_and_others_chart
from rankscope.charts.own_places import NEARER
from rankscope.charts.palette import INK
from tests.charts.drawn import boxes, said
from tests.charts.found import capacity, in_good_order, small


@pytest.mark.parametrize("all_cells", [True, False])
def test_own_cells_are_framed_and_nearer_ones_marked(all_cells: bool) -> None:
    found = capacity()[1]
    own = found.own_and_others
    table = found.correlations if all_cells else None
    texts = in_good_order(lambda width: own_and_others_chart(own, correlations=table, width=width))
    chart = own_and_others_chart(own, correlations=table)
    shown = [one for one in own.places if one.parent != found.node]
    nearer = [one for one in shown if one.misplaced]

    assert len(boxes(chart, INK)) == len(shown)
    assert len(boxes(chart, NEARER)) == len(nearer) + 1  # and one in the key
    assert sorted(text for text in texts if text.startswith("▲0")) == sorted(
        f"▲{one.other:.2f}" for one in nearer
    )
    assert ("of others only the nearest" in texts) is not all_cells


def test_every_cell_is_the_correlation_of_its_row_and_column() -> None:
    found = capacity()[1]
    texts = said(
        own_and_others_chart(
            found.own_and_others, correlations=found.correlations, parents=["commercial"]
        )
    )
    table = found.correlations.aggregates
    place = next(one for one in found.own_and_others.places if one.code == "high_tech_exports")
    own = table.values[table.codes.index(place.code), table.others.index("commercial")]

    assert f"{own:.2f}" in texts
    assert "2  Infrastructure" not in texts  # only the parts of the aggregate that was asked for
    assert "High-technology exports" in texts


def test_few_units_no_parts_and_many_aggregates() -> None:
    for units in (1, 2):
        found = small(units)[1]
        in_good_order(
            lambda width, found=found: own_and_others_chart(
                found.own_and_others, correlations=found.correlations, width=width
            )
        )
    none = OwnAndOthers("pearson", (), ())
    assert "No level has two aggregates to tell apart." in said(own_and_others_chart(none))
    one = next(one for one in small()[1].own_and_others.places if one.parent != "whole")
    many = [
        replace(one, code=f"c{at}", parent=f"p{at}", parent_name=f"Aggregate {at}", own=np.nan)
        for at in range(60)
    ]
    texts = in_good_order(
        lambda width: own_and_others_chart(OwnAndOthers("pearson", tuple(many), ()), width=width)
    )
    assert any("more parts" in text for text in texts)
