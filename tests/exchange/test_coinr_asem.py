"""COINr's own example, from its tables to the scores that COINr 1.1.14 computed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rankscope.data import read_table
from rankscope.definition import read_definition
from rankscope.definition.model import IndexDefinition
from rankscope.exchange import read_coinr, write_coinr, write_imported
from rankscope.pipeline import build

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared")]


@pytest.fixture(scope="module")
def folder(shared):
    return shared / "data" / "asem"


@pytest.fixture(scope="module")
def index(folder):
    return read_coinr(folder / "ASEM_iData.csv", folder / "ASEM_iMeta.csv")


def published(folder, name):
    frame = pd.read_csv(folder / name, dtype=str).set_index("uCode")
    return frame.apply(lambda column: pd.to_numeric(column.str.strip().replace("NA", np.nan)))


def with_group_means(definition):
    """Add what COINr's example does beyond its defaults: imputation in two groups."""
    imputation = {"method": "mean", "within": "EurAsia_group"}
    spec = definition.model_dump(by_alias=True)
    return IndexDefinition.model_validate(
        spec | {"method": {"preset": "coinr", "imputation": imputation}}
    )


def test_the_example_is_read_whole(index):
    definition, table = index

    assert table.shape == (51, 53)
    assert int(np.isnan(table.values[:, :49]).sum()) == 63
    assert len([*definition.framework.walk()]) == 60
    assert sum(node.denominator is not None for node in definition.indicators()) == 17
    assert len(definition.context) == 8


def test_every_aggregate_is_what_coinr_computed(index, folder, tmp_path):
    definition, table = index
    write_imported(with_group_means(definition), table, tmp_path)
    read = read_definition(tmp_path)
    result = build(read, read_table(read, tmp_path))
    expected = published(folder, "ASEM_Aggregated.csv").loc[list(result.units)]
    nodes = {node.code: at for at, node in enumerate(result.plan.nodes)}

    assert {*expected.columns} <= nodes.keys()
    for code in expected.columns:
        if result.plan.nodes[nodes[code]].leaf < 0:
            np.testing.assert_allclose(result.score(nodes[code]), expected[code], rtol=0, atol=1e-9)


def test_every_rank_is_what_coinr_computed(index, folder):
    definition, table = index
    result = build(with_group_means(definition), table)
    expected = published(folder, "ASEM_ranks.csv")["Index"].loc[list(result.units)]

    assert result.rank().tolist() == expected.tolist()


@pytest.mark.parametrize("name", ["", "asem.xlsx"])
def test_the_example_is_written_and_read_again(index, tmp_path, name):
    written = write_coinr(*index, tmp_path / name)
    definition, table = read_coinr(*written.paths)

    assert written.findings == ()
    assert definition == index[0]
    np.testing.assert_allclose(table.values, index[1].values, rtol=1e-15)
    assert table.labels == index[1].labels
