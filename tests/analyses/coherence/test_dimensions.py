"""Principal components against scikit-learn, and parallel analysis against plain simulation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.decomposition import PCA

from rankscope.analyses.coherence import chance_eigenvalues, dimensions
from rankscope.analyses.coherence.dimensions import components_of
from rankscope.analyses.coherence.items import items_from
from rankscope.errors import MethodError
from tests.analyses.coherence.making import built, two_factors, two_pillars
from tests.support.indices import indicator, pillar

SIX = pillar("whole", *(indicator(code) for code in "abcdef"))


def test_components_are_those_of_scikit_learn_over_complete_rows():
    values = two_factors()
    values[:7, 1] = np.nan
    found = dimensions(built(values, two_pillars())).of("one")
    rows = values[7:, :3]
    truth = PCA().fit((rows - rows.mean(axis=0)) / rows.std(axis=0))

    assert (found.rows, found.of) == (73, 80)
    assert_allclose(found.eigenvalues, truth.explained_variance_ * 72 / 73, atol=1e-9)
    assert_allclose(found.shares, truth.explained_variance_ratio_, atol=1e-9)
    loadings = truth.components_.T * np.sqrt(found.eigenvalues)
    assert_allclose(np.abs(found.loadings), np.abs(loadings), atol=1e-9)
    assert_allclose((found.loadings**2).sum(axis=1), 1, atol=1e-9)  # communalities


def test_one_factor_is_one_dimension_two_are_two_and_noise_is_none():
    two = dimensions(built(two_factors(), SIX))
    one = dimensions(built(two_factors()[:, [0, 1, 2]], pillar("whole", *SIX["children"][:3])))
    noise = np.random.default_rng(1).normal(50, 10, (80, 6))
    none = dimensions(built(noise, SIX))

    assert [one.of("whole").dimensions, two.of("whole").dimensions] == [1, 2]
    assert none.of("whole").dimensions == 0
    assert none.of("whole").kaiser == 3  # Kaiser's rule finds dimensions in noise
    assert one.findings == ()
    assert [finding.id for finding in two.findings] == ["coherence-several-dimensions"]
    assert [finding.id for finding in none.findings] == ["coherence-no-dimension"]
    assert list(two.frame().loc["whole", "dimensions"]) == [2] * 6


@pytest.mark.parametrize(("rows", "columns"), [(50, 6), (7, 5), (5, 8), (6, 6)])
def test_chance_is_that_of_tables_of_normal_numbers(rows, columns):
    """Drawn here as tables, there as covariances: quantiles agree within simulation error."""
    random = np.random.default_rng(99)
    draws = 4000
    drawn = random.normal(size=(draws, rows, columns))
    drawn -= drawn.mean(axis=1, keepdims=True)
    drawn /= np.sqrt((drawn**2).sum(axis=1, keepdims=True))
    plain = np.linalg.eigvalsh(np.swapaxes(drawn, 1, 2) @ drawn)[:, ::-1]
    found = chance_eigenvalues(rows, columns, draws=draws)
    low, high = (np.quantile(plain, q, axis=0) for q in (0.935, 0.965))
    # four standard errors of a quantile of 95 % in 4,000 draws are 1.4 percentage points

    assert ((low - 1e-9 <= found) & (found <= high + 1e-9)).all()


def test_chance_of_two_columns_is_the_quantile_of_a_correlation():
    """The eigenvalues are 1 ± |r|, whose law is Student's t."""
    from scipy import stats

    rows = 30
    t = stats.t.ppf(0.975, rows - 2)
    r = t / np.sqrt(rows - 2 + t**2)

    assert chance_eigenvalues(rows, 2, draws=50_000)[0] == pytest.approx(1 + r, abs=0.006)


def test_a_seed_gives_the_same_bits_and_more_draws_begin_with_the_same():
    assert (chance_eigenvalues(40, 5, seed=3) == chance_eigenvalues(40, 5, seed=3)).all()
    assert (chance_eigenvalues(40, 5, seed=3) != chance_eigenvalues(40, 5, seed=4)).any()
    with pytest.raises(MethodError, match="needs three rows"):
        chance_eigenvalues(2, 5)


def cattell(eigenvalues: np.ndarray, chance: np.ndarray) -> int:
    """Count all eigenvalues above chance, also after one that is not: a broken rule."""
    return int((eigenvalues > chance).sum())


def stops_at_the_first(rule) -> bool:
    """Whether a rule stops at the first eigenvalue that chance makes."""
    return bool(rule(np.array([2.0, 0.9, 0.85, 0.2]), np.array([1.4, 1.1, 0.8, 0.5])) == 1)


def test_components_are_counted_up_to_the_first_that_chance_makes():
    some = components_of(items_from(two_factors(), tuple("abcdef")))

    def ours(eigenvalues, chance):
        return replace(some, eigenvalues=eigenvalues, chance=chance).dimensions

    assert stops_at_the_first(ours)
    assert not stops_at_the_first(cattell)


def test_too_few_rows_say_so():
    values = two_factors(units=6)
    values[:4, 1] = np.nan
    more = {"method": {"screening": {"at_least": 0.0}}}
    found = dimensions(built(values, SIX, **more))

    assert found.of("whole").rows == 2
    assert not found.of("whole").defined
    assert [one.id for one in found.findings] == ["coherence-few-rows"]
    assert found.frame().empty
