"""The packaged tables are what their tool makes of the open panel, to the last byte."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from rankscope.catalogue.open import open_index

if TYPE_CHECKING:
    from pathlib import Path

    from rankscope.methods.change import Ties

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared")]

HOME = "src/rankscope/catalogue/ai_capacity"


@pytest.fixture(scope="module")
def panel(shared: Path) -> Path:
    return shared / "data" / "open-panel"


@pytest.fixture(scope="module")
def articles() -> Ties:
    return open_index("ai-capacity").ties()[0]


@pytest.fixture(scope="module")
def code() -> Ties:
    return open_index("ai-capacity").ties()[1]


@pytest.fixture(scope="module")
def pairs(panel: Path) -> pd.DataFrame:
    return pd.read_csv(panel / "bilateral.csv", keep_default_na=False)


def test_the_tool_makes_the_packaged_tables(root: Path, panel: Path, tmp_path: Path) -> None:
    tool = root / "tools" / "compile_ai_capacity.py"
    subprocess.run([sys.executable, tool, panel, "--to", tmp_path], check=True)

    for name in ("values.csv", "facts.csv", "ties.csv"):
        assert (tmp_path / name).read_bytes() == (root / HOME / name).read_bytes(), name


def test_russia_wrote_245_articles_with_china(articles: Ties) -> None:
    row, column = articles.units.index("RUS"), articles.units.index("CHN")

    assert articles.values[row, column] == articles.values[column, row] == 245


def test_pairs_of_russia_exceed_its_articles_with_foreign_authors(articles: Ties) -> None:
    """An article of three countries is in two of a country's pairs."""
    row = articles.units.index("RUS")

    assert pd.Series(articles.values[row]).sum() == 3116
    assert articles.totals[row] == 2456
    assert articles.once_per_pair


def test_every_pair_of_articles_is_that_of_the_panel(articles: Ties, pairs: pd.DataFrame) -> None:
    joint = pairs[pairs["measure"] == "ai_coauthored_articles_2003_22"]
    square = joint.pivot(index="iso3_a", columns="iso3_b", values="value")

    assert tuple(square.index) == articles.units
    pd.testing.assert_frame_equal(
        square,
        pd.DataFrame(articles.values, articles.units, articles.units),
        check_names=False,
        check_dtype=False,
    )


def test_code_written_together_adds_up_to_the_indicator(code: Ties, pairs: pd.DataFrame) -> None:
    """Sent and received, but for pairs with economies that are not in the index."""
    index = open_index("ai-capacity")
    column = pd.Series(index.table.column("code_collaboration"), index.table.units).dropna()
    joint = pairs[pairs["measure"] == "github_collab_q3"]
    both = pd.concat(
        [joint, joint.rename(columns={"iso3_a": "iso3_b", "iso3_b": "iso3_a"})], ignore_index=True
    )
    inside = both["iso3_b"].isin(index.table.units)
    all_pairs = both.groupby("iso3_a")["value"].sum().reindex(column.index)
    outside = both[~inside].groupby("iso3_a")["value"].sum().reindex(column.index).fillna(0)

    assert set(column.index) == set(code.units)
    pd.testing.assert_series_equal(all_pairs, column, check_names=False)
    told = pd.Series(code.totals, code.units).reindex(column.index)
    pd.testing.assert_series_equal(told, column - outside, check_names=False)
    assert (told / column).min() > 0.89  # Bahrain; nobody else is below 0.99


def test_pairs_that_github_suppressed_are_missing(code: Ties, pairs: pd.DataFrame) -> None:
    joint = pairs[pairs["measure"] == "github_collab_q3"]
    there = pd.Series(code.values.ravel()).notna().sum()

    kept = joint["iso3_a"].isin(code.units) & joint["iso3_b"].isin(code.units)
    assert there == kept.sum()
    assert there < len(code.units) * (len(code.units) - 1) / 4
    assert not (code.values == 0).any()


def test_code_that_was_left_out_weighs_little_in_large_economies(code: Ties) -> None:
    """The method page says so: a missing cell holds a hundred pushes and requests at most."""
    there = pd.DataFrame(code.values, code.units, code.units).notna()
    missing = 2 * (len(code.units) - 1) - there.sum(axis=0) - there.sum(axis=1)
    most = 100 * missing / (pd.Series(code.totals, code.units) + 100 * missing)

    assert pd.DataFrame(code.values).min(axis=None) == 101
    assert most[["USA", "RUS", "CHN"]].round(2).tolist() == [0.0, 0.05, 0.09]
    assert most.median() > 0.5
