"""The JSON Schema takes what the reader takes, and refuses what it refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings

from rankscope._registry import methods_of
from rankscope.definition import definition_text, json_schema
from tests.definition.strategies import definitions
from tests.definition.support import GOOD, changed, examined

if TYPE_CHECKING:
    from pathlib import Path

    from rankscope.definition.model import IndexDefinition

VALIDATOR = jsonschema.Draft202012Validator


def complaints(text: str) -> list[str]:
    """Return what an editor would underline in a text that any YAML reader has read."""
    return [one.message for one in VALIDATOR(json_schema()).iter_errors(yaml.safe_load(text))]


def test_it_is_a_schema_and_it_is_plain_json() -> None:
    VALIDATOR.check_schema(json_schema())

    assert json.loads(json.dumps(json_schema())) == json_schema()


def test_the_packaged_index_follows_it(root: Path) -> None:
    for file in (root / "src/rankscope").glob("*/*/index.yaml"):
        assert complaints(file.read_text("utf-8")) == []


@pytest.mark.slow
@settings(max_examples=30)
@given(definitions())
def test_whatever_is_written_follows_it(definition: IndexDefinition) -> None:
    assert complaints(definition_text(definition)) == []


@pytest.mark.parametrize(
    "line",
    ["edition: 2026", "publisher:", "method: {min_available: {at_least: 2/3}}",
     "method: {aggregation: geometric, normalisation: {method: min_max, to: [1, 100]}}"],
)  # fmt: skip
def test_it_takes_what_the_reader_takes(line: str) -> None:
    text = f"{GOOD[: GOOD.index('method:')]}{line}\n"

    definition, _ = examined(text)

    assert definition is not None
    assert complaints(text) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Trial", "titel: Trial"),
        ("kind: share", "kind: shares"),
        ("kind: share", "kind: share, weight: -1"),
        ("kind: share", "kind: share, weight: heavy"),
        ("kind: share", "children: []"),
        ("polarity: -1", "polarity: 0"),
        ("aggregation: arithmetic", "aggregation: medium"),
        ("aggregation: arithmetic", "aggregation: {method: generalised, power: 99}"),
        ("name: trial", "name: 1 2"),
    ],
)
def test_it_refuses_what_the_reader_refuses(old: str, new: str) -> None:
    text = changed(old, new)

    _, findings = examined(text)

    assert findings
    assert complaints(text)


def _descriptions(part: Any) -> list[str]:
    if isinstance(part, list):
        return [text for one in part for text in _descriptions(one)]
    if not isinstance(part, dict):
        return []
    own = [part["description"]] if isinstance(part.get("description"), str) else []
    return own + [text for one in part.values() for text in _descriptions(one)]


def test_editors_can_explain_every_method() -> None:
    shown = set(_descriptions(json_schema()))

    for stage in ("imputation", "treatment", "normalisation", "aggregation", "step", "change"):
        for method in methods_of(stage).values():
            assert (method.__doc__ or "").partition("\n")[0] in shown
