"""The masked-cell check: on data whose answer is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal
from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error

from rankscope.analyses.imputation_check import AS_DEFINED, ImputationCheck, check_imputation
from rankscope.analyses.masked_cells import ALL, accuracy, trial_of
from rankscope.data.table import DataTable, Status
from rankscope.errors import MethodError
from rankscope.methods.imputation import (
    Constant,
    HotDeck,
    Imputation,
    Mean,
    Median,
    NoImputation,
    Regression,
)
from rankscope.pipeline import Plan, bind
from tests.support.indices import FLAT, TWO_LEVELS, make_index

NAN = np.nan


def one_factor(rows: int = 150, noise: float = 0.5) -> Plan:
    """Return an index of three indicators whose correlations are 1 / (1 + noise²)."""
    index = make_index(framework=FLAT, units=rows, own=True)
    rng = np.random.default_rng(5)
    values = rng.normal(50, 10, (rows, 1)) + noise * rng.normal(0, 10, (rows, 3))
    return bind(index.definition, with_values(index.table, values))


def with_values(table: DataTable, values: np.ndarray) -> DataTable:
    whole = table.values.copy()
    whole[:, : values.shape[1]] = values
    status = np.where(np.isnan(whole), Status.MISSING, Status.OBSERVED).astype(np.int64)
    return replace(table, values=whole, status=status)


def test_regression_beats_the_mean_by_what_the_correlation_says() -> None:
    """Two predictors with correlation r to all leave 1 - 2r²/(1 + r) of the variance."""
    found = check_imputation(
        one_factor(), [Mean(), Regression(), HotDeck()], share=0.02, repeats=60
    )
    mean, regression, donor = found.overall
    correlation = 1 / 1.25
    left = 1 - 2 * correlation**2 / (1 + correlation)

    assert mean.error == pytest.approx(1.0, abs=0.1)
    assert regression.error == pytest.approx(np.sqrt(left), abs=0.08)
    assert regression.explained == pytest.approx(1 - left, abs=0.08)
    assert regression.correlation == pytest.approx(np.sqrt(1 - left), abs=0.06)
    assert abs(regression.bias) < 0.06
    assert donor.error == pytest.approx(np.sqrt(2), abs=0.15)
    assert found.best == "regression"
    assert found.rank_shifts[1] < found.rank_shifts[0] < found.rank_shifts[2]


def test_what_can_be_known_without_error_has_no_error_and_moves_no_rank() -> None:
    index = make_index(framework=FLAT, units=40, own=True)
    column = np.random.default_rng(0).uniform(1, 9, 40)
    plan = bind(
        index.definition,
        with_values(index.table, np.column_stack([column, 2 * column, 9 - column])),
    )
    found = check_imputation(plan, [Regression(within_range=False)], share=0.03, repeats=5)

    assert found.overall[0].error < 1e-12
    assert found.overall[0].explained == pytest.approx(1.0)
    assert found.rank_shifts == (0.0,)


def test_the_measures_are_those_of_scikit_learn() -> None:
    rng = np.random.default_rng(0)
    true, imputed = rng.normal(size=30), rng.normal(size=30)
    found = accuracy("m", "i", np.append(true, 0.0), np.append(imputed, NAN))

    assert found.error == pytest.approx(root_mean_squared_error(true, imputed))
    assert found.absolute_error == pytest.approx(mean_absolute_error(true, imputed))
    assert found.explained == pytest.approx(r2_score(true, imputed))
    assert found.correlation == pytest.approx(np.corrcoef(true, imputed)[0, 1])
    assert found.bias == pytest.approx((imputed - true).mean())
    assert (found.cells, found.filled) == (31, pytest.approx(30 / 31))


@pytest.mark.parametrize("imputed", [[], [NAN], [1.0], [1.0, 1.0]])
def test_few_cells_make_no_noise(imputed: list[float]) -> None:
    found = accuracy("m", "i", np.ones(len(imputed)), np.array(imputed))

    assert np.isnan(found.correlation)
    assert np.isnan(found.explained)


def test_the_constant_by_hand() -> None:
    """Each indicator is 0 or 10: a filling of 10 is right, or wrong by the whole range."""
    index = make_index(framework=FLAT, units=100, own=True)
    values = np.tile([[0.0], [10.0]], (50, 3))
    plan = bind(index.definition, with_values(index.table, values))
    found = check_imputation(plan, [Constant(10.0)], share=0.3, repeats=30).overall[0]
    deviation = np.std(values[:, 0], ddof=1)

    assert found.error**2 == pytest.approx(0.5 * (10 / deviation) ** 2, rel=0.15)
    assert found.absolute_error == pytest.approx(found.bias)
    assert np.isnan(found.correlation)


@pytest.mark.parametrize("share", [0.01, 0.3, 0.99])
def test_of_each_indicator_a_share_is_hidden_and_two_values_stay(share: float) -> None:
    index = make_index(units=25, gaps=0.3, seed=3)
    trial = trial_of(bind(index.definition, index.table))
    mask = trial.mask(share, np.random.default_rng(0))
    observed = trial.eligible.sum(axis=0)

    assert not mask[~trial.eligible].any()
    assert_array_equal(
        mask.sum(axis=0), np.clip(np.round(share * observed), 1, observed - 2).astype(int)
    )
    hidden = trial.table(mask)
    assert (hidden.status == Status.MISSING).sum() - (
        index.table.status == Status.MISSING
    ).sum() == mask.sum()


def test_zeros_from_a_census_and_constants_are_left_alone() -> None:
    index = make_index(framework=FLAT, units=10)
    status = index.table.status.copy()
    values = index.table.values.copy()
    status[:, 0], values[:, 0], values[:, 1] = Status.ABSENT, 0.0, 7.0
    table = replace(index.table, status=status, values=values)
    trial = trial_of(bind(index.definition, table))

    assert trial.eligible.any(axis=0).tolist() == [False, False, True]


def test_errors_are_on_denominated_values() -> None:
    """Per head all districts are alike but for noise: the mean is nearly right."""
    index = make_index(framework=TWO_LEVELS, units=80, own=True)
    values = index.table.values.copy()
    column = index.table.columns.index("a")
    people = index.table.columns.index("people_living")
    rates = np.random.default_rng(0).normal(5, 1, 80)
    values[:, column] = rates * values[:, people] / 1000
    found = check_imputation(
        bind(index.definition, replace(index.table, values=values)), [Mean()], repeats=20
    )
    own = next(one for one in found.by_indicator if one.indicator == "a")

    assert own.error == pytest.approx(1.0, abs=0.25)  # of their own deviation, which is 1 per 1000


def test_screening_is_judged_on_the_data_as_published() -> None:
    index = make_index(
        framework=FLAT,
        units=30,
        gaps=0.2,
        method={"screening": {"by": "count", "at_least": 0.9}},
    )
    plan = bind(index.definition, index.table)
    whole = ~np.isnan(index.table.values[:, :3]).any(axis=1)
    trial = trial_of(plan)

    assert_array_equal(trial.ranked, whole)
    assert not trial.eligible[~whole].any()
    assert check_imputation(plan, [Mean()], repeats=3, share=0.5).rank_shifts[0] > 0


def outcome(methods: list[Imputation | None], seed: int = 0, repeats: int = 3) -> ImputationCheck:
    index = make_index(units=30, gaps=0.1)
    return check_imputation(index.build(), methods, repeats=repeats, seed=seed)


def test_the_same_seed_gives_the_same_bits_whatever_else_is_tried() -> None:
    alone, together = outcome([Regression()]), outcome([HotDeck(), Regression()])

    assert alone == outcome([Regression()])
    assert alone.overall[0] == together.overall[1]
    assert alone.rank_shifts[0] == together.rank_shifts[1]
    assert alone.overall != outcome([Regression()], seed=1).overall


def test_the_frame_has_a_row_a_method_and_indicator() -> None:
    found = outcome([None, Median(within="region")])
    frame = found.frame()

    assert found.methods == (AS_DEFINED, "median (within region)")
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.index[:2]) == [(label, ALL) for label in found.methods]
    assert len(frame) == 2 * (1 + 5)
    assert frame["rank_shift"].notna().sum() == 2
    assert frame.loc[(AS_DEFINED, "a"), "cells"] == found.by_indicator[0].cells


def test_gaps_that_stay_are_counted_and_not_judged() -> None:
    found = outcome([NoImputation(), Mean()])

    assert found.overall[0].filled == 0
    assert np.isnan(found.overall[0].error)
    assert found.best == "mean"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"methods": []}, "at least one imputation to try, got none"),
        ({"methods": [Mean(), Mean()]}, "mean is to be tried twice"),
        ({"share": 0.0}, "share must be a number between 0 and 1, got 0.0"),
        ({"repeats": 0}, "repeats must be a whole number of at least 1, got 0"),
    ],
)
def test_what_can_not_be_checked_is_refused(given: dict[str, object], sentence: str) -> None:
    with pytest.raises(MethodError, match=sentence):
        check_imputation(make_index().build(), **{"methods": [Mean()], **given})  # type: ignore[arg-type]
