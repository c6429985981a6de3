"""The means of groups as COINr fills them in: its ASEM example, becker2022coinr."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from rankscope.methods.base import plain_traits
from rankscope.methods.imputation import Mean
from rankscope.pipeline import Choice, bind, prepare
from tests.pipeline.asem import FOLDER, asem, stage

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared")]


def test_the_means_of_groups_are_coinrs() -> None:
    before, after = stage("Denominated"), stage("Imputed")
    groups = pd.read_csv(FOLDER / "ASEM_iData.csv").set_index("uCode")["EurAsia_group"]
    assert before.isna().to_numpy().sum() == 65  # two of them for want of a denominator
    for rows in before.groupby(groups.loc[before.index]).groups.values():
        matrix = before.loc[rows].to_numpy()
        traits = plain_traits(*matrix.shape)
        filled = Mean().transform(matrix, Mean().fit(matrix, traits), traits)
        assert_allclose(filled, after.loc[rows].to_numpy(), rtol=1e-12, atol=1e-12)


def test_they_are_through_the_pipeline_from_raw_values() -> None:
    plan = bind(*asem("Raw"))
    leaves = prepare(plan, Choice(imputation=Mean(within="EurAsia_group")))
    codes = [leaf.spec.code for leaf in plan.leaves]

    assert_allclose(
        leaves.record("imputation").matrix, stage("Imputed")[codes].to_numpy(), rtol=1e-12
    )
    assert leaves.imputed.sum() == np.isnan(leaves.record("denomination").matrix).sum() == 65
