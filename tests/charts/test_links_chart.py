"""What the ranking goes with: dots of correlations, and scores against one variable."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rankscope.analyses.coherence import links
from rankscope.charts.link_scatter import ODD, logarithmic
from rankscope.charts.links import DRIVEN, link_scatter_chart, links_chart
from rankscope.charts.palette import ACCENT
from rankscope.errors import MethodError
from tests.charts.drawn import layers, said
from tests.charts.found import capacity, in_good_order, small


def test_dots_lie_where_rank_correlations_are() -> None:
    found = capacity()[1].links
    in_good_order(lambda width: links_chart(found, width=width))
    chart = links_chart(found)
    ticks = {row["text"]: row["x"] for _, row in layers(chart, "text") if row["y"] < 75}
    unit = ticks["1.0"] - ticks["0.0"]
    dots = sorted(
        (row["y"], (row["x"] - ticks["0.0"]) / unit, mark["color"])
        for mark, row in layers(chart, "circle")
        if row["y"] > 70
    )
    ranks = found.values[2].T.ravel()

    assert [at for _, at, _ in dots] == pytest.approx(ranks, abs=0.002)
    assert [colour == DRIVEN for *_, colour in dots] == (np.abs(ranks) > 0.6).tolist()
    assert "Population: AI capacity" in said(chart)


def test_within_groups_is_drawn_where_there_is_a_grouping() -> None:
    found = links(capacity()[0], within="income")
    texts = in_good_order(lambda width: links_chart(found, width=width))

    assert "within groups of income" in texts


@pytest.mark.parametrize("variable", ["gdp", "population"])
def test_scores_are_drawn_against_the_logarithm(variable: str) -> None:
    found = capacity()[1].links
    texts = in_good_order(lambda width: link_scatter_chart(found, variable, width=width))
    chart = link_scatter_chart(found, variable)
    at = found.variables.index(variable)
    dots = [row for mark, row in layers(chart, "circle") if mark["color"] in (ODD, ACCENT)]
    dots = [row for row in dots if row["y"] > 50]
    both = np.isfinite(found.outside[:, at]) & np.isfinite(found.scores)
    slope = np.corrcoef([row["x"] for row in dots], [-row["y"] for row in dots])[0, 1]

    assert logarithmic(found, at)
    assert len(dots) == both.sum()
    assert slope == pytest.approx(found.values[1, 0, at], abs=0.001)
    assert any(found.values[1, 0, at].round(2).astype(str) in text for text in texts)


def test_the_unit_furthest_from_the_line_is_named() -> None:
    found = capacity()[1].links
    x, y = np.log10(found.outside[:, 1]), found.scores
    rest = np.abs(y - np.polyval(np.polyfit(x, y, 1), x))

    assert found.unit_names[int(np.argmax(rest))] in said(link_scatter_chart(found, "gdp"))


def test_few_units_and_unknown_variables() -> None:
    for units in (1, 2):
        found = small(units)[1].links
        in_good_order(lambda width, found=found: links_chart(found, width=width))
        for variable in found.variables:
            in_good_order(
                lambda width, found=found, variable=variable: link_scatter_chart(
                    found, variable, width=width
                )
            )
    found = capacity()[1].links
    empty = replace(found, variables=(), variable_names=())
    assert "There are no variables outside the index." in said(links_chart(empty))
    unknown = replace(found, outside=np.full(found.outside.shape, np.nan),
                      values=np.full(found.values.shape, np.nan))  # fmt: skip
    assert "Fewer than two units have both." in said(link_scatter_chart(unknown, "gdp"))
    in_good_order(lambda width: links_chart(unknown, width=width))
    with pytest.raises(MethodError, match="Did you mean gdp"):
        link_scatter_chart(found, "gpd")
