"""The examples in docstrings print what they show."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "src"
FILES = [file for file in sorted(ROOT.rglob("*.py")) if ">>> " in file.read_text("utf-8")]
MODULES = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in FILES]


@pytest.mark.parametrize("module", MODULES)
def test_each_example_prints_what_it_shows(module: str) -> None:
    failed, tried = doctest.testmod(import_module(module))

    assert tried
    assert not failed
