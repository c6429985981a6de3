"""Methods that rankings of universities and innovation scoreboards use."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from rankscope.methods.aggregation import MeanOfBest
from rankscope.methods.base import plain_traits
from rankscope.methods.normalisation import CumulativeNormal, Rank
from rankscope.methods.treatment import WhereSkewed

NAN = np.nan


def test_the_three_best_of_each_row_count() -> None:
    values = np.array([[10.0, 90.0, 50.0, 70.0], [1.0, 2.0, 3.0, 4.0]])
    weights = np.full((2, 4), 0.25)

    assert MeanOfBest(number=3).combine(values, weights).tolist() == [70.0, 3.0]
    assert MeanOfBest(number=1, end="worst").combine(values, weights).tolist() == [10.0, 1.0]


def test_weights_count_among_the_best_and_gaps_do_not() -> None:
    values = np.array([[10.0, 90.0, 50.0, 1e6], [10.0, 1e6, 1e6, 1e6], [5.0, 5.0, 5.0, 5.0]])
    weights = np.array([[0.2, 0.2, 0.6, 0.0], [1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]])

    combined = MeanOfBest(number=2).combine(values, weights)

    np.testing.assert_allclose(combined, [0.25 * 90 + 0.75 * 50, 10.0, NAN])


def test_of_children_that_tie_those_with_the_larger_weight_count() -> None:
    method, values = MeanOfBest(number=2), np.array([[5.0, 9.0, 5.0]])

    for order in ([0, 1, 2], [2, 1, 0]):
        weights = np.array([[0.1, 0.3, 0.6]])[:, order]
        np.testing.assert_allclose(method.combine(values, weights), (9 * 0.3 + 5 * 0.6) / 0.9)


def test_with_as_many_as_there_are_it_is_the_mean() -> None:
    rng = np.random.default_rng(1)
    values, weights = rng.normal(size=(3, 9, 5)), rng.dirichlet(np.ones(5), (3, 9))

    combined = MeanOfBest(number=5).combine(values, weights)

    np.testing.assert_allclose(combined, (values * weights).sum(axis=-1))


@pytest.mark.parametrize(("of", "ddof"), [("sample", 1), ("population", 0)])
def test_the_place_on_the_bell_curve_is_that_of_scipy(of: str, ddof: int) -> None:
    x = np.array([3.0, 1.0, NAN, 4.0, 1.0, 5.0])
    traits = plain_traits(6, 1)
    method = CumulativeNormal(deviation_of=of)

    found = method.transform(x[:, None], method.fit(x[:, None], traits), traits)[:, 0]

    expected = 100 * stats.norm.cdf(x, np.nanmean(x), np.nanstd(x, ddof=ddof))
    np.testing.assert_allclose(found, expected)


def test_a_cap_keeps_places_off_the_ends() -> None:
    x = np.array([[0.0]] * 50 + [[1.0]])
    method = CumulativeNormal(to=(0.0, 1.0), cap=2)

    found = method.transform(x, method.fit(x, plain_traits(51, 1)), plain_traits(51, 1))

    assert found.max() == pytest.approx(stats.norm.cdf(2))


def test_only_the_skewed_column_takes_the_root() -> None:
    rng = np.random.default_rng(0)
    matrix = np.column_stack([rng.exponential(size=80) ** 2, rng.uniform(size=80)])
    matrix[3] = NAN
    traits, method = plain_traits(80, 2), WhereSkewed(skewness=1)
    skew = stats.skew(matrix, axis=0, bias=False, nan_policy="omit")

    state = method.fit(matrix, traits)
    after = method.transform(matrix, state, traits)

    assert skew[0] > 1 > skew[1]
    np.testing.assert_array_equal(after[:, 0], np.sqrt(matrix[:, 0]))
    np.testing.assert_array_equal(after[:, 1], matrix[:, 1])
    np.testing.assert_array_equal(method.moved(np.array([[4.0, 4.0]]), state), [[2.0, 4.0]])
    assert method.explain(state, 0).startswith("skewness ")
    assert method.explain(state, 1).startswith("left as it is: skewness ")


def test_a_long_lower_tail_counts_only_where_that_is_said() -> None:
    lower = 100 - np.random.default_rng(0).exponential(size=(80, 1)) ** 2
    traits = plain_traits(80, 1)

    assert not WhereSkewed().fit(lower, traits).needed.any()
    assert WhereSkewed(side="either").fit(lower, traits).needed.all()


def test_kurtosis_may_be_asked_for_too() -> None:
    x = np.random.default_rng(0).exponential(size=(200, 1))
    kurtosis = stats.kurtosis(x[:, 0], bias=False)
    traits = plain_traits(200, 1)

    assert WhereSkewed(kurtosis=kurtosis - 0.1).fit(x, traits).needed.all()
    assert not WhereSkewed(kurtosis=kurtosis + 0.1).fit(x, traits).needed.any()


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e12])
def test_rounding_errors_break_no_ties_of_ranks(scale: float) -> None:
    column = scale * np.array([[0.1 + 0.2], [0.3], [0.7 - 0.4], [0.4], [0.1]])
    traits = plain_traits(5, 1)

    def ranks(ties: str) -> list[float]:
        method = Rank(ties=ties)
        return method.transform(column, method.fit(column, traits), traits)[:, 0].tolist()

    assert len(set(column[:3, 0].tolist())) > 1
    assert ranks("lowest") == [2.0, 2.0, 2.0, 5.0, 1.0]
    assert ranks("average") == [3.0, 3.0, 3.0, 5.0, 1.0]
    assert ranks("highest") == [4.0, 4.0, 4.0, 5.0, 1.0]
    assert ranks("dense") == [2.0, 2.0, 2.0, 3.0, 1.0]


def test_what_cancels_out_ties_at_zero_and_small_differences_count() -> None:
    cancelled = np.array([[0.1 + 0.2 - 0.3], [0.0], [5.0], [-5.0]])
    counts = np.array([[1e9], [1e9 + 1], [3.0], [3.001]])
    traits, method = plain_traits(4, 1), Rank()

    assert method.transform(cancelled, method.fit(cancelled, traits), traits)[:, 0].tolist() == [
        2.0, 2.0, 4.0, 1.0,
    ]  # fmt: skip
    assert method.transform(counts, method.fit(counts, traits), traits)[:, 0].tolist() == [
        3.0, 4.0, 1.0, 2.0,
    ]  # fmt: skip


def test_they_say_in_words_what_they_do() -> None:
    assert MeanOfBest().in_words("university") == (
        "A score is the mean of the 3 best of what lies below it, university by university"
    )
    assert CumulativeNormal().in_words("university").endswith("the average university has 50")
    assert (
        WhereSkewed()
        .in_words()
        .startswith(
            "Only where values are lopsided (skewness above 1): the square root of a value is taken"
        )
    )
