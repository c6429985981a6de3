from __future__ import annotations

import pytest

from tests.cli.running import TINY


def test_the_report_is_one_file_and_the_reader_is_told_how_to_open_it(run, tmp_path):
    page = tmp_path / "page.html"
    done = run("report", TINY, "-o", page)

    assert done.code == 0
    assert page.read_text("utf-8").lower().startswith("<!doctype html>")
    assert str(page) in done.out
    assert list(tmp_path.iterdir()) == [page]


@pytest.mark.slow
def test_the_demo_prints_the_first_ten_china_and_russia_and_writes_the_report(
    run, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    done = run("demo")

    assert done.code == 0
    assert "Rank in scale" in done.out
    assert {"China", "Russia"} <= set(done.out.split())
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_the_demo_answers_machines_on_one_stream_only(run, tmp_path):
    done = run("demo", "--json", "-o", tmp_path / "r.html")

    assert done.json["units"][0]["ranks"]["headline"] == 1
    assert "Wrote" in done.err


def test_a_report_that_can_not_be_written_leaves_nothing(run, tmp_path):
    done = run("report", TINY, "-o", tmp_path / "no" / "page.html")

    assert done.code == 2
    assert "there is no folder" in done.err
    assert list(tmp_path.iterdir()) == []
