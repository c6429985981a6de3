"""Weighting by correlations: principal components as published, importance as aimed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.decomposition import PCA

from rankscope.errors import MethodError
from rankscope.methods.weighting import CorrelationBalanced, PrincipalComponents
from rankscope.methods.weighting.components import components, varimax
from rankscope.methods.weighting.correlations import correlation_matrix
from rankscope.methods.weighting.pca import highest_loadings

if TYPE_CHECKING:
    from pathlib import Path

    from rankscope.methods.weighting import Weighting

NAN = np.nan


def weights(method: Weighting, scores: object, given: object = None) -> np.ndarray:
    matrix = np.array(scores, dtype=float)
    return method.fit(matrix, np.ones(matrix.shape[1]) if given is None else np.array(given))


def related(seed: int = 0, rows: int = 50, columns: int = 4, common: float = 1.0) -> np.ndarray:
    """Return scores with something in common, on scales of their own."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(rows, columns)) + common * rng.normal(size=(rows, 1))
    return 50 + scores * rng.uniform(0.5, 20, columns)


def with_gaps(scores: np.ndarray, seed: int = 1) -> np.ndarray:
    gaps = np.random.default_rng(seed).random(scores.shape) < 0.1
    return np.where(gaps, NAN, scores)


def reached(scores: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Return each child's correlation with the weighted mean."""
    total = scores @ by
    return np.array([np.corrcoef(column, total)[0, 1] for column in scores.T])


# ── correlations ─────────────────────────────────────────────────────────────


def test_correlations_are_those_of_pandas_pair_by_pair() -> None:
    scores = with_gaps(related())

    assert_allclose(correlation_matrix(scores), pd.DataFrame(scores).corr(), rtol=1e-11)


def test_a_pair_without_three_rows_in_common_has_no_correlation() -> None:
    scores = np.array([[1.0, NAN, 1], [2, NAN, 5], [5, 1, 3], [4, 2, 2], [NAN, 9, 4]])

    assert_array_equal(np.isnan(correlation_matrix(scores))[0], [False, True, False])


def test_a_pair_that_can_not_be_correlated_is_named() -> None:
    scores = np.array([[1.0, NAN, 1], [2, NAN, 5], [5, 1, 3], [4, 2, 2], [NAN, 9, 4]])

    with pytest.raises(MethodError, match="child 1 of 3 with child 2 of 3"):
        weights(PrincipalComponents(missing="pairwise"), scores)


def test_too_few_complete_rows_name_the_way_out() -> None:
    scores = np.array([[1.0, NAN], [2, NAN], [5, 1], [4, 2], [NAN, 9]])

    with pytest.raises(MethodError, match=r"2 of 5 have none\..* pca: missing: pairwise"):
        weights(PrincipalComponents(), scores)


# ── principal components ─────────────────────────────────────────────────────


def test_loadings_are_those_of_scikit_learn() -> None:
    scores = related()
    standard = (scores - scores.mean(axis=0)) / scores.std(axis=0)
    loadings = np.abs(PCA().fit(standard).components_[0])

    assert_allclose(weights(PrincipalComponents(), scores), loadings / loadings.sum())
    assert_allclose(weights(PrincipalComponents("squared"), scores), loadings**2)


def test_rows_with_gaps_are_dropped_or_used_pair_by_pair() -> None:
    scores = with_gaps(related())
    frame = pd.DataFrame(scores)

    for missing, matrix in (("drop", frame.dropna().corr()), ("pairwise", frame.corr())):
        first = np.abs(np.linalg.eigh(matrix)[1][:, -1])
        found = weights(PrincipalComponents(missing=missing), scores)
        assert_allclose(found, first / first.sum(), rtol=1e-9)


def test_two_children_that_agree_weigh_the_same() -> None:
    assert_allclose(weights(PrincipalComponents(), related(columns=2)), [0.5, 0.5])


def test_a_child_that_runs_against_the_others_is_named_or_treated_as_asked() -> None:
    scores = related() * [1, 1, -1, 1]
    straight = weights(PrincipalComponents(), related())

    with pytest.raises(MethodError, match=r"child 3 of 4 has the negative loading -0\.\d+: it"):
        weights(PrincipalComponents(), scores)
    assert_allclose(weights(PrincipalComponents(negative="absolute"), scores), straight)
    zero = np.where([True, True, False, True], straight, 0)
    found = weights(PrincipalComponents(negative="zero"), scores)
    assert_allclose(found, zero / zero.sum(), atol=1e-12)


def test_there_is_no_first_component_among_unrelated_children() -> None:
    scores = [[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]]

    with pytest.raises(MethodError, match="two largest eigenvalues are both 1"):
        weights(PrincipalComponents(), scores)


def test_the_largest_mean_of_squared_correlations_is_that_of_loadings_per_deviation() -> None:
    scores = related()
    best = (reached(scores, weights(PrincipalComponents(per_deviation=True), scores)) ** 2).mean()
    others = np.random.default_rng(0).dirichlet(np.ones(4), 300)

    assert all((reached(scores, one) ** 2).mean() <= best for one in others)


@settings(max_examples=20)
@given(seed=st.integers(0, 2**32 - 1))
def test_per_deviation_the_result_does_not_depend_on_units(seed: int) -> None:
    scores, factor = related(seed), np.random.default_rng(seed).uniform(0.1, 10, 4)
    method = PrincipalComponents(per_deviation=True, negative="absolute")
    found = weights(method, scores * factor) * factor

    assert_allclose(found / found.sum(), weights(method, scores), rtol=1e-6)


# ── factor analysis ──────────────────────────────────────────────────────────


def test_varimax_is_that_of_factor_analyzer() -> None:
    loadings = np.array(
        [[0.8, 0.3], [0.7, 0.4], [0.75, 0.2], [0.6, -0.6], [0.5, -0.7], [0.55, -0.4]]
    )
    expected = [  # factor_analyzer 0.5.1, Rotator("varimax", normalize=True)
        [0.8341843864, 0.1847604108],
        [0.8048890794, 0.046406571],
        [0.7377428334, 0.241320351],
        [0.1757718422, 0.8301230388],
        [0.0374180024, 0.8594183458],
        [0.2429180882, 0.6352092588],
    ]

    assert_allclose(np.abs(varimax(loadings)), expected, atol=1e-6)


def test_a_rotation_finds_a_simple_structure_and_keeps_what_children_have_in_common() -> None:
    simple = np.array(
        [[0.9, 0, 0], [0.8, 0, 0], [0, 0.7, 0], [0, 0.9, 0], [0, 0, 0.6], [0, 0, 0.8]]
    )
    turn = np.linalg.qr(np.random.default_rng(0).normal(size=(3, 3)))[0]
    found = varimax(simple @ turn)

    assert_allclose(np.sort(np.abs(found)), np.sort(simple), atol=1e-8)
    assert_allclose(found @ found.T, simple @ simple.T, atol=1e-12)


def test_factor_weights_are_shares_in_factors_times_shares_of_factors() -> None:
    rng = np.random.default_rng(3)
    structure = np.array([[0.9, 0.1], [0.8, 0.3], [0.7, 0.2], [0.1, 0.8], [0.3, 0.9], [0.2, 0.6]])
    scores = rng.normal(size=(60, 2)) @ structure.T + 0.5 * rng.normal(size=(60, 6))
    squared = np.array(  # factor_analyzer 0.5.1 on the two components with eigenvalues over 1
        [
            [0.8821102063, 0.0090130412],
            [0.7150866303, 0.1239576093],
            [0.8634119314, 0.0129860663],
            [0.0121680517, 0.8331127572],
            [0.0479476192, 0.7436718537],
            [0.0265042587, 0.8069274258],
        ]
    )
    share, factor = squared / squared.sum(axis=0), squared.sum(axis=0) / squared.sum()
    expected = (share * factor)[np.arange(6), [0, 0, 0, 1, 1, 1]]
    found = weights(PrincipalComponents("nicoletti"), scores)

    assert_allclose(found, expected / expected.sum(), rtol=1e-5)


def test_one_factor_gives_squared_loadings() -> None:
    scores = related(common=3)

    one = weights(PrincipalComponents("nicoletti"), scores)

    assert_allclose(one, weights(PrincipalComponents("squared"), scores))
    none = weights(PrincipalComponents("nicoletti", eigenvalue=9.0), scores)
    assert_allclose(none, one)


def test_each_factor_counts_from_the_side_on_which_most_of_its_children_are() -> None:
    block = np.array([[1, 0.8], [0.8, 1]])
    correlations = np.block(
        [[block, np.zeros((2, 2))], [np.zeros((2, 2)), block * 0.9 + 0.1 * np.eye(2)]]
    )

    assert (highest_loadings(*components(correlations), 1.0) > 0.8).all()


# ── balance ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("target", [[1, 1, 1, 1], [1, 2, 3, 2]])
@pytest.mark.parametrize(("importance", "power"), [("correlation", 1), ("squared_correlation", 2)])
def test_correlations_come_out_as_the_target_says(
    target: list[float], importance: str, power: int
) -> None:
    scores = related(rows=200, common=0.3)
    method = CorrelationBalanced("given", importance)

    found = reached(scores, weights(method, scores, target)) ** power

    assert_allclose(found / found.sum(), np.array(target) / sum(target), rtol=1e-9)


def test_for_two_children_the_balance_is_one_over_the_deviation() -> None:
    scores = related(columns=2)
    inverse = 1 / scores.std(axis=0)

    assert_allclose(weights(CorrelationBalanced(), scores), inverse / inverse.sum())


def test_children_that_are_the_same_share_one_weight() -> None:
    scores = related(columns=3, common=0.5)
    single = weights(CorrelationBalanced(), scores)
    doubled = weights(CorrelationBalanced(), scores[:, [0, 0, 1, 2]])

    assert_allclose(doubled, single[[0, 0, 1, 2]] * [0.5, 0.5, 1, 1], rtol=1e-7)


def test_a_child_that_should_not_matter_stays_out() -> None:
    scores = related(rows=200, common=0.3)
    without = weights(CorrelationBalanced("given"), scores[:, 1:], [1, 2, 1])

    found = weights(CorrelationBalanced("given"), scores, [0, 1, 2, 1])

    assert_allclose(found, [0, *without], rtol=1e-9)


def unbalanced() -> np.ndarray:
    """Return three children of which the first is all but the sum of the others."""
    rng = np.random.default_rng(5)
    pair = rng.normal(size=(80, 2))
    return np.column_stack([pair.sum(axis=1) + 0.1 * rng.normal(size=80), pair])


def test_a_target_out_of_reach_is_refused_by_name() -> None:
    with pytest.raises(MethodError, match=r"the nearest leave child 1 of 3 at 0\. Change"):
        weights(CorrelationBalanced(), unbalanced())


def test_the_nearest_weights_are_nowhere_negative_and_nowhere_nearer() -> None:
    scores, target = unbalanced(), np.ones(3) / np.sqrt(3)

    def nearness(by: np.ndarray) -> float:
        correlations = reached(scores, by)
        return float(correlations @ target / np.linalg.norm(correlations))

    found = weights(CorrelationBalanced(unreachable="nearest"), scores)
    others = np.random.default_rng(0).dirichlet(np.ones(3), 500)

    assert (found >= 0).all()
    assert all(nearness(one) <= nearness(found) + 1e-12 for one in others)


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32 - 1), columns=st.integers(2, 7))
def test_what_is_balanced_is_balanced_and_never_negative(seed: int, columns: int) -> None:
    scores = related(seed, columns=columns)
    try:
        found = weights(CorrelationBalanced(), scores)
    except MethodError:
        assume(False)

    assert (found >= 0).all()
    assert np.ptp(reached(scores, found)) < 1e-7


# ── as published ─────────────────────────────────────────────────────────────


@pytest.mark.shared
@pytest.mark.usefixtures("shared")
class TestPublished:
    def test_the_logistics_performance_index_of_2018(self, shared: Path) -> None:
        case = shared / "data" / "cases" / "lpi_2018"
        table = pd.read_csv(case / "data.csv", index_col="id").drop(columns="year")
        published = pd.read_csv(case / "published.csv", index_col="id")["score"]

        found = weights(PrincipalComponents(per_deviation=True), table)

        printed = [0.17004, 0.14787, 0.18564, 0.16474, 0.16162, 0.17008]
        assert_allclose(found, printed, atol=5e-6)
        assert_allclose(table @ found, published[table.index], atol=1e-6)

    def test_forest_runs_against_the_environment_in_asem(self, shared: Path) -> None:
        scores = asem(shared, "Environ")

        with pytest.raises(MethodError, match=r"child 5 of 5 has the negative loading -0\.235:"):
            weights(PrincipalComponents(), scores)
        found = weights(PrincipalComponents(negative="absolute"), scores)
        loadings = np.array([0.4896, 0.2777, 0.5849, 0.5346, 0.2351])
        assert_allclose(found, loadings / loadings.sum(), atol=5e-5)

    def test_the_sustainability_of_asem_is_balanced_exactly(self, shared: Path) -> None:
        scores = pillars(shared)[:, 5:]

        found = weights(CorrelationBalanced(), scores)

        assert (found > 0).all()
        assert np.ptp(reached(scores, found)) < 1e-12

    def test_for_all_pillars_of_asem_only_negative_weights_would_be_exact(
        self, shared: Path
    ) -> None:
        scores = pillars(shared)
        spread = np.ptp(reached(scores, np.ones(8)))

        with pytest.raises(MethodError, match="child 1 of 8 and child 7 of 8 at 0"):
            weights(CorrelationBalanced(), scores)
        found = weights(CorrelationBalanced(unreachable="nearest"), scores)
        assert (found >= 0).all()
        assert np.ptp(reached(scores, found)) < 0.2 * spread


def pillars(shared: Path) -> np.ndarray:
    codes = ["Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ", "Social", "SusEcFin"]
    table = pd.read_csv(shared / "data" / "asem" / "ASEM_Aggregated.csv")
    return table[codes].astype(float).to_numpy()


def asem(shared: Path, pillar: str) -> np.ndarray:
    folder = shared / "data" / "asem"
    meta = pd.read_csv(folder / "ASEM_iMeta.csv")
    table = pd.read_csv(folder / "ASEM_Normalised.csv")
    return table[meta.loc[meta["Parent"] == pillar, "iCode"]].astype(float).to_numpy()
