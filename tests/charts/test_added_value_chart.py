"""Bars of the units whose rank in a part is far from that in the whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rankscope.charts.added_value import ALL, ANY, PART, added_value_chart
from tests.charts.drawn import boxes, said
from tests.charts.found import capacity, in_good_order, small


def test_bars_are_as_long_as_shares_and_medians_are_printed() -> None:
    found = capacity()[1].added_value
    in_good_order(lambda width: added_value_chart(found, width=width))
    chart = added_value_chart(found)
    long = [
        box["x2"] - box["x"]
        for fill in (PART, ANY, ALL)
        for box in sorted(boxes(chart, fill), key=lambda box: box["y"])[1:]  # the first is a key
    ]
    shares = [*found.shares, found.from_any, found.from_all]

    assert np.array(long) / long[0] == pytest.approx(np.array(shares) / shares[0], abs=0.01)
    moved = np.abs(found.shifts[:, 0])
    assert f"{found.shares[0]:.0%}, median {np.nanmedian(moved):g} places" in said(chart)


def test_nothing_to_compare_and_many_parts() -> None:
    found = capacity()[1].added_value
    gaps = replace(found, shifts=np.full(found.shifts.shape, np.nan), shares=np.full(3, np.nan))
    assert in_good_order(lambda width: added_value_chart(gaps, width=width)).count("not known") == 5
    many = replace(
        found,
        names=found.names * 20,
        codes=found.codes * 20,
        shares=np.tile(found.shares, 20),
        shifts=np.tile(found.shifts, 20),
    )
    texts = in_good_order(lambda width: added_value_chart(many, width=width))
    assert "and 30 more parts" in texts
    for units in (1, 2):
        few = small(units)[1].added_value
        in_good_order(lambda width, few=few: added_value_chart(few, width=width))
