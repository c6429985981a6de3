"""Alpha of each group beside the bar that it should reach."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rankscope.charts.palette import ACCENT
from rankscope.charts.reliability import FIRM, LOOSE, reliability_chart
from tests.charts.drawn import boxes, layers, said
from tests.charts.found import capacity, in_good_order, small


def dots(chart, colour: str) -> list[float]:
    """Return where the dots of a colour are, but for that of the key."""
    own = [row for mark, row in layers(chart, "circle") if mark["color"] == colour]
    return [row["x"] for row in sorted(own, key=lambda row: row["y"]) if row["y"] > 60]


def test_dots_of_the_packaged_index_lie_where_alpha_is() -> None:
    found = capacity()[1].reliability
    in_good_order(lambda width: reliability_chart(found, width=width))
    chart = reliability_chart(found)
    alphas = np.array([one.alpha.raw for one in found.nodes])
    ticks = {row["text"]: row["x"] for mark, row in layers(chart, "text") if row["y"] < 75}
    start, unit = ticks["0.0"], ticks["1.0"] - ticks["0.0"]

    assert dots(chart, FIRM) == pytest.approx(start + unit * alphas[alphas >= 0.7], abs=0.3)
    assert dots(chart, LOOSE) == pytest.approx(start + unit * alphas[alphas < 0.7], abs=0.3)


def test_parts_without_which_alpha_is_higher_are_ticks_and_the_highest_is_named() -> None:
    found = capacity()[1].reliability
    chart = reliability_chart(found)
    higher = sum(int((one.alpha.dropped > one.alpha.raw).sum()) for one in found.nodes)
    own = found.of("operating_environment")
    best = int(np.nanargmax(own.alpha.dropped))

    assert len(boxes(chart, ACCENT)) == higher + 1
    assert any(
        text.startswith(f"{own.alpha.raw:.2f}; {own.alpha.dropped[best]:.2f} without")
        and text.endswith(own.names[best][-8:])
        for text in said(chart)
    )


def test_an_alpha_next_to_the_bar_is_told_from_it_and_one_far_below_has_its_number() -> None:
    first, *_ = capacity()[1].reliability.nodes
    near, below, unknown = (
        replace(first, alpha=first.alpha._replace(raw=raw, dropped=np.full(3, np.nan)))
        for raw in (0.6999, -3.25, np.nan)
    )
    found = replace(capacity()[1].reliability, nodes=(near, below, unknown))
    texts = in_good_order(lambda width: reliability_chart(found, width=width))

    assert {"0.6999", "−3.25", "not defined"} <= set(texts)


def test_small_indices_and_many_groups() -> None:
    for units in (1, 2):
        found = small(units)[1].reliability
        in_good_order(lambda width, found=found: reliability_chart(found, width=width))
    none = replace(small()[1].reliability, nodes=())
    many = replace(none, nodes=capacity()[1].reliability.nodes * 6)

    assert "No aggregate has two parts." in said(reliability_chart(none))
    assert "and 26 more aggregates" in said(reliability_chart(many))
