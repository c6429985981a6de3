"""Eigenvalues beside those of chance: filled where they count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rankscope.charts.dimensions import scree_chart
from rankscope.charts.palette import ACCENT
from tests.charts.drawn import layers, said
from tests.charts.found import capacity, in_good_order, small


def test_dots_lie_where_eigenvalues_are_and_those_that_count_are_filled() -> None:
    found = capacity()[1].dimensions
    for node in ("ai_capacity", "infrastructure"):
        in_good_order(lambda width, node=node: scree_chart(found, node, width=width))
    own, chart = found.of("infrastructure"), scree_chart(found, "infrastructure")
    ticks = {
        row["text"]: row["y"] for mark, row in layers(chart, "text") if mark["align"] == "right"
    }
    unit = ticks["1"] - ticks["0"]
    dots = [
        (row["x"], row["y"], mark["color"] == ACCENT)
        for mark, row in layers(chart, "circle")
        if mark["size"] > 70 and row["y"] > 60
    ]
    heights = [(y - ticks["0"]) / unit for _, y, _ in sorted(dots)]

    assert heights == pytest.approx(own.eigenvalues, abs=0.01)
    assert sum(filled for *_, filled in dots) == own.dimensions
    assert "Infrastructure: one dimension beyond chance" in said(chart)
    assert f"{own.shares[0]:.0%}" in said(chart)


def test_too_few_units_and_many_parts() -> None:
    found = small(2)[1].dimensions
    texts = in_good_order(lambda width: scree_chart(found, "whole", width=width))
    assert "Too few units have all parts: 2 of 2." in texts
    own = replace(
        capacity()[1].dimensions.of("talent"),
        eigenvalues=np.linspace(12, 0, 60),
        chance=np.linspace(2, 0.1, 60),
    )
    many = replace(found, nodes=(own,))
    texts = in_good_order(lambda width: scree_chart(many, "talent", width=width))
    assert "and 45 more components" in texts
    with pytest.raises(KeyError):
        scree_chart(found, "nothing")
