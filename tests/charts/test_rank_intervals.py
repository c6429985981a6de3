"""The picture of rank intervals: bars where the ranks lie, tiers as bands, whiskers of one set."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rankscope.analyses.exact.reach import reach
from rankscope.charts.interval_sheet import Sheet, Whiskers, chosen_rows
from rankscope.charts.palette import INK
from rankscope.charts.rank_intervals import (
    AWAY,
    BANDS,
    BAR,
    rank_intervals_chart,
    reach_chart,
    same_set,
    whole_span,
)
from rankscope.charts.render import png, svg
from rankscope.errors import MethodError, UnitError
from rankscope.methods.admissible import Bounded, Perturbed
from tests.charts.conftest import drawn_index
from tests.charts.drawn import boxes, covering, layers, said

WIDTHS = [900, 340]


def ranks_of_bars(chart, count: int) -> list[tuple[float, float]]:
    """Return the ends of the bars, in ranks, measured by the ticks of the published ranks."""
    rules = [row for mark, row in layers(chart, "rule") if not mark.get("strokeDash")]
    texts = {
        row["x"]: int(row["text"])
        for mark, row in layers(chart, "text")
        if mark["align"] == "center"
    }
    places = sorted((rank, x) for x, rank in texts.items())
    (first, x1), (last, x2) = places[0], places[-1]
    step = (x2 - x1) / (last - first)
    assert rules
    bars = sorted((box for box in boxes(chart, BAR) if box["y"] > 40), key=lambda box: box["y"])[
        -count:
    ]
    return [
        (first + (box["x"] - x1) / step + 0.5, first + (box["x2"] - x1) / step - 0.5)
        for box in bars
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_covers_another(weights_only, width: int) -> None:
    assert covering(rank_intervals_chart(weights_only, width=width)) == []


def test_bars_reach_from_the_one_quantile_to_the_other(weights_only) -> None:
    chart = rank_intervals_chart(weights_only)
    frame = weights_only.frame()
    ends = ranks_of_bars(chart, len(frame))
    wide = frame["high"] > frame["low"]  # others are as wide as they are high

    assert wide.sum() > 3
    for (low, high), (_, row), far in zip(ends, frame.iterrows(), wide, strict=True):
        if far:
            assert low == pytest.approx(row["low"], abs=0.05)
            assert high == pytest.approx(row["high"], abs=0.05)


def test_a_band_is_a_tier(weights_only) -> None:
    chart = rank_intervals_chart(weights_only, title="")
    tiers = weights_only.tiers()[weights_only.order]
    shades = sorted((box["y"], box["y2"]) for fill in BANDS for box in boxes(chart, fill))
    counts = [round((low - top) / 20) for top, low in shades]

    assert counts == np.bincount(tiers)[1:].tolist()
    assert [text for text in said(chart) if text.startswith("Tier")] == [
        f"Tier {tier}" for tier in range(1, tiers.max() + 1)
    ]


def test_the_first_and_the_chosen_are_shown_in_the_order_of_ranks(weights_only) -> None:
    result, order = weights_only.result, weights_only.order
    last = result.units[order[-1]]
    rows = chosen_rows(result.units, order, 3, [last])

    assert rows == (*order[:3], order[-1])
    assert chosen_rows(result.units, order, None, [last]) == (order[-1],)
    assert chosen_rows(result.units, order, None, []) == tuple(order)
    with pytest.raises(UnitError, match="nowhere has no rank"):
        chosen_rows(result.units, order, 3, ["nowhere"])


def test_a_published_rank_outside_its_interval_stands_out(mixed) -> None:
    shown = boxes(rank_intervals_chart(mixed), AWAY)
    spans = mixed.frame()[["rank", "low", "high"]].to_numpy()
    moved = replace(
        mixed, ranks=replace(mixed.ranks, counts=np.roll(mixed.ranks.counts, 1, axis=1))
    )

    away = sum(not np.floor(low) <= rank <= np.ceil(high) for rank, low, high in spans)

    assert len(shown) == away + bool(away)  # and one in the key
    assert len(boxes(rank_intervals_chart(moved), AWAY)) > len(shown)


def test_ranks_far_from_the_first_begin_later() -> None:
    ranks = np.arange(1, 101)
    far = Sheet((90, 95), ("a", "b"), ranks, None, None, None, 900.0)
    near = Sheet((0, 95), ("a", "b"), ranks, None, None, None, 900.0)

    assert (far.first, far.last) == (91, 96)
    assert (near.first, near.last) == (1, 96)
    assert far.x(96) - far.x(91) > 5 * (near.x(96) - near.x(91))


def test_whiskers_reach_to_the_proved_ends_and_hold_all_draws(weights_only) -> None:
    proved = reach(weights_only.result)
    chart = rank_intervals_chart(weights_only, reach=proved, title="")
    place = [proved.codes.index(code) for code in weights_only.frame().index]
    low, high = weights_only.ranks.quantiles((0.0, 1.0))[:, weights_only.order]

    assert same_set(weights_only, proved)
    assert (proved.best_from[place] <= low).all()
    assert (proved.worst_to[place] >= high).all()
    assert any("perturbed(50%)" in text for text in said(chart))
    assert not [mark for mark, _ in layers(chart, "rule") if mark.get("strokeDash")]


def test_whiskers_of_another_set_are_refused(weights_only, mixed) -> None:
    for found, other in (
        (mixed, reach(mixed.result)),
        (weights_only, reach(weights_only.result, weights=Perturbed(0.25))),
        (weights_only, reach(weights_only.result, weights=Bounded(0.5))),
    ):
        with pytest.raises(MethodError, match="not be of one set"):
            rank_intervals_chart(found, reach=other)


def test_an_end_that_is_a_bound_is_dashed_and_hollow(weights_only) -> None:
    proved = reach(weights_only.result)
    ends = {"best_from": np.ones_like(proved.best_from), "best_to": proved.best_to.clip(2)}
    for name, values in ends.items():
        object.__setattr__(proved, name, values)
    chart = reach_chart(proved)
    dashed = [row for mark, row in layers(chart, "rule") if mark.get("strokeDash")]

    assert len(dashed) == len(proved.codes) + 1  # and one in the key
    assert "dashed: neither found nor excluded" in said(chart)


def test_reach_alone_needs_no_draws(weights_only) -> None:
    proved = reach(weights_only.result)
    chart = reach_chart(proved, top=5)

    assert boxes(chart, BAR) == []
    assert len([box for box in boxes(chart, INK) if box["y"] > 60]) == 5
    assert covering(chart) == []


def test_units_without_a_reach_have_no_whisker(weights_only) -> None:
    proved = reach(weights_only.result, units=[weights_only.result.units[0]])
    whiskers = Whiskers.of(proved, weights_only.result.units)

    assert [whiskers.known(row) for row in range(12)] == [True, *[False] * 11]


def test_an_interval_in_whole_ranks_holds_the_interval() -> None:
    assert whole_span(2.0, 11.05) == (2, 12)
    assert whole_span(3.95, 4.0) == (3, 4)
    assert whole_span(np.nan, np.nan) == (0, 0)


def test_two_units_none_and_names_that_are_markup_are_drawn() -> None:
    two = drawn_index(units=2, named="<b>&")
    none = drawn_index(units=1)

    assert "&lt;b&gt;&amp; 0" in svg(rank_intervals_chart(two))
    assert png(rank_intervals_chart(two, width=340))[:4] == b"\x89PNG"
    assert none.order == []
    assert boxes(rank_intervals_chart(none, title=""), INK)[1:] == []


def test_the_same_draws_give_the_same_picture(weights_only) -> None:
    again = drawn_index(assumptions={"weights": {"method": "perturbed", "by": 0.5}})

    assert svg(rank_intervals_chart(weights_only)) == svg(rank_intervals_chart(again))
