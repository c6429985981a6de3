from __future__ import annotations

import pytest

from tests.exchange.making import DATA, META, book, cells, coin_tool, files
from tests.exchange.test_coin_tool import FRAMEWORK, INDICATORS, UNITS


@pytest.fixture(autouse=True)
def _here(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def tables(tmp_path):
    return files(tmp_path)


def test_the_next_two_commands_work_as_they_are_printed(run, tables):
    done = run("import", *tables, "-o", "mine")
    told = [line.split()[1:] for line in done.out.splitlines() if line.startswith("  rankscope ")]

    assert done.code == 0
    assert done.out.startswith("Read COINr's iData and iMeta: 3 units, 4 indicators and 3 aggreg")
    assert "note: iMeta.csv: The kinds of 4 indicators are guessed" in done.out
    assert [command[0] for command in told] == ["validate", "rank"]
    assert [run(*command).code for command in told] == [0, 0]


def test_the_tool_is_known_by_its_sheets(run, tmp_path):
    coin = book(tmp_path / "coin.xlsx", {"iData": cells(DATA), "iMeta": cells(META)})
    tool = coin_tool(tmp_path / "tool.xlsx", INDICATORS, UNITS, FRAMEWORK)

    assert "COINr's iData and iMeta" in run("import", coin, "-o", "a").out
    assert "a COIN Tool workbook" in run("import", tool, "-o", "b").out


def test_a_workbook_of_no_tool_is_refused(run, tmp_path):
    path = book(tmp_path / "notes.xlsx", {"Notes": [["x"]]})
    done = run("import", path, "-o", "mine")

    assert done.code == 2
    assert "its sheets are Notes. Say --as coinr or coin-tool." in done.err
    assert not (tmp_path / "mine").exists()


def test_as_names_the_tool(run, tmp_path):
    done = run(
        "import", book(tmp_path / "notes.xlsx", {"Notes": [["x"]]}), "-o", "a", "--as", "coinr"
    )
    assert done.code == 2
    assert "There is no column" in done.err

    other = run("import", tmp_path / "notes.xlsx", "-o", "a", "--as", "other")
    assert (other.code, other.err) == (2, "--as must be coinr, coin-tool or table, got 'other'.\n")


def test_all_that_is_wrong_is_said_and_nothing_written(run, tmp_path):
    paths = files(tmp_path, DATA.replace("90,20", "x,y"), META.replace("1,net", "2,net"))
    done = run("import", *paths, "-o", "mine")

    assert done.code == 2
    assert [line.split(": ")[0] for line in done.err.splitlines()] == [
        "iMeta.csv:3",
        "iMeta.csv:3",
        "iData.csv:2",
        "iData.csv:2",
    ]
    assert not (tmp_path / "mine").exists()


def test_files_that_are_there_stay(run, tables, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "index.yaml").write_text("mine")
    done = run("import", *tables, "-o", "mine")

    assert done.code == 2
    assert "--force" in done.err
    assert (tmp_path / "mine" / "index.yaml").read_text() == "mine"
    assert run("import", *tables, "-o", "mine", "--force").code == 0


@pytest.mark.parametrize("names", [(), ("gone.csv", "gone.csv"), ("iData.csv",), ("a", "b", "c")])
def test_files_that_make_no_index_are_refused_in_words(run, tables, names):
    done = run("import", *names, "-o", "mine")

    assert done.code == 2
    assert done.err
    assert "Traceback" not in done.err


def test_a_missing_file_is_said_to_be_missing(run, tmp_path):
    done = run("import", tmp_path / "nowhere.csv", "-o", "mine")

    assert done.code == 2
    assert "nowhere.csv: There is no such file." in done.err
