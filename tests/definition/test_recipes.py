"""Every recipe on the page about definitions is one that validates."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from rankscope.definition import definition_text, examine_text
from rankscope.findings import Severity

PAGE = Path(__file__).parents[2] / "docs" / "definition.md"
RECIPES = re.findall(r"^```yaml\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
BASE: dict[str, str] = {
    "rankscope": "rankscope: 1",
    "name": "name: trial",
    "title": "title: Trial",
    "data": "data: {file: data.csv}",
    "framework": """framework:
  code: index
  name: Index
  children:
    - code: p
      name: P
      children: [{code: a, name: A, kind: share}, {code: b, name: B, kind: share}]
    - {code: c, name: C, kind: share}""",
}


def completed(recipe: str) -> str:
    """Return a recipe with what it leaves out."""
    said: dict[str, Any] = yaml.safe_load(recipe)
    return "\n".join([*(line for key, line in BASE.items() if key not in said), recipe])


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_validates_and_reads_back_the_same(recipe: str) -> None:
    definition, findings = examine_text(completed(recipe))

    assert [str(one) for one in findings if one.severity is not Severity.NOTE] == []
    assert definition is not None
    assert examine_text(definition_text(definition))[0] == definition


def test_there_are_recipes_and_none_is_left_out() -> None:
    assert len(RECIPES) >= 30
    assert PAGE.read_text("utf-8").count("```") == 2 * len(RECIPES)
