"""The draws of a design: streams, marginals, and what they are a function of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from scipy import stats

from rankscope.analyses.uncertainty import DesignDraws, design_of
from rankscope.analyses.uncertainty.factors import Factor, Option
from rankscope.definition.assumptions import Assumptions
from rankscope.pipeline.blocks import BLOCK
from tests.support.indices import FLAT, TWO_LEVELS, indicator, make_index, pillar

METHODS = {
    "normalisation": [{"method": "min_max", "to": [1, 100]}, "rank"],
    "aggregation": ["arithmetic", {"method": "geometric", "zeros": "zero"}],
}


def draws_of(seed=0, framework=TWO_LEVELS, **assumed):
    index = make_index(framework=framework)
    design = design_of(index.build(), assumptions=Assumptions.model_validate(assumed), seed=seed)
    return DesignDraws(design)


def weights_of(draws, blocks=range(40)):
    """Return the drawn weights of the first group, as shares, (draws, children)."""
    varied = draws.design.published.varied
    drawn = np.concatenate([draws.weights(varied, block) for block in blocks])
    own = drawn[:, varied.groups[0].children]
    return own / own.sum(axis=1, keepdims=True)


FOUR = pillar("whole", *(indicator(code) for code in "abcd"))


def uniform_on_the_simplex(shares):
    """Whether each share of n has the beta distribution (1, n - 1) of the uniform simplex."""
    n = shares.shape[1]
    tests = [stats.kstest(own, stats.beta(1, n - 1).cdf).pvalue for own in shares.T]
    return min(tests) > 1e-3


def test_marginals_of_the_simplex_are_those_of_a_uniform_one():
    shares = weights_of(draws_of(framework=FOUR, weights="simplex"))
    numbers = np.random.default_rng(0).random(shares.shape)
    broken = numbers / numbers.sum(axis=1, keepdims=True)  # crowds the middle

    assert uniform_on_the_simplex(shares)
    assert not uniform_on_the_simplex(broken)


def test_perturbed_weights_are_uniform_factors():
    """Two siblings: the ratio of the shares is that of two uniform factors."""
    two = pillar("whole", indicator("a"), indicator("b", weight=3))
    shares = weights_of(draws_of(framework=two, weights={"method": "perturbed", "by": 0.2}))
    factors = np.random.default_rng(5).uniform(0.8, 1.2, (200_000, 2))

    ratios = shares[:, 1] / shares[:, 0]
    assert stats.ks_2samp(ratios, 3 * factors[:, 1] / factors[:, 0]).pvalue > 1e-3


def test_choices_have_the_chances_that_they_should():
    factor = Factor("normalisation", tuple(map(Option, "abc")), (0.5, 0.2, 0.3))
    drawn = factor.drawn(np.random.default_rng(0).random(100_000))

    assert stats.chisquare(np.bincount(drawn), 100_000 * np.array(factor.chances)).pvalue > 1e-3
    assert_array_equal(factor.drawn(np.array([0.0, 0.499, 0.5, 0.7, 0.999])), [0, 0, 1, 2, 2])
    even = Factor("normalisation", tuple(map(Option, "abc")))
    assert_array_equal(np.bincount(even.drawn((np.arange(99) + 0.5) / 99)), [33, 33, 33])


def test_factors_are_independent_of_each_other():
    draws = draws_of(weights="perturbed", **METHODS)
    choices = np.concatenate([draws.choices(block) for block in range(20)])
    table = np.histogram2d(*choices.T, bins=2)[0]

    assert stats.chi2_contingency(table).pvalue > 1e-3


def test_one_factor_more_changes_no_other():
    alone, more = (
        draws_of(weights="perturbed", aggregation=METHODS["aggregation"]),
        draws_of(weights="perturbed", leave_out=["indicators"], **METHODS),
    )
    place = more.design.names().index("aggregation")

    assert_array_equal(alone.choices(3)[:, 0], more.choices(3)[:, place])
    varied = alone.design.published.varied
    assert_array_equal(alone.weights(varied, 3), more.weights(varied, 3))


def test_a_block_is_a_function_of_seed_and_number_alone():
    draws = draws_of(weights="perturbed", **METHODS)
    again = draws_of(weights="perturbed", **METHODS)

    again(0), again(7)
    assert_array_equal(draws(2), again(2))
    assert draws(2).shape == (BLOCK, 30)
    assert not np.array_equal(draws(2), draws(3))
    assert not np.array_equal(draws(2), draws_of(1, weights="perturbed", **METHODS)(2))


def test_effective_sample_is_told_for_weights_only():
    assert np.isnan(draws_of(**METHODS).effective_sample())
    assert 0.7 < draws_of(weights="simplex").effective_sample() <= 1


def test_draws_of_a_chain_are_worth_less():
    class Chained(DesignDraws):
        def weights(self, varied, block):
            return np.repeat(super().weights(varied, block)[:128], 8, axis=0)

    draws = draws_of(weights="simplex", framework=FLAT)

    assert Chained(draws.design).effective_sample() < 0.2 < draws.effective_sample()


@pytest.mark.parametrize("name", ["bounded", "ordered", "simplex", "perturbed", "dirichlet"])
def test_every_set_draws_what_belongs_to_it(name):
    draws = draws_of(framework=FOUR, weights=name)
    shares = weights_of(draws, range(2))
    varied = draws.design.published.varied
    siblings = varied.groups[0].siblings

    assert np.allclose(shares.sum(axis=1), 1)
    assert (shares >= 0).all()
    if name != "dirichlet":  # whose set is the whole simplex
        values = np.random.default_rng(1).random((50, 4))
        highest = varied.admissible.highest(siblings, values)
        assert (shares @ values.T <= highest + 1e-9).all()


def test_a_design_with_another_seed_draws_other_tables():
    draws = draws_of(errors=[{"relative": 0.1}], tables=3)
    other = DesignDraws(replace(draws.design, seed=1))
    choices = np.zeros((1, 1), dtype=int)
    given = draws.design.published.varied.given[None]

    one, two = (each.design.scores(choices, lambda _: given) for each in (draws, other))
    assert not np.array_equal(one, two)
    assert_array_equal(one, draws.design.scores(choices, lambda _: given))
