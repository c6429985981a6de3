"""Scores are shown with the decimals that their scale asks for."""

from __future__ import annotations

import pytest

from tests.cli.running import TINY

INDEX = """
name: life
title: Life
units: {register: own}
data: {file: life.csv, unit_column: place}
framework:
  code: life
  name: Life
  children:
    - {code: years, name: Years, kind: interval, goalposts: [0, 100]}
    - {code: school, name: School, kind: interval, goalposts: [0, 20]}
method: {normalisation: {method: goalposts, to: [0, TOP]}MORE}
"""
TABLE = "place,years,school\nNord,75,12\nSued,60,11\n"


@pytest.fixture
def life(tmp_path):
    def written(top=1, more=""):
        said = INDEX.replace("TOP", str(top)).replace("MORE", more)
        (tmp_path / "life.yaml").write_text(said, "utf-8")
        (tmp_path / "life.csv").write_text(TABLE, "utf-8")
        return tmp_path / "life.yaml"

    return written


@pytest.mark.parametrize(
    ("top", "more", "score"),
    [
        (1, "", "0.675"),
        (10, "", "6.75"),
        (100, "", "67.5"),
        (1000, "", "675.0"),
        (100, ", ranking: {decimals: 3}", "67.500"),
    ],
)
def test_decimals_follow_from_the_scale_and_from_what_ranks_are_taken_from(
    run, life, top, more, score
):
    path = life(top, more)

    assert run("rank", path, "--level", "0").out.splitlines()[3].split() == ["1", "Nord", score]
    assert f"score {score} ·" in run("show", "Nord", "-i", path).out
    assert f"Nord: score {score}, rank 1 of 2" in run("compare", "Nord", "Sued", "-i", path).out
    assert score in run("build", path).out


def test_differences_have_one_decimal_more_than_scores(run, life):
    lines = run("compare", "Nord", "Sued", "-i", life()).out.splitlines()

    assert next(line for line in lines if line.startswith("Together")).split()[3] == "+0.1000"


def test_a_unit_that_has_no_other_code_is_named_once(run, life):
    path = life()

    assert run("show", "Nord", "-i", path).out.startswith("Nord · Life")
    assert run("show", "Nord", "-i", path, "--trace", "years").out.splitlines()[:2] == [
        "Years of Nord · Life, edition 1 · headline",
        "75",
    ]


def test_a_scale_of_a_hundred_keeps_one_decimal(run):
    assert "92.3" in run("rank", TINY, "--level", "0").out
