"""Weighting by scores: against other people's software, closed forms and definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.errors import MethodError
from rankscope.methods.weighting import (
    Critic,
    Entropy,
    Equal,
    Gini,
    Given,
    InformationMaximising,
    Merec,
    PrincipalComponents,
    StandardDeviation,
    Weighting,
)
from rankscope.methods.weighting.entropy import relative_entropy
from rankscope.methods.weighting.gini import gini_coefficients

if TYPE_CHECKING:
    from collections.abc import Callable

NAN = np.nan
SCORES = np.array(
    [
        [690.0, 3.1, 9, 7, 4],
        [590.0, 3.9, 7, 6, 10],
        [600.0, 3.6, 8, 8, 7],
        [620.0, 3.8, 7, 10, 6],
        [700.0, 2.8, 10, 4, 6],
        [650.0, 4.0, 6, 9, 8],
    ]
)
LEARNT = [
    Critic(),
    Entropy(),
    Gini(),
    InformationMaximising(),
    Merec(),
    PrincipalComponents(negative="absolute"),
    StandardDeviation(),
]
PER_COLUMN = {  # what a child's scores may undergo without changing any weight
    "critic": lambda x, a, b: a * x + b,
    "entropy": lambda x, a, _: a * x,
    "gini": lambda x, a, _: a * x,
    "merec": lambda x, a, _: a * x,
    "pca": lambda x, a, b: a * x + b,
}


def weights(method: Weighting, scores: object, given: object = None) -> np.ndarray:
    matrix = np.array(scores, dtype=float)
    return method.fit(matrix, np.ones(matrix.shape[1]) if given is None else np.array(given))


@pytest.mark.parametrize(
    ("method", "expected"),
    [  # pymcdm 1.4.0 and scikit-criteria 0.10 agree on all of these
        (Entropy(), [0.0214556252, 0.0789549051, 0.1452145919, 0.3816631219, 0.3727117559]),
        (Critic(), [0.2387762932, 0.1897351664, 0.2255889442, 0.1747219531, 0.1711776431]),
        (Gini(), [0.0732892258, 0.134661835, 0.1906987491, 0.3017791652, 0.2995710249]),
        (
            StandardDeviation(),
            [0.8825127425, 0.0091694865, 0.0281027389, 0.0412435451, 0.038971487],
        ),
        (Merec(), [0.051133555, 0.1330991407, 0.1604336023, 0.3492254407, 0.3061082614]),
        (  # scikit-criteria alone
            Critic(rescale=False),
            [0.8912336099, 0.0077256805, 0.0306186098, 0.035571845, 0.0348502548],
        ),
    ],
)
def test_weights_are_those_of_pymcdm_and_scikit_criteria(
    method: Weighting, expected: list[float]
) -> None:
    assert_allclose(weights(method, SCORES), expected, rtol=1e-8)


def test_entropy_with_zeros_is_that_of_scikit_criteria() -> None:
    scores = SCORES.copy()
    scores[[0, 2], 4] = 0
    expected = [0.0043769876, 0.0161069481, 0.0296240479, 0.0778599896, 0.8720320269]

    assert_allclose(weights(Entropy(), scores), expected, rtol=1e-8)


def test_all_in_one_place_has_no_entropy_and_the_largest_gini_coefficient() -> None:
    scores = np.array([[0.0, 1], [0, 1], [12, 1], [0, 2]])

    assert relative_entropy(scores)[0] == 0
    assert gini_coefficients(scores)[0] == pytest.approx(3 / 4)  # 1 - 1/n


def test_the_gini_coefficient_is_the_mean_difference_over_twice_the_mean() -> None:
    column = np.random.default_rng(1).lognormal(size=30)
    differences = np.abs(column[:, None] - column).mean()

    assert gini_coefficients(column[:, None])[0] == pytest.approx(differences / 2 / column.mean())


def test_a_gap_counts_neither_as_zero_nor_as_a_value() -> None:
    gaps = np.vstack([SCORES, np.full((2, 5), NAN)])

    for method in LEARNT:
        assert_allclose(weights(method, gaps), weights(method, SCORES), rtol=1e-12)


def test_the_relative_deviation_does_not_depend_on_units() -> None:
    method = StandardDeviation(relative=True)
    expected = SCORES.std(axis=0, ddof=1) / SCORES.mean(axis=0)

    assert_allclose(weights(method, SCORES), expected / expected.sum())
    assert_allclose(weights(method, SCORES * [1, 10, 100, 0.1, 1]), expected / expected.sum())


def test_the_mean_correlation_is_nowhere_larger() -> None:
    rng = np.random.default_rng(2)
    scores = rng.normal(size=(60, 4)) @ rng.uniform(0, 1, (4, 4)) * [1, 5, 25, 125]

    def mean_correlation(of: np.ndarray) -> float:
        return float(np.mean([np.corrcoef(column, scores @ of)[0, 1] for column in scores.T]))

    best = mean_correlation(weights(InformationMaximising(), scores))

    assert all(mean_correlation(one) <= best for one in rng.dirichlet(np.ones(4), 500))


@pytest.mark.parametrize("method", LEARNT, ids=lambda one: one.name)
def test_a_constant_and_an_empty_child_have_weight_zero(method: Weighting) -> None:
    scores = np.column_stack([SCORES, np.full(6, 3.0), np.full(6, NAN)])

    found = weights(method, scores)

    assert_array_equal(found[5:], [0, 0])
    assert (found[:5] > 0).all()
    assert found.sum() == pytest.approx(1)


@pytest.mark.parametrize("method", LEARNT, ids=lambda one: one.name)
def test_an_only_child_counts_whatever_its_scores(method: Weighting) -> None:
    assert_array_equal(weights(method, [[-1.0], [NAN]]), [1])
    assert_array_equal(weights(method, np.empty((0, 1))), [1])


@pytest.mark.parametrize("method", LEARNT, ids=lambda one: one.name)
@pytest.mark.parametrize(
    "scores", [np.full((5, 3), 2.0), np.full((5, 3), NAN), np.empty((0, 3)), np.ones((1, 3))]
)
def test_scores_that_tell_nothing_are_refused_in_words(
    method: Weighting, scores: np.ndarray
) -> None:
    with pytest.raises(MethodError, match=rf"^{method.name} (finds no weights|needs).*\.$"):
        weights(method, scores)


@pytest.mark.parametrize("method", LEARNT, ids=lambda one: one.name)
@pytest.mark.parametrize("scores", [[[1, 1], [2, 3]], [[1, 2], [1, 2], [1, 5]], [[4, 7]] * 4])
def test_few_and_tied_rows_give_finite_weights_or_a_sentence(
    method: Weighting, scores: list[list[float]]
) -> None:
    try:
        found = weights(method, scores)
    except MethodError:
        found = np.zeros(2)

    assert np.isfinite(found).all()
    assert (found >= 0).all()


@pytest.mark.parametrize("method", [Entropy(), Gini(), StandardDeviation(relative=True)])
def test_negative_scores_are_refused_where_zero_means_nothing(method: Weighting) -> None:
    with pytest.raises(MethodError, match=r"at least 0, and child 2 of 2 has -1\."):
        weights(method, [[1, 2], [2, -1], [3, NAN]])


def test_merec_refuses_zero() -> None:
    with pytest.raises(MethodError, match=r"above 0, and child 1 of 2 has 0\."):
        weights(Merec(), [[0, 2], [2, 1]])


def test_merec_needs_a_row_without_a_gap() -> None:
    with pytest.raises(MethodError, match="none of 2"):
        weights(Merec(), [[NAN, 2], [2, NAN]])


def test_children_that_all_tell_the_same_have_no_critic_weights() -> None:
    column = np.arange(1.0, 9)[:, None]

    with pytest.raises(MethodError, match="critic finds no weights for 3 children"):
        weights(Critic(), column * [1, 2, 3])


@pytest.mark.parametrize("method", LEARNT, ids=lambda one: one.name)
@settings(max_examples=15)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_order_of_units_and_of_children_does_not_matter(method: Weighting, seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.lognormal(size=(12, 4))
    rows, columns = rng.permutation(12), rng.permutation(4)
    found = weights(method, scores)

    assert_allclose(weights(method, scores[rows]), found, rtol=1e-6, atol=1e-9)
    assert_allclose(weights(method, scores[:, columns]), found[columns], rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("method", [one for one in LEARNT if one.name in PER_COLUMN])
@settings(max_examples=15)
@given(seed=st.integers(0, 2**32 - 1))
def test_units_of_measurement_do_not_matter(method: Weighting, seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.lognormal(size=(12, 4))
    change: Callable[..., np.ndarray] = PER_COLUMN[method.name]
    changed = change(scores, rng.uniform(0.1, 10, 4), rng.uniform(0, 10, 4))

    assert_allclose(weights(method, changed), weights(method, scores), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("method", [StandardDeviation(), InformationMaximising()])
def test_one_scale_for_all_may_be_another(method: Weighting) -> None:
    assert_allclose(weights(method, 7 * SCORES - 40), weights(method, SCORES), rtol=1e-9)


def test_equal_and_given_weights_do_not_look_at_scores() -> None:
    assert_array_equal(weights(Equal(), SCORES[:, :3], [1, 2, 0]), [1, 1, 0])
    assert_array_equal(weights(Given(), SCORES[:, :3], [1, 2, 0]), [1, 2, 0])
    assert not Equal.needs_data
    assert not Given.needs_data
    assert all(method.needs_data for method in LEARNT)
