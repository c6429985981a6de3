"""From the table to the leaves: screening, denominators, frozen scales, units masked out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.data.table import DataTable, Status, plain_table
from rankscope.definition.model import Screening, Variable
from rankscope.methods.imputation import Median, NearestNeighbours, NoImputation
from rankscope.methods.normalisation import Goalposts, MinMax, PercentileRank, ZScore
from rankscope.methods.treatment import Log, NoTreatment, SkewKurtosis, Winsorise
from rankscope.pipeline import Choice, bind, build, evaluate, prepare
from rankscope.testing import indices
from tests.pipeline.test_bind import defined, indicator, table

if TYPE_CHECKING:
    from rankscope.methods.base import Stage

NAN = np.nan
METHODS: list[dict[str, Stage]] = [
    {"imputation": NearestNeighbours(2), "treatment": Log("smallest")},
    {"treatment": SkewKurtosis(), "normalisation": ZScore()},
    {"treatment": Winsorise(0.1, 0.9), "normalisation": PercentileRank()},
    {"imputation": Median(within="region"), "treatment": Log("range")},
]


def grouped(index: Any) -> tuple[Any, DataTable]:
    """Give the units of an index a region, one of which holds a single unit."""
    definition, data = index
    names = tuple("xy"[row % 2] if row else "alone" for row in range(len(data.units)))
    region = Variable(code="region", name="Region", kind="group")
    return (
        definition.model_copy(update={"context": (region,)}),
        replace(data, labels=(("region", names),)),
    )


@pytest.mark.parametrize("methods", METHODS, ids=str)
@given(index=indices(), seed=st.integers(0, 99))
def test_a_unit_masked_out_is_as_one_deleted(
    methods: dict[str, Any], index: Any, seed: int
) -> None:
    plan = bind(*grouped(index))
    rows = np.random.default_rng(seed).random(len(plan.table.units)) < 0.7
    rows[1:3] = True
    masked = prepare(plan, Choice(**methods), rows=rows)
    shorter = bind(plan.definition, plan.table.of_rows(np.flatnonzero(rows)))
    deleted = prepare(shorter, Choice(**methods))

    assert np.isnan(masked.values[~rows]).all()
    assert_allclose(masked.values[rows], deleted.values, rtol=1e-9, atol=1e-9)
    assert_allclose(evaluate(plan, masked)[rows], evaluate(shorter, deleted), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("methods", METHODS, ids=str)
@given(index=indices(), seed=st.integers(0, 99))
def test_frozen_stages_change_only_the_rows_whose_data_change(
    methods: dict[str, Any], index: Any, seed: int
) -> None:
    plan = bind(*grouped(index))
    before = prepare(plan, Choice(**methods))
    values = plan.table.values.copy()
    values[0] *= np.random.default_rng(seed).uniform(0.5, 2, values.shape[1])
    after = prepare(plan, table=replace(plan.table, values=values), fitted=before)

    assert_allclose(after.values[1:], before.values[1:], rtol=1e-9, atol=1e-9)
    for name in ("imputation", "treatment", "normalisation"):
        assert after.record(name).fitted is before.record(name).fitted


def test_refitted_the_scale_moves_and_frozen_it_does_not() -> None:
    plan = bind(defined(indicator("a"), indicator("b")), table(a=[0, 5, 10], b=[1, 2, 3]))
    doubled = replace(plan.table, values=plan.table.values * [2, 1])
    frozen = prepare(plan, table=doubled, fitted=prepare(plan))

    assert_array_equal(frozen.values[:, 0], [0, 100, 200])
    assert_array_equal(prepare(plan, table=doubled).values[:, 0], [0, 50, 100])


def test_a_denominator_divides_and_one_that_is_not_positive_leaves_a_gap() -> None:
    definition = defined(indicator("a", "count", denominator="pop", per=1000), indicator("b"))
    data = plain(a=[2, 3, 4, 5, 6], pop=[10, 0, NAN, -5, 3], b=[1, 2, 3, 4, 5])
    found = prepare(bind(definition, data)).record("denomination").matrix

    assert_allclose(found[:, 0], [200, NAN, NAN, NAN, 2000])


def plain(**columns: list[float]) -> DataTable:
    rows = len(next(iter(columns.values())))
    return plain_table(
        tuple(f"u{i}" for i in range(rows)), tuple(columns), np.array(list(columns.values())).T
    )


SCREENED = plain(a=[1, 2, 3, NAN], b=[1, NAN, NAN, 4], c=[1, 2, NAN, 4])


@pytest.mark.parametrize(
    ("by", "at_least", "ranked"),
    [
        ("count", "2/3", [True, True, False, True]),
        ("count", 0.7, [True, False, False, False]),
        ("weight", "2/3", [True, True, True, False]),
        ("weight", 0.8, [True, True, False, False]),
        ("weight", 0, [True, True, True, True]),
    ],
)
def test_screening_by_weight_and_by_count(by: str, at_least: Any, ranked: list[bool]) -> None:
    children = (indicator("a", weight=8), indicator("b", weight=2), indicator("c", weight=2))
    rule = Screening(by=by, at_least=at_least)
    leaves = prepare(bind(defined(*children, screening=rule), SCREENED))

    assert_array_equal(leaves.ranked, ranked)
    assert np.isnan(leaves.values[~leaves.ranked]).all()


def test_a_scale_is_fitted_on_the_units_screened_in() -> None:
    rule = Screening(by="count", at_least=1)
    data = plain(a=[1, 2, 3, 99], b=[1, 2, 3, NAN])
    leaves = prepare(bind(defined(indicator("a"), indicator("b"), screening=rule), data))

    assert_array_equal(leaves.values[:, 0], [0, 50, 100, NAN])


def test_zeros_of_a_census_count_neither_way() -> None:
    data = plain(a=[0, 0, 5], b=[1, NAN, 2], c=[1, 2, 3])
    status = data.status.copy()
    status[:2, 0] = Status.ABSENT
    children = (indicator("a", "count", absent_is_zero=True), indicator("b"), indicator("c"))
    leaves = prepare(bind(defined(*children), replace(data, status=status)))

    assert_array_equal(leaves.coverage, [1, 1 / 2, 1])
    assert_array_equal(leaves.values[:, 0], [0, 0, 100])


def test_imputed_cells_are_flagged_and_no_others() -> None:
    plan = bind(defined(indicator("a"), indicator("b")), plain(a=[1, NAN, 3, 4], b=[2, 3, 4, NAN]))
    leaves = prepare(plan, Choice(imputation=NearestNeighbours(1)))

    assert_array_equal(leaves.imputed, np.isnan(plan.table.values))
    assert not np.isnan(leaves.values).any()
    assert not prepare(plan).imputed.any()


def test_an_indicator_has_its_own_methods() -> None:
    own = {
        "imputation": NearestNeighbours(1),
        "treatment": Log("smallest"),
        "normalisation": MinMax((0, 1)),
    }
    children = (indicator("a", **own), indicator("b"), indicator("c", polarity=-1))
    columns = {"a": [1, 3, NAN, 7], "b": [1, 2, 2, 3], "c": [4, 5, 6, 8]}
    leaves = prepare(bind(defined(*children), plain(**columns)))

    assert_allclose(leaves.record("treatment").matrix[0], [np.log(2), 1, 4])
    assert_allclose(leaves.values[0], [0, 0, 100])
    assert "logarithm" in leaves.record("treatment").explain(0, 0)
    assert leaves.record("treatment").explain(1, 0) == "left as it is"


@pytest.mark.parametrize("imputation", [NoImputation(), Median(within="region")], ids=str)
@pytest.mark.parametrize(
    "treatment", [NoTreatment(), Log("smallest"), Winsorise(), SkewKurtosis()], ids=str
)
@pytest.mark.parametrize("normalisation", [MinMax(), ZScore(), PercentileRank()], ids=str)
def test_when_nobody_is_ranked_nobody_has_a_score(
    imputation: Any, treatment: Any, normalisation: Any
) -> None:
    data = replace(table(a=[1, 2, 3], b=[1, 2, 3]), labels=(("region", ("x", "y", "")),))
    plan = bind(defined(indicator("a"), indicator("b")), data)
    choice = Choice(imputation, treatment, normalisation)
    leaves = prepare(plan, choice, rows=np.zeros(3, dtype=bool))

    assert np.isnan(evaluate(plan, leaves)).all()


def test_a_unit_without_any_value_has_no_rank() -> None:
    result = build(defined(indicator("a"), indicator("b")), plain(a=[1, NAN, 3], b=[4, NAN, 2]))

    assert result.rank().tolist() == [1, 0, 1]
    assert result.ranking().index.tolist() == ["u0", "u2"]


@pytest.mark.parametrize(
    ("treatment", "middle"), [(Log("none"), 10), (Winsorise(0, 0.5), 50.5), (NoTreatment(), 50.5)]
)
def test_goalposts_are_in_the_indicators_own_units_whatever_the_treatment(
    treatment: Any, middle: float
) -> None:
    child = indicator("a", goalposts=(1, 100), normalisation=Goalposts(), treatment=treatment)
    leaves = prepare(bind(defined(child, indicator("b")), plain(a=[1, middle, 100], b=[1, 2, 3])))

    assert leaves.values[:2, 0] == pytest.approx([0, 50])
