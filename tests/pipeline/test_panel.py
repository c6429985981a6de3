"""Panels: rows are units in periods; scales pooled or per period; ranks within each period."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.definition.model import Availability, MethodSpec, Node, Screening
from rankscope.errors import BindError, MethodError
from rankscope.methods.aggregation import Copeland
from rankscope.methods.imputation import Latest, Linear, Median
from rankscope.methods.normalisation import (
    DistanceToReference,
    Goalposts,
    MinMax,
    NoNormalisation,
    ShareOfBest,
)
from rankscope.methods.steps import Round
from rankscope.methods.treatment import Log, Winsorise
from rankscope.pipeline import bind, build, evaluate, prepare
from rankscope.pipeline.blocks import (
    BLOCK,
    StoredScores,
    given_weights,
    run_blocks,
    weighted_scores,
)
from rankscope.pipeline.evaluate import compile_node
from tests.support.panels import NAN, defined, indicator, panel_of

if TYPE_CHECKING:
    from rankscope.data.table import DataTable

TWO_YEARS = {
    ("A", "2020"): [0.0],
    ("B", "2020"): [10.0],
    ("A", "2021"): [10.0],
    ("B", "2021"): [20.0],
}
RAW: Any = {"normalisation": NoNormalisation()}
PERCENT = MinMax((0.0, 100.0))


def scores(definition: Any, table: DataTable) -> list[float]:
    return build(definition, table).score().tolist()


@pytest.mark.parametrize(
    ("scales", "within", "expected"),
    [
        ("pooled", None, [0, 50, 50, 100]),
        ("per_period", None, [0, 100, 0, 100]),
        ("pooled", "period", [0, 100, 0, 100]),
        ("per_period", "all", [0, 50, 50, 100]),
    ],
)
def test_a_scale_is_of_all_periods_or_of_each(scales, within, expected) -> None:
    definition = defined(
        indicator("x"), scales=scales, normalisation=MinMax((0.0, 100.0), within=within)
    )

    assert scores(definition, panel_of(TWO_YEARS, ("x",))) == expected


@pytest.mark.parametrize("scales", ["pooled", "per_period"])
def test_goalposts_hold_for_all_periods(scales) -> None:
    x = indicator("x", goalposts=(0.0, 40.0))
    definition = defined(x, scales=scales, normalisation=Goalposts((0.0, 100.0)))

    assert scores(definition, panel_of(TWO_YEARS, ("x",))) == [0, 25, 25, 50]


@pytest.mark.parametrize("scales", ["pooled", "per_period"])
@pytest.mark.parametrize("log", [Log("none"), Log(within="all")])
def test_goalposts_follow_a_logarithm_in_all_periods(scales, log) -> None:
    cells = {("A", "1"): [1.0], ("B", "1"): [10.0], ("A", "2"): [10.0], ("B", "2"): [100.0]}
    x = indicator("x", goalposts=(1.0, 100.0))
    definition = defined(x, treatment=log, scales=scales, normalisation=Goalposts((0.0, 100.0)))
    found = scores(definition, panel_of(cells, ("x",)))

    assert found[1] == found[2]
    assert_allclose([found[0], found[3]], [0, 100], atol=1e-9)
    if log.offset == "none":
        assert_allclose(found[1], 50)


def test_goalposts_that_would_lie_elsewhere_in_each_period_are_refused() -> None:
    cells = {("A", "1"): [1.0], ("B", "1"): [10.0], ("A", "2"): [10.0], ("B", "2"): [100.0]}
    x = indicator("x", goalposts=(1.0, 100.0))
    own: Any = {"treatment": Log("smallest"), "scales": "per_period"}
    table = panel_of(cells, ("x",))

    with pytest.raises(MethodError, match=r"x: log treats each group.*within: all"):
        build(defined(x, **own, normalisation=Goalposts()), table)
    assert scores(defined(x, **own, normalisation=PERCENT), table) == [0, 100, 0, 100]
    capped = defined(x, treatment=Winsorise(0.1, 0.9), scales="per_period",
                     normalisation=Goalposts())  # fmt: skip
    assert_allclose(scores(capped, table), [90 / 99, 810 / 99, 1800 / 99, 9000 / 99], rtol=1e-9)


def test_totals_are_rescaled_so_that_the_best_is_100_in_each_period() -> None:
    cells = {("A", "1"): [4.0], ("B", "1"): [8.0], ("A", "2"): [5.0], ("B", "2"): [20.0]}
    table = panel_of(cells, ("x",))
    apart = defined(indicator("x"), steps=(ShareOfBest(100.0, within="period"),), **RAW)
    by_scales = defined(indicator("x"), steps=(ShareOfBest(100.0),), scales="per_period", **RAW)
    together = defined(indicator("x"), steps=(ShareOfBest(100.0),), **RAW)

    assert scores(apart, table) == [50, 100, 25, 100]
    assert scores(by_scales, table) == [50, 100, 25, 100]
    assert scores(together, table) == [20, 40, 25, 100]


def test_ranks_are_taken_within_each_period() -> None:
    cells = {
        ("A", "2020"): [5.0], ("A", "2021"): [1.0], ("B", "2020"): [4.0],
        ("B", "2021"): [9.0], ("C", "2021"): [1.0], ("D", "2020"): [NAN],
    }  # fmt: skip
    result = build(defined(indicator("x"), **RAW), panel_of(cells, ("x",)))

    assert result.rank().tolist() == [1, 2, 2, 1, 2, 0]
    assert result.of_period("2020").ranked() == 2
    assert result.of_period("2021").ranked() == 3


def test_pairs_are_compared_within_each_period() -> None:
    cells = {("A", "1"): [1.0, 1.0], ("B", "1"): [2.0, 2.0], ("A", "2"): [8.0, 9.0],
             ("B", "2"): [7.0, 6.0]}  # fmt: skip
    definition = defined(indicator("x"), indicator("y"), aggregation=Copeland(), **RAW)
    result = build(definition, panel_of(cells, ("x", "y")))
    alone = [build(definition, result.plan.table.of_period(one)).score() for one in ("1", "2")]

    assert_allclose(result.score(), np.concatenate(alone))
    assert result.rank().tolist() == [2, 1, 1, 2]


def weighted(**own: Any) -> Any:
    """Two indicators, 1 to 3; the first counts as much as the second in 2021."""
    x = indicator("x", weight=1.0, period_weights=(("2021", 3.0),))
    return defined(x, indicator("y", weight=3.0), **RAW, **own)


def test_weights_may_differ_between_periods() -> None:
    cells = {("A", "2020"): [0.0, 8.0], ("A", "2021"): [0.0, 8.0]}

    assert scores(weighted(), panel_of(cells, ("x", "y"))) == [6.0, 4.0]


def test_what_is_enough_is_told_by_the_weights_of_the_period() -> None:
    cells = {("A", "2020"): [7.0, NAN], ("A", "2021"): [7.0, NAN], ("B", "2020"): [1.0, 5.0],
             ("B", "2021"): [1.0, 5.0]}  # fmt: skip
    definition = weighted(min_available=Availability(at_least=0.5))

    assert_array_equal(scores(definition, panel_of(cells, ("x", "y"))), [NAN, 7.0, 4.0, 3.0])


def test_screening_counts_by_the_weights_of_the_period() -> None:
    x = indicator("x", period_weights=(("2021", 0.0),))
    cells = {("A", "2020"): [1.0, 1.0], ("A", "2021"): [NAN, 2.0], ("B", "2020"): [NAN, 3.0],
             ("B", "2021"): [5.0, NAN]}  # fmt: skip
    definition = defined(x, indicator("y"), screening=Screening(at_least=0.9), **RAW)
    result = build(definition, panel_of(cells, ("x", "y")))

    assert result.leaves.coverage.tolist() == [1.0, 1.0, 0.5, 0.0]
    assert result.leaves.ranked.tolist() == [True, True, False, False]
    assert result.score()[:2].tolist() == [1.0, 2.0]


SERIES = {
    ("A", "2018"): [1.0], ("A", "2019"): [NAN], ("A", "2021"): [4.0],
    ("B", "2018"): [NAN], ("B", "2019"): [6.0], ("B", "2021"): [NAN],
}  # fmt: skip


@pytest.mark.parametrize(
    ("imputation", "expected"),
    [
        (Latest(), [1, 1, 4, NAN, 6, 6]),
        (Latest(backward=True), [1, 1, 4, 6, 6, 6]),
        (Latest(limit=1), [1, 1, 4, NAN, 6, NAN]),
        (Linear(), [1, 2, 4, NAN, 6, NAN]),
        (Linear(ends="nearest"), [1, 2, 4, 6, 6, 6]),
    ],
)
@pytest.mark.parametrize("scales", ["pooled", "per_period"])
def test_gaps_are_filled_over_time(imputation, expected, scales) -> None:
    definition = defined(indicator("x"), imputation=imputation, scales=scales, **RAW)
    result = build(definition, panel_of(SERIES, ("x",)))

    assert_array_equal(result.score(), expected)
    gaps = np.isnan([row[0] for row in SERIES.values()]) & ~np.isnan(expected)
    assert_array_equal(result.leaves.imputed[:, 0], gaps)


def test_a_median_is_taken_within_each_period_where_scales_are() -> None:
    cells = {("A", "1"): [1.0], ("B", "1"): [3.0], ("C", "1"): [NAN], ("A", "2"): [10.0],
             ("B", "2"): [30.0], ("C", "2"): [NAN]}  # fmt: skip
    apart = defined(indicator("x"), imputation=Median(), scales="per_period", **RAW)
    pooled = defined(indicator("x"), imputation=Median(), **RAW)

    assert scores(apart, panel_of(cells, ("x",))) == [1, 3, 2, 10, 30, 20]
    assert scores(pooled, panel_of(cells, ("x",)))[2] == 6.5


def test_one_period_is_as_no_panel() -> None:
    table = panel_of({("A", "2020"): [1.0], ("B", "2020"): [3.0]}, ("x",))
    definition = defined(indicator("x"), normalisation=replace(PERCENT, within="period"))
    result = build(definition, table)
    without = build(definition, replace(table, periods=()))

    assert result.periods == ("2020",)
    assert without.periods == ()
    assert result.score().tolist() == without.score().tolist() == [0, 100]
    assert result.of_period().rank().tolist() == without.of_period().rank().tolist() == [2, 1]


@pytest.mark.parametrize(
    ("periods", "ordered"),
    [
        (("10", "9", "100"), ("9", "10", "100")),
        (("2020.5", "2020", "2019"), ("2019", "2020", "2020.5")),
        (("2020/21", "2019/20"), ("2019/20", "2020/21")),
        (("-5", "3"), ("-5", "3")),
        (("nan", "1"), ("1", "nan")),
    ],
)
def test_periods_stand_in_the_order_of_time(periods, ordered) -> None:
    table = panel_of({("A", one): [float(place)] for place, one in enumerate(periods)}, ("x",))
    result = build(defined(indicator("x"), imputation=Latest(), **RAW), table)

    assert result.periods == ordered
    assert table.periods[table.row("A")] == ordered[-1]
    last = result.of_period()
    assert last.score().tolist() == [float(periods.index(ordered[-1]))]


def test_a_gap_takes_the_earlier_period_though_its_name_comes_later() -> None:
    cells = {("A", "10"): [NAN], ("A", "9"): [3.0], ("A", "11"): [5.0]}
    definition = defined(indicator("x"), imputation=Latest(), **RAW)

    assert scores(definition, panel_of(cells, ("x",))) == [3, 3, 5]


def test_the_unit_that_others_are_compared_to_is_taken_in_its_last_period() -> None:
    cells = {("R", "10"): [8.0], ("R", "9"): [4.0], ("A", "9"): [2.0], ("A", "10"): [2.0]}
    method = DistanceToReference("R", form="ratio", to=(0, 1))
    table = panel_of(cells, ("x",))

    assert scores(defined(indicator("x"), normalisation=method), table) == [1, 0.5, 0.25, 0.25]
    apart = defined(indicator("x"), normalisation=method, scales="per_period")
    assert scores(apart, table) == [1, 1, 0.5, 0.25]


def test_a_unit_has_rows_only_for_its_own_periods() -> None:
    table = panel_of({("A", "1"): [1.0], ("B", "1"): [2.0], ("B", "2"): [3.0]}, ("x",))
    result = build(defined(indicator("x"), **RAW), table)

    assert result.of_period("1").units == ("A", "B")
    assert result.of_period("2").units == ("B",)
    assert table.of_period("2").units == ("B",)
    with pytest.raises(KeyError):
        result.of_period("3")
    with pytest.raises(KeyError):
        table.of_period("3")


def test_data_frames_of_panels_name_the_periods() -> None:
    table = panel_of(TWO_YEARS, ("x",))
    ranking = build(defined(indicator("x"), **RAW), table).ranking()

    assert table.to_frame().loc[("B", "2021"), "x"] == 20
    assert ranking["period"].tolist() == ["2020", "2020", "2021", "2021"]
    assert ranking["rank"].tolist() == [1, 2, 1, 2]
    assert ranking.index.tolist() == ["B", "A", "B", "A"]


def drawn(seed: int = 0, gaps: float = 0.2) -> tuple[Any, DataTable]:
    """Return an unbalanced panel of 12 units and 4 years with gaps, and a tree of two levels."""
    random = np.random.default_rng(seed)
    cells: dict[tuple[str, str], list[float]] = {}
    for unit in range(12):
        for year in range(2018, 2022):
            values = random.uniform(1, 100, 4)
            values[random.random(4) < gaps] = NAN
            if random.random() > 0.1:
                cells[f"u{unit:02}", str(year)] = values.tolist()
    one = Node(code="one", name="One", children=(indicator("a"), indicator("b", polarity=-1)))
    c = indicator("c", period_weights=(("2019", 2.0), ("2020", 0.0)))
    two = Node(code="two", name="Two", weight=2.0, children=(c, indicator("d", weight=0.5)))
    definition = defined(one, two, imputation=Latest(), aggregate_steps=(Round(1),))
    return definition, panel_of(cells, ("a", "b", "c", "d"))


def test_each_period_is_the_rows_of_the_panel() -> None:
    definition, table = drawn()
    result = build(definition, table)
    for period in result.periods:
        rows = np.flatnonzero(np.array(table.periods) == period)
        part = result.of_period(period)

        assert part.periods == ()
        assert part.units == tuple(table.units[row] for row in rows)
        assert_array_equal(part.scores, result.scores[:, rows])
        assert_array_equal(part.ranks, result.ranks[:, rows])
        assert_array_equal(part.leaves.values, result.leaves.values[rows])
        assert_array_equal(evaluate(part.plan, part.leaves), part.scores[0])


def test_one_period_on_the_frozen_scale_keeps_what_came_from_other_periods() -> None:
    part = build(*drawn(gaps=0.4)).of_period("2021")
    again = prepare(part.plan, fitted=part.leaves)

    assert part.leaves.imputed.any()
    assert_array_equal(again.values, part.leaves.values)
    assert_array_equal(again.imputed, part.leaves.imputed)
    assert_array_equal(again.present, part.leaves.present)
    assert_array_equal(evaluate(part.plan, again), part.scores[0])


def test_a_scenario_in_one_period_changes_the_row_that_it_names() -> None:
    part = build(*drawn()).of_period("2021")
    values = part.plan.table.values.copy()
    values[3] = [1.0, 100.0, NAN, 1.0]
    seen = ~np.isnan(part.plan.table.values[3, 2])
    again = prepare(part.plan, fitted=part.leaves, table=replace(part.plan.table, values=values))
    others = np.arange(len(values)) != 3

    assert_array_equal(again.values[others], part.leaves.values[others])
    assert not np.array_equal(again.values[3], part.leaves.values[3])
    assert np.isnan(again.values[3, 2]) == seen  # taken away, and not filled with what it was


def test_many_weights_give_each_period_its_own_scores() -> None:
    definition, table = drawn()
    plan = bind(definition.model_copy(update={"method": MethodSpec(imputation=Latest())}), table)
    leaves = prepare(plan)
    weights = np.random.default_rng(1).uniform(0.1, 2, (5, len(plan.nodes) - 1))
    found = evaluate(plan, leaves, weights)[..., plan.root]
    by_hand = np.full(found.shape, NAN)
    factors = plan.factors if plan.factors is not None else np.ones((1, 1))
    for row in range(len(table.units)):
        sums = {}
        for number, node in enumerate(plan.nodes):
            if not node.children:
                sums[number] = np.full(5, leaves.values[row, node.leaf])
                continue
            there = [child for child in node.children if leaves.present[row, child]]
            own = weights[:, there] * factors[row, there]
            values = np.stack([sums[child] for child in there] or [np.zeros(5)], axis=1)
            if leaves.present[row, number]:
                counted = np.where(own > 0, values, 0.0)
                sums[number] = (own * counted).sum(axis=1) / own.sum(axis=1)
            else:
                sums[number] = np.full(5, NAN)
        by_hand[:, row] = sums[plan.root]

    assert_allclose(found, by_hand, rtol=1e-12)
    assert_allclose(compile_node(plan, leaves).scores(weights), by_hand, rtol=1e-12)


def test_blocks_of_a_panel_are_the_same_for_any_number_of_workers() -> None:
    definition, table = drawn()
    plan = bind(definition, table)
    leaves = prepare(plan)
    weights = np.random.default_rng(2).uniform(0.1, 2, (3 * BLOCK + 7, len(plan.nodes) - 1))
    runs = [
        run_blocks(weighted_scores(plan, leaves, given_weights(weights)), len(weights),
                   [StoredScores()], workers=workers).kept[0] for workers in (1, 2, 3)
    ]  # fmt: skip

    assert_array_equal(runs[0], runs[1])
    assert_array_equal(runs[0], runs[2])
    assert_allclose(runs[0][:3], evaluate(plan, leaves, weights[:3])[..., plan.root], rtol=1e-12)


CHANGING = {
    ("A", "2019"): [1.0, NAN], ("B", "2019"): [2.0, NAN],
    ("A", "2020"): [1.0, 3.0], ("B", "2020"): [2.0, NAN],
    ("A", "2021"): [1.0, NAN], ("B", "2021"): [2.0, NAN],
}  # fmt: skip


def refused(definition: Any, cells: Any = CHANGING) -> Any:
    with pytest.raises(BindError) as caught:
        bind(definition, panel_of(cells, ("x", "y")))
    (finding,) = caught.value.findings
    return finding


def test_a_tree_that_changes_over_time_is_refused_with_the_ways_out() -> None:
    finding = refused(defined(indicator("x"), indicator("y"), **RAW))

    assert (finding.id, finding.place) == ("panel-tree-changes", "y")
    assert "y has no value at all in 2019 and 2021, and values in 2020" in finding.sentence
    assert "`data.periods: [2020]`" in finding.remedy
    assert "`period_weights: {2019: 0, 2021: 0}`" in finding.remedy
    assert "`imputation: latest`" in finding.remedy


def test_a_tree_may_change_where_the_weights_say_so() -> None:
    y = indicator("y", period_weights=(("2019", 0.0), ("2021", 0.0)))
    table = panel_of(CHANGING, ("x", "y"))

    whole = defined(indicator("x"), y, min_available=Availability(at_least=1), **RAW)
    assert_array_equal(scores(whole, table), [1, 2, 2, NAN, 1, 2])
    part = refused(defined(indicator("x"), indicator("y", period_weights=(("2019", 0.0),)), **RAW))
    assert "no value at all in 2021" in part.sentence


def test_a_whole_pillar_may_come_later() -> None:
    pillar = Node(
        code="p",
        name="P",
        children=(indicator("y"),),
        period_weights=(("2019", 0.0), ("2021", 0.0)),
    )
    result = build(defined(indicator("x"), pillar, **RAW), panel_of(CHANGING, ("x", "y")))

    assert_array_equal(result.of_period("2021").score(), [1, 2])


def test_what_is_filled_over_time_is_there() -> None:
    late = defined(indicator("x"), indicator("y", imputation=Latest()), **RAW)
    assert "no value at all in 2019, and values in 2020 and 2021" in refused(late).sentence
    both = defined(indicator("x"), indicator("y", imputation=Linear(ends="nearest")), **RAW)
    assert_array_equal(
        build(both, panel_of(CHANGING, ("x", "y"))).leaves.values[:, 1], [3, NAN, 3, NAN, 3, NAN]
    )


def test_what_does_not_count_may_change() -> None:
    screened = Screening(indicators_at_least=0.5)
    table = panel_of(CHANGING, ("x", "y"))

    assert scores(defined(indicator("x"), indicator("y", weight=0.0), **RAW), table)[0] == 1
    left_out = defined(indicator("x"), indicator("y"), screening=screened, **RAW)
    assert bind(left_out, table).findings[0].id == "indicator-screened-out"
    no_panel = bind(defined(indicator("x"), indicator("y"), **RAW), replace(table, periods=()))
    assert "panel-tree-changes" not in {one.id for one in no_panel.findings}


def test_weights_in_periods_that_are_not_there_are_told() -> None:
    x = indicator("x", period_weights=(("2012", 0.0),))
    findings = bind(defined(x), panel_of(TWO_YEARS, ("x",))).findings
    finding = next(one for one in findings if one.id == "period-weights-unused")
    assert finding.place == "x"
    assert "2012" in finding.sentence
