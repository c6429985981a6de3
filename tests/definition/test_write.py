"""A definition is written as a person would, and reads back the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rankscope.definition import definition_text, read_definition, write_definition
from rankscope.definition.yaml_emit import emit, number_text
from rankscope.definition.yaml_text import parse_yaml
from rankscope.errors import OutputError
from rankscope.findings import errors_among
from tests.definition.strategies import NASTY, definitions, texts
from tests.definition.support import GOOD, changed, examined

if TYPE_CHECKING:
    from pathlib import Path

    from rankscope.definition.model import IndexDefinition


def good() -> IndexDefinition:
    definition, _ = examined(GOOD)
    assert definition is not None
    return definition


@pytest.mark.slow
@settings(max_examples=60)
@given(definitions())
def test_what_is_written_reads_back_the_same(definition: IndexDefinition) -> None:
    text = definition_text(definition)

    again, findings = examined(text)

    assert errors_among(findings) == ()
    assert again == definition
    assert definition_text(definition) == text


@settings(max_examples=300)
@given(texts)
def test_a_text_means_the_same_to_every_reader(text: str) -> None:
    written = emit({"a": text, "b": [text], "c": [{"d": text}], "e": {"method": "m", "p": text}})

    ours = parse_yaml(written, "t.yaml").plain()
    theirs = yaml.safe_load(written)

    assert ours == theirs
    assert ours == {"a": text, "b": [text], "c": [{"d": text}], "e": {"method": "m", "p": text}}


def test_the_law_can_fail_where_quotes_are_left_out() -> None:
    """Written bare, most of these texts are no YAML or mean something else."""
    misread = 0
    for text in NASTY:
        try:
            misread += yaml.safe_load(f"a: {text}\n") != {"a": text}
        except yaml.YAMLError:
            misread += 1

    assert misread > len(NASTY) / 2


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_short_and_exact(number: float) -> None:
    text = number_text(number)

    above, _, below = text.partition("/")
    assert float(above) / float(below or 1) == number
    assert len(text) <= 25


@pytest.mark.parametrize(
    ("number", "text"),
    [(1.0, "1"), (0.25, "0.25"), (2 / 3, "2/3"), (1e9, "1000000000"), (1e300, "1.0e+300")],
)  # fmt: skip
def test_numbers_are_without_noise(number: float, text: str) -> None:
    assert number_text(number) == text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ({"a": "NO"}, 'a: "NO"'),
        ({"a": "on"}, 'a: "on"'),
        ({"a": "2026"}, 'a: "2026"'),
        ({"a": "2024-01-01"}, 'a: "2024-01-01"'),
        ({"a": "Åland (2 islands)"}, "a: Åland (2 islands)"),
        ({"a": ""}, 'a: ""'),
        ({"a": True}, "a: true"),
        ({"to": [1.0, 100.0]}, "to: [1, 100]"),
        ({"a": {"method": "geometric"}}, "a: geometric"),
        ({"a": {"method": "min_max", "to": [1, 9]}}, "a: {method: min_max, to: [1, 9]}"),
        ({"a": {}}, "a: {}"),
        ({"a": [["x", {"method": "m"}], []]}, "a: [[x, m], []]"),
        ({"a": [["x" * 60], ["y" * 60]]}, f"a:\n  - [{'x' * 60}]\n  - [{'y' * 60}]"),
        (
            {"a": {"method": "m", "of": {"b": [0.1, 1.0], "NO": [0.0, 1 / 3]}}},
            'a: {method: m, of: {b: [0.1, 1], "NO": [0, 1/3]}}',
        ),
        ({"a": ["x", "NO", "b, c"]}, 'a: [x, "NO", "b, c"]'),
        ({"a": [{"b": 1, "c": [{"d": 2}]}]}, "a:\n  - b: 1\n    c:\n      - d: 2"),
        ({"a": "one\ntwo words"}, "a: >-\n  one\n\n  two words"),
        ({"a": "x" * 200}, f"a: {'x' * 200}"),
    ],
)
def test_values_are_written_as_a_person_would(keys: dict[str, Any], text: str) -> None:
    assert emit(keys) == text + "\n"


def test_long_texts_are_folded_within_the_width() -> None:
    text = emit({"a": {"b": "a long sentence " * 30}})
    short = emit({"a": {"b": ("a long sentence " * 30).strip()}})

    assert '"' in text  # a trailing space would be lost
    assert max(map(len, short.splitlines())) <= 100
    assert short.startswith("a:\n  b: >-\n    a long")


def test_keys_stand_in_the_order_of_the_model_and_defaults_are_left_out() -> None:
    text = definition_text(good())

    assert text.startswith("rankscope: 1\nname: trial\ntitle: Trial\n\ndata:\n  file: data.csv\n")
    assert "weight" not in text
    assert "layout" not in text


def test_writing_to_a_path_and_reading_it_gives_the_same(tmp_path: Path) -> None:
    definition = good()

    for name in ("a.yaml", "b.yml", "c.xlsx"):
        assert read_definition(write_definition(definition, tmp_path / name)) == definition
    assert write_definition(definition, tmp_path).name == "index.yaml"


def test_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(
        OutputError, match=r"a definition ends in \.yaml or \.xlsx, not in '\.json'"
    ):
        write_definition(good(), tmp_path / "a.json")

    assert list(tmp_path.iterdir()) == []


def test_an_interruption_leaves_the_old_definition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_definition(good(), tmp_path / "a.yaml")
    before = file.read_bytes()

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("rankscope._files._put", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_definition(good().model_copy(update={"title": "New"}), file)

    assert [one.name for one in tmp_path.iterdir()] == ["a.yaml"]
    assert file.read_bytes() == before


def test_comments_of_the_author_do_not_change_what_is_read() -> None:
    assert examined(changed("title: Trial", "title: Trial   # a comment"))[0] == good()
