"""The region: merit orders units as the engine does, for any admissible weights."""

from __future__ import annotations

import numpy as np
import pytest

from rankscope.analyses.exact.region import region_of
from rankscope.analyses.varied_weights import varied_weights
from rankscope.methods.admissible import Perturbed
from rankscope.methods.aggregation import Arithmetic, Generalised, Geometric, Harmonic
from rankscope.pipeline.evaluate import compile_node
from tests.analyses.exact.trees import random_tree, random_values, result_of

CHARTS = [Arithmetic(), Geometric(), Harmonic(), Generalised(power=2)]


@pytest.mark.parametrize("gaps", [0.0, 0.25])
@pytest.mark.parametrize("way", ["bounds", "hold"])
@pytest.mark.parametrize("method", CHARTS, ids=lambda one: one.name)
def test_merit_is_the_score_of_the_engine(method, way, gaps) -> None:
    for seed in range(15):
        random = np.random.default_rng(seed)
        tree = random_tree(random)
        result = result_of(
            tree, random_values(random, 8, 11, gaps)[:, : count(tree)], aggregation=method
        )
        varied = varied_weights(result.plan, result.leaves.weights, Perturbed(0.4))
        region = region_of(result, varied, gaps=way)
        weights = varied.draw(50, random)
        for parent in region.held:
            kept = list(result.plan.nodes[parent].children)
            weights[:, kept] = varied.given[kept]
        scores = compile_node(result.plan, result.leaves).scores(weights)[:, region.rows]
        merit = region.sign * region.chart.forward(scores)
        effective = region.effective(weights)

        assert (effective @ region.low.T <= merit + 1e-9 * np.abs(merit)).all()
        assert (effective @ region.high.T >= merit - 1e-9 * np.abs(merit)).all()
        if way == "hold" or gaps == 0:
            assert region.linear.all()


def count(node) -> int:
    return sum(map(count, node.children)) if node.children else 1
