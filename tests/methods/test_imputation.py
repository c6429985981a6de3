"""Imputation by one number a column, or a donor a cell: against pandas, and by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal

from rankscope._registry import methods_of
from rankscope.errors import MethodError
from rankscope.methods.base import Traits, plain_traits
from rankscope.methods.imputation import (
    Constant,
    Extreme,
    HotDeck,
    Imputation,
    Mean,
    Median,
    NoImputation,
    RowMean,
)
from rankscope.testing import check_method, examples_of

NAN = np.nan
ALL = [cls for cls in methods_of("imputation").values() if cls.__module__.startswith("rankscope")]


def with_gaps(seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(40, 6)) * [1, 10, 100, 1e3, 1e4, 1e5]
    matrix[rng.random(matrix.shape) < 0.2] = NAN
    return matrix


def filled(method: Imputation, matrix: np.ndarray, traits: Traits | None = None) -> np.ndarray:
    known = traits or plain_traits(*matrix.shape)
    return method.transform(matrix, method.fit(matrix, known), known)


@pytest.mark.parametrize("cls", ALL, ids=lambda cls: cls.name)
def test_the_contract(cls: type[Imputation]) -> None:
    check_method(cls)


@pytest.mark.parametrize("cls", ALL, ids=lambda cls: cls.name)
def test_each_says_in_a_sentence_what_it_does(cls: type[Imputation]) -> None:
    for method in examples_of(cls):
        sentence = method.in_words("country")
        assert sentence[0].isupper()
        assert sentence[-1].isalnum() or sentence[-1] in ")%"
        assert "countrys" not in sentence


@pytest.mark.parametrize("cls", ALL, ids=lambda cls: cls.name)
def test_a_draw_keeps_what_is_present_and_is_the_same_for_the_same_seed(
    cls: type[Imputation],
) -> None:
    method, matrix = next(iter(examples_of(cls))), with_gaps()
    traits = plain_traits(*matrix.shape)
    state = method.fit(matrix, traits)
    first, again, other = (
        method.draw(matrix, state, traits, np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    present = ~np.isnan(matrix)

    assert_array_equal(first[present], matrix[present])
    assert_array_equal(first, again)
    assert np.array_equal(first, other, equal_nan=True) != cls.knows_distribution()


@pytest.mark.parametrize("cls", ALL, ids=lambda cls: cls.name)
@settings(max_examples=40)
@given(
    matrix=arrays(
        float,
        st.tuples(st.integers(0, 6), st.integers(1, 4)),
        elements=st.one_of(st.just(NAN), st.sampled_from([0.0, 1.0, 1e-9, -3.5, 1e100, -1e100])),
    )
)
def test_any_table_gives_finite_numbers_or_gaps(cls: type[Imputation], matrix: np.ndarray) -> None:
    method, traits = next(iter(examples_of(cls))), plain_traits(*matrix.shape)
    state = method.fit(matrix, traits)
    drawn = method.draw(matrix, state, traits, np.random.default_rng(0))

    for after in (method.transform(matrix, state, traits), drawn):
        assert not np.isinf(after).any()
        assert_array_equal(after[~np.isnan(matrix)], matrix[~np.isnan(matrix)])


@pytest.mark.parametrize(("method", "theirs"), [(Mean(), "mean"), (Median(), "median")])
def test_one_number_a_column_as_pandas_has_it(method: Imputation, theirs: str) -> None:
    frame = pd.DataFrame(with_gaps())

    assert_allclose(
        filled(method, with_gaps()), frame.fillna(frame.agg(theirs)).to_numpy(), rtol=1e-12
    )


@pytest.mark.parametrize("method", [Mean(), Median(), Extreme(), RowMean(), HotDeck()])
def test_an_empty_column_stays_empty(method: Imputation) -> None:
    matrix = np.array([[1.0, NAN], [NAN, NAN], [2.0, NAN]])

    assert np.isnan(filled(method, matrix)[:, 1]).all()


def test_no_imputation_leaves_gaps_open() -> None:
    assert_array_equal(filled(NoImputation(), with_gaps()), with_gaps())


def test_a_constant_must_be_given() -> None:
    assert_array_equal(filled(Constant(0.0), np.array([[NAN, 2.0]])), [[0.0, 2.0]])
    with pytest.raises(MethodError, match=r"constant\.value must be a number, got None"):
        Constant()


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (Extreme("worst"), [1.0, 40.0]),
        (Extreme("best"), [4.0, 10.0]),
        (Extreme("worst", 0.5), [2.5, 25.0]),
        (Extreme("best", 0.25), [3.25, 17.5]),
    ],
)
def test_extremes_follow_polarity(method: Imputation, expected: list[float]) -> None:
    column = np.array([1.0, 2.0, 3.0, 4.0, NAN])
    traits = replace(plain_traits(5, 2), polarity=np.array([1.0, -1.0]))

    assert_allclose(filled(method, np.column_stack([column, 10 * column]), traits)[4], expected)


def test_the_row_mean_by_hand() -> None:
    matrix = np.array(
        [
            [0.0, 100.0, 5.0],
            [10.0, 300.0, NAN],
            [2.0, 150.0, 9.0],  # shares 0.2 and, less being better, 0.75
            [5.0, NAN, 7.0],  # shares 0.5 and 0.5: half way
        ]
    )
    traits = replace(plain_traits(4, 3), polarity=np.array([1.0, -1.0, 1.0]))
    after = filled(RowMean(), matrix, traits)

    assert after[1, 2] == pytest.approx(5 + 4 * (1.0 + 0.0) / 2)
    assert after[3, 1] == pytest.approx(300 - 200 * 0.5)


def test_skipping_a_gap_and_the_row_mean_give_one_score() -> None:
    matrix = with_gaps()
    matrix[0] = NAN
    after = filled(RowMean(), matrix)
    low, high = np.nanmin(matrix, axis=0), np.nanmax(matrix, axis=0)
    skipped = pd.DataFrame((matrix - low) / (high - low)).mean(axis=1)

    assert_allclose(((after - low) / (high - low)).mean(axis=1)[1:], skipped[1:], rtol=1e-12)
    assert np.isnan(after[0]).all()


def test_a_sibling_with_one_value_says_nothing() -> None:
    matrix = np.array([[1.0, 7.0, 0.0], [3.0, 7.0, NAN], [2.0, NAN, 10.0]])

    assert_array_equal(filled(RowMean(), matrix)[[1, 2], [2, 1]], [10.0, 7.0])


def test_a_donor_is_a_value_of_the_same_column_and_follows_from_seed_and_unit() -> None:
    matrix = with_gaps()
    method, traits = HotDeck(seed=3), plain_traits(*matrix.shape)
    state = method.fit(matrix, traits)
    after = method.transform(matrix, state, traits)
    some = np.array([30, 4, 11])

    assert all(np.isin(after[:, column], matrix[:, column]).all() for column in range(6))
    assert_array_equal(method.transform(matrix[some], state, traits.of_rows(some)), after[some])
    assert not np.array_equal(after, filled(HotDeck(seed=4), matrix))


def test_hot_decks_keep_the_mean_and_the_spread_that_means_take_away() -> None:
    column = np.random.default_rng(0).normal(50, 10, (4000, 1))
    column[::2] = NAN
    after = filled(HotDeck(), column)

    assert after.std() == pytest.approx(10, rel=0.05)
    assert after.mean() == pytest.approx(50, abs=0.5)
    assert filled(Mean(), column).std() == pytest.approx(10 / np.sqrt(2), rel=0.05)


def test_the_bootstrap_of_donors_adds_the_uncertainty_of_the_mean() -> None:
    """The mean of a filled gap varies by (s²(n-1)/n)(1/r + 1/n - 1/(rn)) (Rubin & Schenker)."""
    donors = np.arange(10.0)
    matrix = np.append(donors, [NAN] * 5)[:, None]
    traits = plain_traits(15, 1)
    method = HotDeck()
    state = method.fit(matrix, traits)
    rng = np.random.default_rng(0)
    means = [method.draw(matrix, state, traits, rng)[10:].mean() for _ in range(4000)]
    variance = donors.var()
    given_sample = variance * (1 - 1 / 10) / 5  # of five draws from a bootstrap sample of ten

    assert np.mean(means) == pytest.approx(4.5, abs=0.06)
    assert np.var(means) == pytest.approx(given_sample + variance / 10, rel=0.06)
