from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from openpyxl import load_workbook

from rankscope import open_index

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.running import Done


def test_a_workbook_has_formulas(run: Callable[..., Done], tiny: Path, tmp_path: Path) -> None:
    done = run("export", tiny, "-o", tmp_path / "index.xlsx", "--view", "intensity")
    book = load_workbook(tmp_path / "index.xlsx")

    assert done.code == 0, done.err
    assert "Wrote" in done.err
    assert done.out == ""
    assert str(book["Scores"]["C4"].value).startswith("=")
    assert "intensity" in str(book["Read me"]["B2"].value)


@pytest.mark.parametrize("name", ["scores.csv", "scores.json", "scores.parquet", "SCORES.CSV"])
def test_the_ending_tells_the_form(
    run: Callable[..., Done], tiny: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    done = run("export", tiny, "-o", path)
    read = {
        ".csv": pd.read_csv,
        ".json": lambda file: pd.DataFrame(json.loads(file.read_text("utf-8"))["rows"]),
        ".parquet": pd.read_parquet,
    }[path.suffix.lower()](path)
    result = open_index(str(tiny)).build()

    assert done.code == 0, done.err
    assert read["unit"].tolist() == list(result.units)
    root = result.plan.nodes[result.plan.root].code
    assert read[root].tolist() == pytest.approx(result.score().tolist(), nan_ok=True, rel=1e-15)


def test_tables_can_be_ranks_in_the_long_layout(
    run: Callable[..., Done], tiny: Path, tmp_path: Path
) -> None:
    path = tmp_path / "ranks.csv"
    done = run("export", tiny, "-o", path, "--what", "ranks", "--layout", "long")

    assert done.code == 0, done.err
    frame = pd.read_csv(path)
    assert list(frame.columns) == ["unit", "name", "node", "what", "value"]
    assert frame["value"].dtype.kind == "i"


def test_coinr_gets_its_two_tables(run: Callable[..., Done], tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "coinr"
    folder.mkdir()
    done = run("export", tiny, "--as", "coinr", "-o", folder)

    assert done.code == 0, done.err
    assert sorted(path.name for path in folder.iterdir()) == ["iData.csv", "iMeta.csv"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "x.pdf"], "must end in .xlsx, .csv, .json, .parquet or .pq, got '.pdf'"),
        (["-o", "x.csv", "--as", "excel"], "--as must be live, coinr, parquet, csv or json"),
        (["-o", "x.csv", "--as", "live"], "A workbook ends in .xlsx"),
        (["-o", "x.csv", "--what", "cake"], "--what must be scores, ranks"),
        (["-o", "x.csv", "--layout", "tall"], "--layout must be wide or long"),
        (["-o", "x.csv", "--view", "moon"], "has no view 'moon'"),
        (["-o", "x.csv", "--period", "2020"], "Leave --period out"),
        (["-o", "x.csv", "--what", "all", "--layout", "wide"], "long layout only"),
        (["-o", "x.xlsx", "--what", "ranks"], "can not be told --what"),
        (["-o", "x.xlsx", "--as", "coinr", "--view", "scale"], "can not be told --view"),
        (["-o", "nowhere/x.csv"], "there is no folder nowhere"),
    ],
)
def test_what_can_not_be_done_is_said(
    run: Callable[..., Done],
    tiny: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("export", tiny, *arguments)

    assert done.code == 2
    assert said in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["tiny"]


def test_the_folder_for_coinr_is_made(run, tiny, tmp_path):
    folder = tmp_path / "deep" / "coinr"
    done = run("export", tiny, "--as", "coinr", "-o", folder)

    assert done.code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["iData.csv", "iMeta.csv"]


def test_a_file_is_no_folder_for_coinr(run, tiny, tmp_path):
    (tmp_path / "taken").write_text("x")
    done = run("export", tiny, "--as", "coinr", "-o", tmp_path / "taken")

    assert done.code == 2
    assert "can not be made: file exists" in done.err
