"""The reference of the methods is what the methods say of themselves."""

from __future__ import annotations

import re

import pytest

from rankscope._registry import build
from rankscope.definition.yaml_text import parse_yaml
from tests.definition.methods_reference import (
    FILE,
    KEYS,
    LISTED,
    STAGES,
    example,
    methods_of,
    reference,
)


def test_the_page_is_current() -> None:
    assert FILE.read_text("utf-8") == reference(), (
        "write it anew: python -m tests.definition.methods_reference"
    )


@pytest.mark.parametrize("stage", STAGES)
def test_every_example_can_be_built(stage: str) -> None:
    for cls in methods_of(stage).values():
        given = parse_yaml(example(stage, cls), "e.yaml").plain()[KEYS.get(stage, stage)]
        method, faults = build(stage, given[0] if stage in LISTED else given)

        assert faults == []
        assert type(method) is cls


def test_every_method_has_an_entry_with_a_sentence() -> None:
    text = FILE.read_text("utf-8")
    entries = re.findall(r"^### (\w+)\n\n(\S.*)", text, re.MULTILINE)

    assert len(entries) == sum(len(methods_of(stage)) for stage in STAGES)
    assert all(len(sentence) > 10 for _, sentence in entries)
