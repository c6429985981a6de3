"""COINr's own uncertainty design of its ASEM example."""

from __future__ import annotations

import numpy as np
import pytest

from rankscope.analyses.consensus import consensus
from rankscope.analyses.multiverse import multiverse
from rankscope.analyses.sensitivity import sensitivity
from rankscope.analyses.uncertainty import design_of, uncertainty
from rankscope.definition.assumptions import Assumptions
from rankscope.pipeline.result import build
from tests.pipeline.asem import chain

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared")]

DISCRETE = {
    "normalisation": [
        {"method": "min_max", "to": [1, 100]},
        {"method": "z_score", "mean": 10, "deviation": 2, "cap": 4.9},
    ],
    "aggregation": ["arithmetic", "geometric"],
}
JOINT = {**DISCRETE, "weights": {"method": "perturbed", "by": 0.25}, "levels": [1, 2]}


@pytest.fixture(scope="module")
def result():
    return build(*chain())


def made(result, assumed):
    return design_of(result, assumptions=Assumptions.model_validate(assumed))


def test_without_weights_effects_are_the_analysis_of_variance_of_four_indices(result):
    design = made(result, DISCRETE)
    found = sensitivity(design, points=256)
    ranks = multiverse(design).ranks
    shift = np.abs(ranks - result.rank()).mean(axis=1).reshape(2, 2)
    variance = shift.var()

    rows, columns = shift.mean(axis=1).var(), shift.mean(axis=0).var()
    assert found.shift.first[:, 0] * variance == pytest.approx([rows, columns], abs=0.01 * variance)
    assert found.shift.total[:, 0] * variance == pytest.approx(
        [variance - columns, variance - rows], abs=0.01 * variance
    )


def test_with_weights_the_effects_are_those_of_a_large_plain_sample(result):
    design = made(result, JOINT)
    found = sensitivity(design)
    effects = {one.factor: one for one in found.of_shift()}

    # pick-freeze over 2 x 40,000 plain draws, the same for all factors
    truth = _plain(design, 40_000)
    for factor, (first, total) in truth.items():
        assert effects[factor].first == pytest.approx(first, abs=0.03)
        assert effects[factor].total == pytest.approx(total, abs=0.03)
    assert sum(one.first for one in effects.values()) < 1
    assert sum(one.total for one in effects.values()) > 1
    assert max(one.first_high - one.first_low for one in effects.values()) < 0.1
    assert found.of_shift()[0].factor == "aggregation"


def _plain(design, draws):
    random = np.random.default_rng(1)
    sample = [
        (random.integers(0, 2, (draws, 2)), design.published.varied.draw(draws, random))
        for _ in range(2)
    ]

    def shift(choices, weights):
        ranks = design.ranking.ranks(design.scores(choices, lambda _: weights))
        return np.abs(ranks - design.result.rank()).mean(axis=1)

    (a, wa), (b, wb) = sample
    at_a = shift(a, wa)
    found = {}
    for number, name in enumerate(design.names()):
        alone, others = b.copy(), a.copy()
        if number < 2:
            alone[:, number], others[:, number] = a[:, number], b[:, number]
            alike, changed = shift(alone, wb), shift(others, wa)
        else:
            alike, changed = shift(b, wa), shift(a, wb)
        first = np.corrcoef(at_a, alike)[0, 1]
        found[name] = first, 1 - np.corrcoef(at_a, changed)[0, 1]
    return found


def test_the_consensus_is_near_the_published_ranking(result):
    found = consensus(uncertainty(made(result, JOINT), draws=10_000, pairs=True))

    assert found.pairs == 51 * 50 // 2
    assert 0 < found.distance < 0.05
    assert found.winner == "CHE"
