"""Tables that are drawn: errors of the data, and gaps filled by draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.analyses.multiple_imputation import multiple_imputation
from rankscope.analyses.uncertainty import design_of, uncertainty
from rankscope.analyses.uncertainty.factors import method_factors
from rankscope.analyses.uncertainty.realisation import plan_with
from rankscope.analyses.uncertainty.tables import drawn_leaves, with_errors
from rankscope.data.table import Status, plain_table
from rankscope.definition.assumptions import Assumptions, MeasurementError
from rankscope.methods.imputation import Regression
from rankscope.pipeline.prepare import prepare
from tests.support.indices import FLAT, make_index

ROWS = 40_000


def table_of(*columns):
    return plain_table(tuple(map(str, range(ROWS))), ("a", "b"), np.column_stack(columns))


def erring(table, *errors, seed=0):
    return with_errors(table, errors, {"a": 0, "b": 1}, np.random.default_rng(seed)).values


def test_relative_errors_keep_mean_sign_and_zero():
    values = erring(table_of(np.full(ROWS, -50.0), np.zeros(ROWS)), MeasurementError(relative=0.3))

    assert (values[:, 0] < 0).all()
    assert_allclose(values[:, 0].mean(), -50, rtol=0.01)
    assert_allclose(values[:, 0].std(), 15, rtol=0.03)
    assert (values[:, 1] == 0).all()


def test_absolute_errors_are_normal_and_come_on_top():
    both = MeasurementError(indicator="b", relative=0.1, absolute=2.0)
    values = erring(table_of(np.full(ROWS, 7.0), np.full(ROWS, 10.0)), both)

    assert (values[:, 0] == 7).all()  # nobody named an error for it
    assert_allclose(values[:, 1].mean(), 10, atol=0.05)
    assert_allclose(values[:, 1].std(), np.sqrt(1 + 4), rtol=0.02)


def test_an_indicators_own_error_goes_before_the_general_one():
    general, own = MeasurementError(relative=0.2), MeasurementError(indicator="a", absolute=3.0)
    table = table_of(np.full(ROWS, 5.0), np.full(ROWS, 5.0))
    values = erring(table, own, general)

    assert_allclose(values.std(axis=0), [3, 1], rtol=0.03)
    assert_array_equal(values[:, 1], erring(table, general)[:, 1])  # one more changes no other
    assert values[:, 0].min() < 0 < values[:, 1].min()


def test_only_what_was_observed_errs():
    table = table_of(np.full(ROWS, 5.0), np.full(ROWS, 5.0))
    status = table.status.copy()
    status[:3, 0] = Status.IMPUTED, Status.ABSENT, Status.OBSERVED
    values = erring(replace(table, status=status), MeasurementError(absolute=1.0))

    assert_array_equal(values[:3, 0] == 5, [True, True, False])


def test_who_is_ranked_is_judged_on_the_data_as_published():
    """A nought is a nought although its error makes it something else."""
    index = make_index(framework=FLAT, units=6, method={"screening": {"nonzero_at_least": 0.5}})
    values = index.table.values.copy()
    values[2, :3] = 0.0
    result = replace(index, table=replace(index.table, values=values)).build()
    assumed = Assumptions(errors=(MeasurementError(absolute=1.0),))
    found = uncertainty(design_of(result, assumptions=assumed), draws=50)

    assert result.rank()[2] == 0
    assert found.ranks.ranked[2] == 0
    assert (found.ranks.ranked[[0, 1, 3, 4, 5]] == 1).all()
    erred = with_errors(
        result.plan.table, assumed.errors, {"a": 0, "b": 1, "c": 2}, np.random.default_rng(0)
    )
    assert prepare(result.plan, table=erred).ranked[2]  # the broken twin ranks it


def test_multiple_imputation_is_one_factor_of_so_many_tables():
    index = make_index(framework=FLAT, gaps=0.2, method={"imputation": "regression"})
    result = index.build()
    assumed = Assumptions(multiple_imputation=True, tables=25)
    design = design_of(result, assumptions=assumed)
    found = uncertainty(design, draws=5000)
    spread = multiple_imputation(result, Regression(), m=25)

    assert design.names() == ("tables",)
    assert len(design.factors[0].options) == 25
    guessed = spread.imputed > 0
    width = np.subtract(*found.ranks.interval()[::-1])
    assert guessed.any()
    assert width[guessed].mean() > width[~guessed].mean()
    widths = np.subtract(*spread.rank_interval()[::-1])
    assert abs(width.mean() - widths.mean()) < 0.35 * widths.mean()  # other draws, same model
    assert "draws-few-tables" not in {one.id for one in design.findings}


def test_errors_are_the_same_under_any_method():
    result = make_index(framework=FLAT).build()
    assumed = Assumptions.model_validate(
        {"errors": [{"relative": 0.1}], "normalisation": ["min_max", "rank"]}
    )
    methods = [option.methods for option in method_factors(assumed)[0].options]

    def raw(chosen, number):
        plan, ranked = plan_with(result.plan, chosen), result.leaves.ranked
        return drawn_leaves(plan, assumed, 0, number, ranked=ranked).record("raw").matrix

    assert len(methods) == 2
    assert_array_equal(raw(methods[0], 4), raw(methods[1], 4))
    assert not np.array_equal(raw(methods[0], 4), raw(methods[0], 5))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"errors": [{"relative": 0.1}]}, {"draws-few-tables"}),
        ({"errors": [{"relative": 0.1}], "tables": 100}, set()),
        (
            {"multiple_imputation": True, "tables": 5},
            {"draws-few-tables", "imputation-without-draws"},
        ),
        ({"multiple_imputation": True, "imputation": ["regression"]}, set()),
    ],
)
def test_too_few_tables_or_none_that_differ_are_told(said, expected):
    index = make_index(framework=FLAT, gaps=0.1, units=12, method={"imputation": "median"})
    design = design_of(index.build(), assumptions=Assumptions.model_validate(said))

    assert {one.id for one in design.findings} == expected
