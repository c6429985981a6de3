"""ASEM with COINr's own design, against the intervals of COINr's 2,000 draws."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from rankscope.analyses.uncertainty import Uncertainty, design_of, uncertainty
from rankscope.definition.assumptions import Assumptions
from rankscope.pipeline.evaluate import evaluate
from rankscope.pipeline.prepare import prepare
from rankscope.pipeline.result import build
from tests.pipeline.asem import FOLDER, chain

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared")]

THEIRS, OURS = 2000, 102_400
CAP = 4.9
DESIGN = {
    "weights": {"method": "perturbed", "by": 0.25},
    "levels": (1, 2),  # COINr counts from the indicators: its levels 3 and 2
    "normalisation": [
        {"method": "min_max", "to": [1, 100]},
        {"method": "z_score", "mean": 10, "deviation": 2, "cap": CAP},
    ],
    "aggregation": ["arithmetic", "geometric"],
}
SURE = 1e-4
"""The probability that agreement is denied though both draw from one distribution."""


def drawn(changed: dict[str, object], draws: int) -> Uncertainty:
    assumed = Assumptions.model_validate(DESIGN | changed)
    return uncertainty(design_of(build(*chain()), assumptions=assumed), draws=draws, pairs=False)


@cache
def found() -> Uncertainty:
    return drawn({}, OURS)


def coinr(ours: Uncertainty) -> pd.DataFrame:
    table = pd.read_csv(FOLDER / "coinr_uncertainty_rankstats.csv", index_col=0)
    return table.loc[list(ours.result.units)]


def agreeing(ours: Uncertainty) -> pd.Series:
    """Return the share of units whose quantile lies where draws of one distribution would put it.

    The sample quantile of n draws lies between the order statistics k of the distribution for
    which k is a binomial count of n and p: so theirs must lie between our quantiles at the
    binomial's ends, widened by our own draws, with the error shared among all comparisons.
    """
    theirs = coinr(ours)
    tail = stats.norm.isf(SURE / (3 * len(theirs)) / 2)
    shares = {}
    for column, p in (("Q5", 0.05), ("Median", 0.5), ("Q95", 0.95)):
        low, high = stats.binom.ppf(stats.norm.cdf([-tail, tail]), THEIRS, p) / THEIRS
        own = tail * np.sqrt(p * (1 - p) / ours.draws)
        ends = ours.ranks.quantiles((max(low - own, 0.0), min(high + own, 1.0)))
        shares[column] = ((ends[0] <= theirs[column]) & (theirs[column] <= ends[1])).mean()
    return pd.Series(shares)


def test_medians_and_intervals_are_those_of_coinr():
    assert (agreeing(found()) == 1).all(), agreeing(found())


def test_mean_ranks_are_those_of_coinr():
    ours = found()
    places = np.arange(1, ours.ranks.acceptability.shape[1] + 1)
    deviation = np.sqrt(ours.ranks.acceptability @ places**2 - ours.ranks.mean**2)
    error = deviation * np.sqrt(1 / THEIRS + 1 / ours.draws)

    z = (coinr(ours)["Mean"].to_numpy() - ours.ranks.mean)[deviation > 0] / error[deviation > 0]
    assert np.abs(z).max() < stats.norm.isf(SURE / len(z) / 2)


def test_the_published_ranks_are_coinrs():
    assert (coinr(found())["Nominal"] == found().published).all()


@pytest.mark.parametrize(
    "changed",
    [
        {"weights": {"method": "perturbed", "by": 0.5}},
        {"levels": (1,)},
        {"aggregation": ("arithmetic",)},
        {"normalisation": ({"method": "min_max", "to": (1, 100)},)},
    ],
    ids=["wider weights", "one level", "one mean", "one scale"],
)
def test_another_design_does_not_agree(changed):
    assert agreeing(drawn(changed, OURS // 4)).min() < 0.95


def test_the_cap_of_the_z_scores_never_binds():
    design = found().design
    [scaled] = [
        option.methods
        for factor in design.factors
        for option in factor.options
        if any(method.name == "z_score" for _, method in option.methods)
    ]
    definition = design.whole.plan.definition
    method = definition.method.model_copy(update=dict(scaled))
    result = build(definition.model_copy(update={"method": method}), design.whole.plan.table)
    deviations = np.abs(result.leaves.values - 10) / 2

    assert np.isfinite(deviations).all()
    assert deviations.max() < CAP


def test_no_draw_is_left_out():
    assert (found().ranks.ranked == 1).all()
    assert found().draws == OURS


def test_one_draw_by_hand():
    """The scores of the published choices are those of one evaluation."""
    design = found().design
    own = evaluate(design.result.plan, prepare(design.result.plan))[:, design.result.plan.root]
    given = design.published.varied.given[None]

    np.testing.assert_allclose(design.published.scores(given)[0], own, rtol=1e-12)
