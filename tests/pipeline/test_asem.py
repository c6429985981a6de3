"""COINr's ASEM example, stage by stage: becker2022coinr."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.methods.ranking import rank
from rankscope.pipeline import HEADLINE, Result, bind, build, prepare
from tests.pipeline.asem import asem, chain, stage

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared")]


@cache
def built() -> Result:
    return build(*asem())


def leaf_codes(result: Result) -> list[str]:
    return [leaf.spec.code for leaf in result.plan.leaves]


@pytest.mark.parametrize(
    ("ours", "theirs"), [("treatment", "Treated"), ("normalisation", "Normalised")]
)
def test_every_cell_after_a_stage(ours: str, theirs: str) -> None:
    expected = stage(theirs)[leaf_codes(built())].to_numpy(dtype=float)

    assert_allclose(built().leaves.record(ours).matrix, expected, rtol=0, atol=1e-9)


@cache
def whole() -> Result:
    return build(*chain())


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("raw", "Raw"),
        ("denomination", "Denominated"),
        ("imputation", "Imputed"),
        ("treatment", "Treated"),
        ("normalisation", "Normalised"),
    ],
)
def test_the_chain_from_raw_data_gives_every_cell_of_every_stage(ours: str, theirs: str) -> None:
    expected = stage(theirs)[leaf_codes(whole())].to_numpy(dtype=float)

    assert_allclose(whole().leaves.record(ours).matrix, expected, rtol=1e-12, atol=1e-9)


def test_the_chain_gives_every_score_and_by_the_preset_every_rank() -> None:
    codes = [node.code for node in whole().plan.nodes]
    ranks = stage("ranks").loc[list(whole().units), codes]

    assert_allclose(whole().scores[0], stage("Aggregated")[codes].to_numpy(float), atol=1e-9)
    assert_array_equal(whole().ranks[0], ranks)


def test_denominated_values() -> None:
    plan = bind(*asem("Raw"))
    codes = [leaf.spec.code for leaf in plan.leaves]
    expected = stage("Denominated")[codes].to_numpy(dtype=float)

    assert_allclose(prepare(plan).record("denomination").matrix, expected, rtol=1e-12)


def test_scores_of_all_nodes() -> None:
    codes = [node.code for node in built().plan.nodes]
    expected = stage("Aggregated")[codes].to_numpy(dtype=float)

    assert_allclose(built().scores[0], expected, rtol=0, atol=1e-9)


def test_ranks_of_all_nodes_without_tolerance() -> None:
    codes = [node.code for node in built().plan.nodes]
    expected = stage("ranks").loc[list(built().units), codes]

    assert_array_equal(rank(built().scores[0].T, tolerance=0.0).T, expected)


def test_our_ranks_differ_where_coinr_tells_ties_apart_by_the_last_bit() -> None:
    codes = [node.code for node in built().plan.nodes]
    theirs = stage("ranks").loc[list(built().units), codes].to_numpy()
    row, column = np.argwhere(built().ranks[0] != theirs).T

    assert [(built().units[row[0]], codes[column[0]])] == [("GRC", "TolMin")]
    assert len(row) == 1
    assert built().score(column[0])[row[0]] == pytest.approx(54.02298850574713, abs=1e-12)


def test_the_first_six_are_coinrs() -> None:
    first = [built().units[row] for row in built().order(view=HEADLINE)[:6]]

    assert first == ["CHE", "NLD", "DNK", "NOR", "BEL", "SWE"]


def test_the_frozen_scale_gives_the_same_leaves() -> None:
    frozen = prepare(built().plan, fitted=built().leaves)

    assert_array_equal(frozen.values, built().leaves.values)


def test_on_the_frozen_scale_only_the_changed_row_changes() -> None:
    plan, table = built().plan, built().plan.table
    values = table.values.copy()
    values[7] *= 1.5
    frozen = prepare(plan, table=replace(table, values=values), fitted=built().leaves)
    changed = np.flatnonzero((frozen.values != built().leaves.values).any(axis=1))

    assert changed.tolist() == [7]
