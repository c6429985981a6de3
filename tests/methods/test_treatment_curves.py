"""Curves: logarithms, powers and log-odds, against closed forms, SciPy and scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats
from sklearn.preprocessing import PowerTransformer

from rankscope.errors import MethodError
from rankscope.methods.base import plain_traits
from rankscope.methods.treatment import (
    BoxCox,
    Log,
    Logit,
    Power,
    SquareRoot,
    Treatment,
    WhereSkewed,
    YeoJohnson,
)
from rankscope.methods.treatment.shift import offsets_that_take
from tests.methods.test_treatment import explained, treated

RNG = np.random.default_rng(0)
LONG_TAIL = np.exp(RNG.normal(3, 1, 60))
BOTH_SIGNS = RNG.normal(0.5, 2, 60) ** 3


@pytest.mark.parametrize(
    ("offset", "added"),
    [("none", 0.0), ("one", 1.0), ("smallest", 2.0), ("range", 0.98 - 2), ("minimum_plus_one", -1)],
)
def test_logarithms_add_the_offset_that_is_asked_for(offset: str, added: float) -> None:
    values = [2.0, 5.0, 100.0]

    assert_allclose(treated(Log(offset), *values), np.log(np.add(values, added)))


def test_logarithms_of_printed_bases_are_exact() -> None:
    assert treated(Log("none", 10), 1.0, 10.0, 1000.0) == [0.0, 1.0, 3.0]
    assert treated(Log("none", 2), 1.0, 2.0, 8.0) == [0.0, 1.0, 3.0]
    assert_allclose(treated(Log("none", 5), 1.0, 5.0, 125.0), [0.0, 1.0, 3.0])
    assert explained(Log("none", 10), 1.0) == "logarithm to base 10 of the value"


def test_the_logarithm_of_the_global_innovation_index() -> None:
    values = np.array([3.0, 4.0, 10.0, 53.0])

    assert_allclose(treated(Log("gii"), *values), np.log(52 * (values - 3) / 50 + 1), atol=1e-12)
    expected = np.log((53 * 10 - 1) * (values - 3) / 50 + 1)
    assert_allclose(treated(Log("gii", factor=10), *values), expected, atol=1e-12)


@pytest.mark.parametrize("top", [0.001, 0.5, 1.0, -2.0, 0.0])
def test_the_logarithm_of_the_global_innovation_index_never_turns_the_order_round(
    top: float,
) -> None:
    logged = treated(Log("gii"), top - 3, top - 2.9, top)

    assert logged[0] == pytest.approx(0, abs=1e-12)
    assert logged[0] < logged[1] < logged[2]


def test_a_factor_needs_the_offset_that_it_belongs_to() -> None:
    with pytest.raises(MethodError, match="belongs to the offset gii"):
        Log("one", factor=10)


def test_zeros_lie_one_doubling_below_the_smallest_positive_value() -> None:
    zero, smallest, _ = treated(Log("smallest"), 0.0, 3.0, 50.0)

    assert smallest - zero == pytest.approx(np.log(2))
    assert treated(Log("smallest"), 0.0, 0.0) == [0.0, 0.0]


def test_by_default_logarithms_and_powers_are_of_the_value_itself() -> None:
    assert_allclose(treated(Log(), 1.0, np.e, 100.0), [0.0, 1.0, np.log(100.0)])
    assert_allclose(treated(BoxCox(0.5), 4.0, 9.0), [2.0, 4.0])
    for method in (Log(), BoxCox(), WhereSkewed(take="log"), WhereSkewed(take="box_cox")):
        assert [method.accepts(low) for low in (-1, 0, 1e-9)] == [False, False, True]


@pytest.mark.parametrize("method", [Log, BoxCox])
def test_each_offset_says_which_values_it_takes(method: type[Log | BoxCox]) -> None:
    offsets = ("none", "one", "smallest", "range", "minimum_plus_one")
    takes = {offset: [method(offset=offset).accepts(low) for low in (-1, -0.5, 0, 1)]
             for offset in offsets}  # fmt: skip

    assert takes == {"none": [False, False, False, True], "one": [False, True, True, True],
                     "smallest": [False, False, True, True], "range": [True] * 4,
                     "minimum_plus_one": [True] * 4}  # fmt: skip


def test_offsets_are_offered_that_take_the_lowest_value() -> None:
    assert [offsets_that_take(low) for low in (0, -0.5, -1)] == [
        ("smallest", "one", "range"),
        ("one", "range"),
        ("range",),
    ]


def test_logarithms_know_where_scores_can_lie_if_their_offset_is_known() -> None:
    assert Log("none", 10).image(1, 100) == (0, 2)
    assert Log("none").image(0, np.inf) == (-np.inf, np.inf)
    assert Log("one").image(0, 0) == (0, 0)
    assert Log("smallest").image(1, 2) == (-np.inf, np.inf)


@pytest.mark.parametrize("exponent", [-1.0, -0.5, 0.0, 0.3, 1.0, 2.0])
def test_powers_of_box_and_cox_and_of_yeo_and_johnson_are_those_of_scipy(exponent: float) -> None:
    assert_allclose(
        treated(BoxCox(exponent, "none"), *LONG_TAIL), stats.boxcox(LONG_TAIL, exponent)
    )
    assert_allclose(
        treated(YeoJohnson(exponent), *BOTH_SIGNS), stats.yeojohnson(BOTH_SIGNS, exponent)
    )


@pytest.mark.parametrize("unit", [1e-6, 1.0, 1e9])
def test_the_likeliest_power_is_that_of_scipy_in_any_unit(unit: float) -> None:
    method, matrix = BoxCox(offset="none"), LONG_TAIL[:, None] * unit
    state = method.fit(matrix, plain_traits(60, 1))

    assert state.exponent[0] == pytest.approx(stats.boxcox(LONG_TAIL)[1], abs=1e-5)


@pytest.mark.parametrize("values", [BOTH_SIGNS, LONG_TAIL, -LONG_TAIL, LONG_TAIL * 1e3])
def test_the_likeliest_power_is_that_of_scikit_learn(values: np.ndarray) -> None:
    matrix = values[:, None]
    state = YeoJohnson().fit(matrix, plain_traits(60, 1))
    theirs = PowerTransformer("yeo-johnson", standardize=False).fit(matrix)

    assert state[0] == pytest.approx(theirs.lambdas_[0], abs=1e-4)


def test_a_column_that_fits_every_power_is_left_straight() -> None:
    assert_allclose(treated(YeoJohnson(), 2.0, 2.0, 5.0), [2.0, 2.0, 5.0])
    assert_allclose(np.diff(treated(BoxCox(), 2.0, 2.0, 5.0)), [0.0, 3.0])
    assert "exponent 1" in explained(BoxCox(), 2.0, 5.0)


def test_coinrs_box_cox_moves_the_minimum_to_one() -> None:
    values = np.array([-4.0, 0.0, 12.0])
    expected = ((values + 5) ** 0.5 - 1) / 0.5

    assert_allclose(treated(BoxCox(0.5, "minimum_plus_one"), *values), expected)


def test_roots_and_powers_keep_the_sign() -> None:
    assert_array_equal(treated(SquareRoot(), -9.0, 0.0, 4.0, np.nan), [-3.0, 0.0, 2.0, np.nan])
    assert_allclose(treated(Power(3), -2.0, 0.0, 4.0), [-8.0, 0.0, 64.0])
    assert_allclose(treated(Power("1/3"), -8.0, 27.0), [-2.0, 3.0])
    assert SquareRoot().image(-4, np.inf) == (-2, np.inf)
    assert Power(2).image(-3, 2) == (-9, 4)


def test_log_odds_are_symmetric_and_finite_at_the_ends() -> None:
    low, quarter, half, top, beyond = treated(Logit((0, 100), 0.01), 0, 25, 50, 100, 140)

    assert quarter == pytest.approx(np.log(1 / 3))
    assert half == 0
    assert (low, top) == (pytest.approx(np.log(1 / 99)), pytest.approx(np.log(99)))
    assert beyond == top
    assert Logit((0, 100), 0.01).image(-np.inf, 50) == (low, 0)


@pytest.mark.parametrize("size", [1e-100, 1e-30, 1e30, 1e100])
@pytest.mark.parametrize(
    "method",
    [Power(10), BoxCox(), BoxCox(-5), BoxCox(5), YeoJohnson(), YeoJohnson(5), YeoJohnson(-3),
     Log("gii"), Log("range"), Log(), Logit()],
)  # fmt: skip
def test_numbers_of_any_size_stay_finite_and_in_order(method: Treatment, size: float) -> None:
    curved = treated(method, *np.array([1.0, 1.5, 2.0, 7.0]) * size)

    assert np.isfinite(curved).all()
    assert (np.diff(curved) >= 0).all()
    assert np.isfinite(np.ptp(curved))


@pytest.mark.parametrize("method", [Log(), Power(0.5), SquareRoot(), BoxCox(), YeoJohnson()])
def test_goalposts_lie_on_the_curve_of_the_values(method: Treatment) -> None:
    matrix, traits = np.array([[1.0], [4.0], [9.0]]), plain_traits(3, 1)
    state = method.fit(matrix, traits)
    after = method.transform(matrix, state, traits)

    posts = method.moved(np.array([[1.0], [9.0]]), state)
    assert_array_equal(posts[:, 0], after[[0, 2], 0])
    assert np.isnan(method.moved(np.full((2, 1), np.nan), state)).all()
    assert not method.touched(matrix, state).any()


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (
            Log("one"),
            (
                "A logarithm is taken of the value plus one: from 10 to 100 is then about "
                "as large a step as from 100 to 1,000"
            ),
        ),
        (Power(2), "A value is taken to the power of 2: high values are spread out"),
        (
            SquareRoot(),
            (
                "The square root of a value is taken: from 1 to 4 is then as large a step "
                "as from 4 to 9"
            ),
        ),
        (
            BoxCox(),
            (
                "Values are bent with a Box-Cox transformation, by the power that makes their "
                "distribution most like a bell curve"
            ),
        ),
        (YeoJohnson(0.5), "Values are bent with a Yeo-Johnson transformation, by the power 0.5"),
        (
            Logit((0, 100)),
            (
                "A value becomes its log-odds between 0 and 100: a step counts for more "
                "the nearer it is to either end"
            ),
        ),
    ],
)
def test_curves_in_words(method: Treatment, words: str) -> None:
    assert method.in_words() == words
