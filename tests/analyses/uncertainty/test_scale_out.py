"""The same bits from processes and from a Dask cluster as from one thread."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import joblib
import pytest
from numpy.testing import assert_array_equal

from rankscope.analyses.uncertainty import DesignDraws, design_of, uncertainty
from rankscope.definition.assumptions import Assumptions
from rankscope.pipeline.blocks import BLOCK, RankCounts, StoredScores, run_blocks
from tests.support.indices import TWO_LEVELS, make_index
from tests.support.workers import Workers, forget, received

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from distributed import Client

    from rankscope.analyses.uncertainty import Design

pytestmark = pytest.mark.slow

DRAWS = 11 * BLOCK + 5


@pytest.fixture(scope="module")
def design() -> Design:
    """Return a design in which all kinds of things vary, with weights learnt from data."""
    index = make_index(
        framework=TWO_LEVELS,
        gaps=0.1,
        method={"weights": "entropy", "screening": {"at_least": 0.3}},
    )
    assumed = {
        "weights": {"method": "perturbed", "by": 0.3},
        "normalisation": [{"method": "min_max", "to": [1, 100]}, {"method": "percentile_rank"}],
        "aggregation": ["arithmetic", {"method": "geometric", "zeros": "zero"}],
        "errors": [{"relative": 0.2}],
        "tables": 3,
    }
    return design_of(index.build(), assumptions=Assumptions.model_validate(assumed))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Client]:
    """Return the client of a cluster of two worker processes on this machine."""
    distributed = pytest.importorskip("distributed", reason="the extra `dask` is not installed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
        ) as own,
        distributed.Client(own) as client,
    ):
        yield client


def everything(design: Design, workers: int) -> list[np.ndarray]:
    found = uncertainty(design, draws=DRAWS, workers=workers)
    return [
        found.ranks.counts,
        found.pairs.above,
        found.scores.low,
        found.scores.median,
        found.scores.high,
    ]


def test_a_dask_cluster_gives_the_bits_of_one_thread(design, cluster):
    expected = everything(design, 1)
    cluster.run(forget)
    with joblib.parallel_config(backend="dask"):
        found = everything(design, 2)

    processes, runs = zip(*cluster.run(received).values(), strict=True)
    assert len({*processes} - {os.getpid()}) == 2
    assert runs[0] == runs[1] != ()  # both took part in this run
    for one, other in zip(found, expected, strict=True):
        assert_array_equal(one, other)


def test_every_block_is_run_by_the_cluster(design, cluster):
    reducers = [StoredScores(), RankCounts(design.ranking), Workers(0.02)]
    expected = run_blocks(DesignDraws(design), DRAWS, reducers).kept
    with joblib.parallel_config(backend="dask"):
        found = run_blocks(DesignDraws(design), DRAWS, reducers, workers=2).kept

    assert_array_equal(found[0], expected[0])
    assert_array_equal(found[1], expected[1])
    assert {pid for pid, _ in expected[2]} == {os.getpid()}
    ran = {pid for pid, _ in found[2]}
    assert ran == set(cluster.run(os.getpid).values())
    assert os.getpid() not in ran


def test_processes_give_the_bits_of_one_thread(design):
    reducers = [StoredScores(), RankCounts(design.ranking), Workers(0.02)]
    expected = run_blocks(DesignDraws(design), DRAWS, reducers).kept
    with joblib.parallel_config(backend="loky"):
        found = run_blocks(DesignDraws(design), DRAWS, reducers, workers=2).kept

    assert_array_equal(found[0], expected[0])
    assert_array_equal(found[1], expected[1])
    ran = {pid for pid, _ in found[2]}
    assert len(ran) == 2
    assert os.getpid() not in ran
