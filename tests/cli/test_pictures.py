"""Answers about firmness as pictures: the ending of the file asks for one."""

from __future__ import annotations

import pytest

from tests.cli.running import TINY


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("reach",), "best to worst with any weights of"),
        (("reach", "--top", "2"), "rank as published"),
        (("sensitivity", "--points", "16", "--scramblings", "2"), "what decides the ranks"),
        (("importance",), "What drives"),
    ],
)
def test_a_picture_is_written_and_says_what_it_shows(run, tmp_path, words, said) -> None:
    path = tmp_path / "picture.svg"
    done = run(words[0], TINY, *words[1:], "-o", path)

    assert (done.code, done.out) == (0, "")
    assert said in path.read_text("utf-8")


def test_influence_is_drawn_for_one_unit(run, tmp_path) -> None:
    unit = run("rank", TINY, "--csv").out.splitlines()[1].split(",")[1]
    drawn = run("influence", TINY, "--unit", unit, "-o", tmp_path / "one.png")
    without = run("influence", TINY, "-o", tmp_path / "all.png")

    assert drawn.code == 0
    assert (tmp_path / "one.png").read_bytes()[:4] == b"\x89PNG"
    assert without.code != 0
    assert "Name it with --unit." in without.err


def test_weights_for_a_wish_are_no_picture(run, tmp_path) -> None:
    done = run("importance", TINY, "--wanted", "equal", "-o", tmp_path / "x.svg")

    assert done.code != 0
    assert "Leave --wanted and --measure out." in done.err


def test_a_report_without_draws_has_no_section_on_firmness(run, tmp_path) -> None:
    for draws, there in ((0, False), (50, True)):
        path = tmp_path / f"{draws}.html"
        assert run("report", TINY, "--draws", draws, "-o", path).code == 0
        assert ("How firm is every rank?" in path.read_text("utf-8")) == there
