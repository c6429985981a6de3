"""Weights by groups of units, children that are required, and scales learnt from a base."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose

from rankscope.data.table import DataTable, plain_table
from rankscope.definition.model import IndexDefinition, Variable
from rankscope.errors import BindError
from rankscope.pipeline import build, evaluate

NAN = np.nan


def defined(*children: dict[str, Any], **method: Any) -> IndexDefinition:
    return IndexDefinition.model_validate(
        {
            "name": "t",
            "title": "T",
            "data": {"file": "x.csv"},
            "units": {"register": "own"},
            "context": [{"code": "stage", "name": "Stage", "kind": "group"}],
            "framework": {"code": "r", "name": "R", "children": children},
            "method": {"normalisation": "none", **method},
        }
    )


def leaf(code: str, **own: Any) -> dict[str, Any]:
    return {"code": code, "name": code.upper(), "kind": "interval", **own}


def table(stage: tuple[str, ...] = (), **columns: list[float]) -> DataTable:
    values = np.array(list(columns.values()), dtype=float).T
    plain = plain_table(tuple(f"u{row}" for row in range(len(values))), tuple(columns), values)
    return replace(plain, labels=(("stage", stage),) if stage else ())


STAGED = leaf("a", weight=50, weights_by="stage", group_weights={"poor": 60, "rich": 20})


def test_weights_differ_between_groups_of_units() -> None:
    data = table(("poor", "rich", "middle"), a=[10, 10, 10], b=[0, 0, 0])
    definition = defined(
        STAGED, leaf("b", weight=40, weights_by="stage", group_weights={"rich": 80})
    )

    assert_allclose(build(definition, data).score(), [6, 2, 10 * 50 / 90])


def test_the_product_and_the_climb_agree_on_weights_by_group() -> None:
    definition = defined(STAGED, leaf("b", weight=50), leaf("c", weight=30))
    rng = np.random.default_rng(0)
    data = table(
        ("poor", "rich", "middle") * 5, a=rng.random(15), b=rng.random(15), c=rng.random(15)
    )
    result = build(definition, data)
    drawn = rng.uniform(0.5, 2, (7, 3))
    factor = np.array([60 / 50, 20 / 50, 1] * 5)

    scores = evaluate(result.plan, result.leaves, drawn)[..., -1]
    for draw, weights in enumerate(drawn):
        own = np.tile(weights, (15, 1))
        own[:, 0] *= factor
        expected = (data.values * own).sum(axis=1) / own.sum(axis=1)
        assert_allclose(scores[draw], expected, rtol=1e-12)


def test_a_grouping_without_a_column_is_refused() -> None:
    with pytest.raises(BindError, match="no column 'stage'"):
        build(defined(STAGED, leaf("b")), table(a=[1, 2], b=[1, 2]))


def test_without_a_required_child_there_is_no_score() -> None:
    definition = defined(
        leaf("a", required=True), leaf("b"), leaf("c"), min_available={"at_least": 0.3}
    )
    result = build(definition, table(a=[1, NAN, 3], b=[1, 2, NAN], c=[1, 2, NAN]))

    assert_allclose(result.score(), [1, NAN, 3])


def test_scales_are_learnt_from_base_units() -> None:
    definition = defined(leaf("a"), normalisation="min_max", base_units=["u0", "u1"])

    assert_allclose(build(definition, table(a=[0, 10, 20])).score(), [0, 100, 200])


def test_a_base_that_is_not_there_is_refused() -> None:
    with pytest.raises(BindError, match=r"method\.base_units names 'u9'"):
        build(defined(leaf("a"), base_units=["u9"]), table(a=[0, 10]))


def test_groupings_are_crossed() -> None:
    definition = defined(leaf("a"), normalisation={"method": "rank", "within": ["stage", "period"]})
    assert definition.method.normalisation.within == "stage, period"
    data = replace(
        table(("x", "x", "y", "y", "x", "x"), a=[1, 2, 3, 4, 5, 4]),
        units=("u", "v", "w", "z", "u", "v"),
        periods=("2020",) * 4 + ("2021",) * 2,
    )
    panel = definition.model_copy(
        update={"data": definition.data.model_copy(update={"period_column": "year"})}
    )

    assert build(panel, data).score().tolist() == [1, 2, 1, 2, 2, 1]


def test_scales_per_period_hold_within_a_group_too() -> None:
    definition = defined(
        leaf("a"), normalisation={"method": "rank", "within": "stage"}, scales="per_period"
    )
    panel = definition.model_copy(
        update={"data": definition.data.model_copy(update={"period_column": "year"})}
    )
    data = replace(
        table(("x", "x", "x", "x"), a=[1, 2, 9, 8]),
        units=("u", "v", "u", "v"),
        periods=("2020", "2020", "2021", "2021"),
    )

    assert build(panel, data).score().tolist() == [1, 2, 2, 1]


def test_a_mean_is_judged_by_what_treatment_makes_of_the_values() -> None:
    logged = defined(
        leaf("a", treatment={"method": "log", "offset": "none"}), leaf("b"), aggregation="geometric"
    )
    with pytest.raises(BindError, match="needs positive values"):
        build(logged, table(a=[0.5, 2, 3], b=[1, 2, 3]))
    capped = defined(
        leaf("a", treatment={"method": "cap", "low": 0.1}), leaf("b"), aggregation="geometric"
    )

    assert np.isfinite(build(capped, table(a=[0, 2, 3], b=[1, 2, 3])).score()).all()


def test_a_variable_says_how_much_units_count() -> None:
    scale = {"method": "z_score", "deviation_of": "population", "weighted_by": "people"}
    definition = defined(leaf("a"), normalisation=scale)
    people = Variable(code="people", name="People")
    sized = definition.model_copy(update={"context": (people,)})

    assert_allclose(build(sized, table(a=[0, 4], people=[3, 1])).score(), [-(3**-0.5), 3**0.5])
    with pytest.raises(BindError, match="no column 'people'"):
        build(sized, table(a=[0, 4]))


def test_an_aggregate_may_be_told_relative_to_a_unit() -> None:
    step = {"method": "distance_to_reference", "unit": "u1", "form": "ratio"}
    definition = defined(leaf("a"), leaf("b"), aggregate_steps=[step])

    assert_allclose(build(definition, table(a=[1, 2, 6], b=[1, 2, 2])).score(), [50, 100, 200])
    with pytest.raises(BindError, match="measures by the unit 'u1'"):
        build(definition, table(a=[1], b=[1]))


def test_zeros_under_a_logarithm_are_refused_with_the_offsets_that_help() -> None:
    with pytest.raises(BindError, match="offset: smallest}`, or the offset one or range"):
        build(defined(leaf("a", treatment="log")), table(a=[0, 2, 6]))
