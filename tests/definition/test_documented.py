"""Every finding that the code can make is documented, and no other."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAKERS = {
    "error",
    "warning",
    "note",
    "stop",
    "finding",
    "Finding",
    "_stop",
    "_fault",
    "_twice",
    "twice",
}
ID = re.compile("[a-z]+(-[a-z]+)+")


def ids_in(folder: Path) -> Iterator[str]:
    """Yield the texts that look like ids among the arguments of what makes findings."""
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in MAKERS:
                yield from (text for text in map(_text, node.args[:2]) if ID.fullmatch(text))


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _text(argument: ast.expr) -> str:
    value = argument.value if isinstance(argument, ast.Constant) else ""
    return value if isinstance(value, str) else ""


@pytest.fixture
def documented(root: Path) -> set[str]:
    text = (root / "docs/findings.md").read_text("utf-8")
    return set(re.findall(r"^\| `([a-z-]+)` \| (?:error|warning|note)", text, re.MULTILINE))


def test_every_id_in_the_code_is_documented(root: Path, documented: set[str]) -> None:
    used = set(ids_in(root / "src/rankscope"))

    assert len(used) > 80
    assert used - documented == set()


def test_no_id_is_documented_that_the_definition_no_longer_uses(
    root: Path, documented: set[str]
) -> None:
    used = set(ids_in(root / "src/rankscope"))
    ours = {one for one in documented if not one.startswith("data-")}

    assert ours - used == set()


def test_importing_the_definition_loads_neither_openpyxl_nor_pandas() -> None:
    code = "import sys, rankscope.definition; print(*sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    heavy = {"openpyxl", "pandas", "sklearn", "scipy.stats", "scipy.optimize", "hypothesis"}
    assert heavy & set(done.stdout.split()) == set()
