"""Influence on COINr's ASEM example, against a loop in plain NumPy and SciPy."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal
from scipy import stats

from rankscope.analyses.influence import Influence, influence
from rankscope.methods.treatment import NoTreatment
from rankscope.pipeline import build
from tests.pipeline.asem import FOLDER, asem, stage

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared"), pytest.mark.slow]


@cache
def found() -> Influence:
    definition, table = asem("Treated")
    method = definition.method.model_copy(update={"treatment": NoTreatment()})
    return influence(build(definition.model_copy(update={"method": method}), table))


@cache
def meta() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "ASEM_iMeta.csv").set_index("iCode")


def loop(values: pd.DataFrame, left_out: str = "") -> pd.Series:
    """Return the ranks of the rows of a table without one node: scales, means, ranks."""
    signs = meta()["Direction"][values.columns]
    low, high = (values * signs).min(), (values * signs).max()
    scores = 100 * (values * signs - low) / (high - low)

    def score(code: str) -> pd.Series:
        children = meta().index[meta()["Parent"] == code]
        if not len(children):
            return scores[code]
        kept = [child for child in children if child != left_out]
        weights = meta()["Weight"][kept]
        return sum(score(child) * weights[child] for child in kept) / weights.sum()

    whole = score("Index")
    return pd.Series(stats.rankdata(-whole, method="min"), whole.index)


@cache
def treated() -> pd.DataFrame:
    values = stage("Treated")
    return values[[code for code in values if meta()["Type"][code] == "Indicator"]].astype(float)


def test_each_indicator_and_pillar_left_out() -> None:
    rows = [at for at, one in enumerate(found().left_out) if one.kind in ("indicator", "pillar")]

    assert len(rows) == 49 + 10
    for at in rows:
        assert_array_equal(found().ranks[at], loop(treated(), found().left_out[at].code))


def test_each_unit_left_out() -> None:
    everybody = loop(treated())
    rows = [at for at, one in enumerate(found().left_out) if one.kind == "unit"]
    turned = 0

    assert len(rows) == 51
    for at in rows:
        one, others = found().left_out[at], treated().drop(index=found().left_out[at].code)
        ranks = loop(others)
        before = stats.rankdata(everybody[others.index], method="min")
        pairs = np.sign(np.subtract.outer(before, before)) * np.sign(
            np.subtract.outer(ranks.to_numpy(), ranks.to_numpy())
        )
        assert_array_equal(found().ranks[at][found().ranks[at] > 0], ranks)
        assert one.reversals == (pairs < 0).sum() // 2
        assert one.mean_shift == pytest.approx(np.abs(before - ranks).mean())
        turned += one.reversals
    assert turned > 0  # the example does have rank reversals
