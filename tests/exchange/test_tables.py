"""Tables of what an index computed, against the arrays of the result."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from rankscope import build, open_index
from rankscope.data import parquet as parquet_module
from rankscope.errors import OutputError
from rankscope.exchange.book import book_bytes
from rankscope.exchange.tables import WHATS, result_frame, write_result
from tests.support.indices import FLAT, UNEVEN, make_index

if TYPE_CHECKING:
    from pathlib import Path

    from rankscope.pipeline.result import Result

CODES = ["whole", "a", "deep", "deeper", "deepest", "b", "c", "even", "d", "e"]


@pytest.fixture
def result() -> Result:
    return make_index(
        framework=UNEVEN, gaps=0.2, method={"treatment": "winsorise", "imputation": "median"}
    ).build()


@pytest.fixture
def panel() -> Result:
    index = make_index(
        framework=FLAT, units=12, data={"file": "values.csv", "period_column": "year"}
    )
    units = index.table.units[:6] * 2
    periods = ("2021",) * 6 + ("2020",) * 6
    return build(index.definition, replace(index.table, units=units, periods=periods))


def test_scores_stand_in_the_order_of_the_definition(result: Result) -> None:
    frame = result_frame(result)

    assert list(frame.columns) == ["unit", "name", *CODES]
    assert frame["unit"].tolist() == list(result.units)
    for code in CODES:
        np.testing.assert_array_equal(frame[code], result.score(result.plan.node(code)))


def test_ranks_are_whole_numbers_and_missing_without_one() -> None:
    result = open_index("ai-capacity").build()
    frame = result_frame(result, "ranks", view="intensity")

    assert frame["ai_capacity"].dtype == "Int64"
    ranks = frame["ai_capacity"].fillna(0).to_numpy(dtype=int)
    np.testing.assert_array_equal(ranks, result.rank(view="intensity"))
    assert frame["ai_capacity"].isna().any()


@pytest.mark.parametrize(
    ("what", "stage"),
    [
        ("treated", "treatment"),
        ("imputed", "imputation"),
        ("denominated", "denomination"),
        ("raw", "raw"),
    ],
)
def test_stages_are_those_of_the_record(result: Result, what: str, stage: str) -> None:
    frame = result_frame(result, what)  # type: ignore[arg-type]

    assert list(frame.columns[2:]) == list("abcde")
    np.testing.assert_array_equal(frame.iloc[:, 2:], result.leaves.record(stage).matrix)


def test_everything_is_long_and_tells_what_each_value_is(result: Result) -> None:
    frame = result_frame(result, "all")
    wide = frame[frame["what"] == "scores"].pivot_table(
        index="unit", columns="node", values="value"
    )

    assert list(frame.columns) == ["unit", "name", "node", "what", "value"]
    assert set(frame["what"]) == set(WHATS) - {"all"}
    assert not frame["value"].isna().any()
    for code in CODES:
        expected = pd.Series(result.score(result.plan.node(code)), result.units).dropna()
        pd.testing.assert_series_equal(wide[code].dropna(), expected, check_names=False)


def test_a_panel_has_periods_the_earliest_first(panel: Result) -> None:
    frame = result_frame(panel)
    last = result_frame(panel, period="2021")

    assert frame["period"].tolist() == ["2020"] * 6 + ["2021"] * 6
    np.testing.assert_array_equal(last["whole"], panel.of_period("2021").score())
    with pytest.raises(KeyError):
        result_frame(panel, period="2019")


def test_files_of_all_kinds_hold_the_same(result: Result, tmp_path: Path) -> None:
    frame = result_frame(result)
    paths = {
        kind: write_result(result, tmp_path / f"scores.{kind}", kind)  # type: ignore[arg-type]
        for kind in ("csv", "json", "parquet")
    }
    content = json.loads(paths["json"].read_text("utf-8"))
    read = [
        pd.read_csv(paths["csv"], keep_default_na=True),
        pd.DataFrame(content["rows"]),
        pd.read_parquet(paths["parquet"]),
    ]

    assert len(content["definition_sha256"]) == 64
    for one in read:
        assert list(one.columns) == list(frame.columns)
        np.testing.assert_array_equal(one["whole"].astype(float), frame["whole"])
        assert one["unit"].tolist() == frame["unit"].tolist()


def test_numbers_keep_every_digit(result: Result, tmp_path: Path) -> None:
    path = write_result(result, tmp_path / "all.csv", "csv", "all")
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))

    assert [float(row["value"]) for row in rows] == result_frame(result, "all")["value"].tolist()


def test_texts_in_csv_are_never_formulas(tmp_path: Path) -> None:
    result = make_index(framework=FLAT, units=3, names=("=1+1", "@x", "plain")).build()
    path = write_result(result, tmp_path / "scores.csv", "csv")
    names = [row["name"] for row in csv.DictReader(path.read_text("utf-8").splitlines())]

    assert names == ["'=1+1", "'@x", "plain"]


def test_parquet_without_its_package_says_what_to_install(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_module, "parquet", None)

    with pytest.raises(OutputError, match=r"pip install .rankscope\[parquet\]"):
        write_result(result, tmp_path / "scores.parquet", "parquet")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"what": "everything"}, "There is no table 'everything'"),
        ({"what": "all", "layout": "wide"}, "long layout only"),
        ({"layout": "tall"}, "wide or long, got 'tall'"),
    ],
)
def test_what_is_not_there_is_refused(result: Result, asked: dict[str, str], said: str) -> None:
    with pytest.raises(OutputError, match=said):
        result_frame(result, **asked)  # type: ignore[arg-type]


def test_a_text_that_no_workbook_can_hold_is_written_escaped() -> None:
    rows = [["name"], ["Up\x01per \ud800\ufffe"], ["plain\nline"]]
    sheet = load_workbook(io.BytesIO(book_bytes({"one": rows})))["one"]

    assert [cell.value for cell in sheet["A"]] == [
        "name",
        r"Up\u0001per \ud800\ufffe",
        "plain\nline",
    ]
