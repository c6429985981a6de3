"""A user's own method works in YAML, in the report and in analyses, as docs/own-methods.md says."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

INDEX = """\
name: own
title: Own
units: {register: own}
data: {file: data.csv}
method: {treatment: {method: median_cap, times: 3}}
framework:
  code: index
  name: Index
  children:
    - {code: a, name: Alpha, kind: share}
    - {code: b, name: Beta, kind: share, treatment: {times: 1.5}}
"""
DATA = "unit,a,b\nu,1,1\nv,2,2\nw,3,9\nx,100,3\n"


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    text = (root / "docs/own-methods.md").read_text("utf-8")
    code = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    (tmp_path / "mycaps.py").write_text(code[0], "utf-8")
    (tmp_path / "test_it.py").write_text(f"from mycaps import MedianCap\n{code[1]}", "utf-8")
    (tmp_path / "index.yaml").write_text(INDEX, "utf-8")
    (tmp_path / "data.csv").write_text(DATA, "utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def rankscope(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "-m", "rankscope", *arguments)


def test_the_method_is_ten_lines_and_keeps_the_contract(folder: Path) -> None:
    lines = (folder / "mycaps.py").read_text("utf-8").split("@register")[1].splitlines()

    assert len([line for line in lines if line.strip()]) <= 10
    assert run(folder, "test_it.py").stderr == ""


def test_a_definition_names_it_and_an_indicator_changes_one_parameter(folder: Path) -> None:
    done = rankscope(
        folder, "--use", "mycaps", "show", "x", "--index", "index.yaml", "--trace", "a"
    )

    assert done.returncode == 0, done.stderr
    assert "capped at 7.5" in done.stdout  # three times the median of 1, 2, 3 and 100
    other = rankscope(
        folder, "--use", "mycaps", "show", "w", "--index", "index.yaml", "--trace", "b"
    )
    assert "capped at 3.75" in other.stdout


def test_the_report_tells_of_it(folder: Path) -> None:
    done = rankscope(
        folder, "--use", "mycaps.py", "report", "index.yaml", "--draws", "0", "-o", "out.html"
    )

    assert done.returncode == 0, done.stderr
    assert "Caps values at a multiple of the median" in (folder / "out.html").read_text("utf-8")


def test_its_parameters_are_checked_like_others(folder: Path) -> None:
    text = INDEX.replace("times: 3", "times: 0.5")
    (folder / "index.yaml").write_text(text, "utf-8")
    done = rankscope(folder, "--use", "mycaps", "validate", "index.yaml")

    assert done.returncode == 2
    assert "median_cap.times must be a number of at least 1, got" in done.stdout + done.stderr


AGAIN = """
import mycaps
from rankscope.methods import Step, register
class Round(Step):
    name = 'round'
register(Round)
"""


@pytest.mark.parametrize(
    ("module", "content", "said"),
    [
        ("nothere", "", "there is no module 'nothere'"),
        ("broken", "1 / 0", "ZeroDivisionError"),
        ("again", AGAIN, "has a method 'round' already"),
    ],
)
def test_a_module_that_can_not_be_loaded_is_said_in_one_line(
    folder: Path, module: str, content: str, said: str
) -> None:
    if content:
        (folder / f"{module}.py").write_text(content, "utf-8")
    done = rankscope(folder, "--use", module, "rank", "index.yaml")

    assert "Traceback" not in done.stderr
    assert said in done.stderr
    assert done.returncode == 2


def test_without_the_module_the_method_is_unknown(folder: Path) -> None:
    done = rankscope(folder, "rank", "index.yaml")

    assert done.returncode == 2
    assert "treatment has no method 'median_cap'" in done.stderr
