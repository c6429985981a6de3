"""YAML is read as text with places, under limits, and what is wrong is said in plain words."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rankscope.definition import definition_text
from rankscope.definition.yaml_text import MAX_BYTES, parse_yaml
from rankscope.errors import DefinitionError
from tests.definition.strategies import definitions

if TYPE_CHECKING:
    from rankscope.definition.located import Located
    from rankscope.definition.model import IndexDefinition
    from rankscope.findings import Finding

LOADERS = [yaml.SafeLoader, yaml.CSafeLoader] if yaml.__with_libyaml__ else [yaml.SafeLoader]
both = pytest.mark.parametrize("loader", LOADERS)


def parsed(text: str | bytes, loader: object = yaml.SafeLoader) -> Located:
    return parse_yaml(text, "t.yaml", loader=loader)


def refused(text: str | bytes, loader: object = yaml.SafeLoader) -> str:
    with pytest.raises(DefinitionError) as raised:
        parsed(text, loader)
    return str(raised.value)


def findings_in(text: str) -> tuple[Finding, ...]:
    try:
        parsed(text, LOADERS[-1])
    except DefinitionError as refused_:
        return refused_.findings
    return ()


@both
@pytest.mark.parametrize("scalar", ["NO", "on", "2026", "0.10", "1e5", "2024-01-01", "null", "~"])
def test_scalars_stay_text(scalar: str, loader: object) -> None:
    assert parsed(f"a: {scalar}", loader).plain() == {"a": scalar}


@both
def test_an_empty_plain_value_is_none_and_quotes_are_empty_text(loader: object) -> None:
    assert parsed("a:\nb: ''\nc: [\"\"]", loader).plain() == {"a": None, "b": "", "c": [""]}


@both
def test_every_value_knows_its_line(loader: object) -> None:
    tree = parsed("a: 1\nb:\n  - c: >\n      long\n      text\n    d: {e: 2}\n", loader)

    assert tree.locate(("a",)) == "t.yaml:1"
    assert tree.locate(("b",)) == "t.yaml:2"
    assert tree.locate(("b", 0, "c")) == "t.yaml:3"
    assert tree.locate(("b", 0, "d", "e")) == "t.yaml:6"
    assert tree.locate(("b", 0, "missing", "below")) == "t.yaml:3"
    assert tree.locate(("b", 7)) == "t.yaml:2"


@both
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: [1, 2\nb: 3", "t.yaml:2:2: A list in brackets goes on here without ',' or ']'; it"),
        ("a: {b: 1\nc: 2", "t.yaml:2:2: A mapping in braces"),
        ("a: 'x\nb: 1\n", "t.yaml:1:4: The quotes that open here are never closed."),
        ("a: b: c", "t.yaml:1:5: A colon is not expected here. Put texts with ': ' in quotes"),
        ("a:\n\tb: 1", "t.yaml:2:1: A tab is used to indent this line; YAML wants spaces."),
        ("a: 1\n\tb: 2", "t.yaml:2:1: A tab is used"),
        ("a:\n  - 1\n b: 2", "t.yaml:3:2: This line is indented unlike its neighbours"),
        ("a: @x", "t.yaml:1:4: A text can not begin with this character"),
        ('a: "\\q"', "A backslash in double quotes begins an escape that does not exist."),
        ("a: - b", "t.yaml:1:4: A list item '-' is not expected here."),
        ("a: 1\n---\nb: 2", "t.yaml:2: A second document begins here."),
        ("? [a]: 1", "t.yaml:1: A key must be a word"),
        ("a: 1\n", ""),
    ],
)  # fmt: skip
def test_broken_yaml_is_explained_with_line_and_column(
    text: str, words: str, loader: object
) -> None:
    if not words:
        assert parsed(text, loader).plain() == {"a": "1"}
    else:
        assert refused(text, loader).startswith(words) or words in refused(text, loader)


@both
@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("x: &a 1", "t.yaml:2: The anchor &a is not allowed."),
        ("x: *a", "t.yaml:2: The alias *a is not allowed."),
        ("<<: {b: 1}", "t.yaml:2: Merge keys `<<` are not allowed."),
        ("x: !!int 1", "t.yaml:2: The tag tag:yaml.org,2002:int is not allowed."),
        ("a: 2", "t.yaml:2: The key 'a' is there twice, first at t.yaml:1."),
    ],
)
def test_what_makes_a_file_mean_what_it_does_not_say_is_refused(
    line: str, words: str, loader: object
) -> None:
    assert words in refused(f"a: 1\n{line}\n", loader)


def test_all_forbidden_features_are_named_at_once() -> None:
    assert refused("a: &x 1\nb: *x\na: 2\nc: !t 1\n").count("t.yaml:") == 5


def test_a_merge_key_in_quotes_is_only_a_key() -> None:
    assert parsed('"<<": 1').plain() == {"<<": "1"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"# only a comment\n", "The file is empty."),
        (b"a: 1\nb: \xff\n", "t.yaml:2:4: The byte 0xFF is not UTF-8. Save the file as UTF-8"),
        ("a: Å".encode("utf-16"), "The file is encoded as UTF-16"),
        (b"PK\x03\x04....", "The file is an Excel workbook or another archive"),
        (b"a: 1\nb: \x00", "t.yaml:2:4: The character U+0000 can not stand in a text file."),
        (b'a: "\\u0007"', "t.yaml:1: The text holds the character U+0007."),
        (b"a: " + b"x" * MAX_BYTES, "more than 2,000,000"),
    ],
)
def test_files_that_are_no_utf8_text_are_named_for_what_they_are(data: bytes, words: str) -> None:
    assert words in refused(data)


def test_a_byte_order_mark_is_taken_off() -> None:
    assert parsed(b"\xef\xbb\xbfa: 1").plain() == {"a": "1"}


@both
def test_too_many_values_are_refused(loader: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rankscope.definition.yaml_text.MAX_NODES", 1_000)

    assert "more than 1,000 values" in refused("[" + "a," * 1_001 + "]", loader)


@pytest.mark.parametrize("parser", [loader.__name__ for loader in LOADERS])
@pytest.mark.parametrize("deep", ["'[' * 200_000", "'{a: ' * 200_000", "'- ' * 200_000"])
def test_a_text_nested_200_000_deep_is_refused_at_once(parser: str, deep: str) -> None:
    """In a process of its own: the C parser's own tree builder would crash on it."""
    code = (
        "import yaml\n"
        "from rankscope.definition.yaml_text import parse_yaml\n"
        "from rankscope.errors import DefinitionError\n"
        f"try: parse_yaml({deep}, 't.yaml', loader=yaml.{parser})\n"
        "except DefinitionError as refused: print(refused)\n"
    )
    began = time.monotonic()

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1
    assert done.stdout.startswith("t.yaml:1: Values are nested more than 32 deep.")
    assert time.monotonic() - began < 20


def test_the_deepest_text_allowed_is_read() -> None:
    assert parsed("[" * 32 + "]" * 32)
    assert "nested more than 32" in refused("[" * 33 + "]" * 33)


@pytest.mark.slow
@pytest.mark.skipif(len(LOADERS) == 1, reason="PyYAML comes without its C parser here")
@settings(max_examples=40)
@given(definitions())
def test_both_parsers_give_the_same_tree(definition: IndexDefinition) -> None:
    text = definition_text(definition)

    assert parsed(text, yaml.SafeLoader) == parsed(text, yaml.CSafeLoader)


@settings(max_examples=300)
@given(st.text(alphabet="ab:-[]{}#&*!|>'\"%@` \n\t?,1", max_size=40))
def test_any_text_is_either_read_or_refused_with_a_place(text: str) -> None:
    findings = findings_in(text)

    assert all(one.place.startswith("t.yaml") and one.sentence for one in findings)


def test_the_faster_parser_is_chosen_where_it_is_there() -> None:
    from rankscope.definition.yaml_text import FAST_LOADER

    assert FAST_LOADER is LOADERS[-1]
