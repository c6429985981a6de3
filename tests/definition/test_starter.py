"""A first index explains every key, can be read at once, and never overwrites anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from rankscope.definition import examine_definition, examine_text, read_definition, write_starter
from rankscope.definition.model import (
    Assumptions,
    Availability,
    DataSpec,
    IndexDefinition,
    MeasurementError,
    MethodSpec,
    Model,
    Node,
    Scenario,
    Source,
    Threshold,
    TiesSpec,
    UnitsSpec,
    Variable,
    Views,
)
from rankscope.definition.starter import starter_text
from rankscope.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

PARTS = (Assumptions, Availability, DataSpec, IndexDefinition, MeasurementError, MethodSpec, Node,
         Scenario, Source, Threshold, TiesSpec, UnitsSpec, Variable, Views)  # fmt: skip


@pytest.mark.parametrize("excel", [False, True])
def test_it_can_be_read_at_once(tmp_path: Path, *, excel: bool) -> None:
    files = write_starter(tmp_path / "my_towns", name="my_towns", excel=excel)

    definition, findings = examine_definition(tmp_path / "my_towns")

    assert all(file.is_file() for file in files)
    assert findings == ()
    assert definition is not None
    assert (definition.name, definition.title) == ("my_towns", "My towns")
    assert len(definition.framework.children) == 3
    assert len(definition.indicators()) == 6
    assert {node.polarity for node in definition.indicators()} == {1, -1}


def test_both_forms_are_the_same_index(tmp_path: Path) -> None:
    write_starter(tmp_path / "a", name="towns")
    write_starter(tmp_path / "b", name="towns", excel=True)
    text, book = read_definition(tmp_path / "a"), read_definition(tmp_path / "b")

    assert book.data.file == "index.xlsx"
    assert book.model_copy(update={"data": text.data}) == text


@pytest.mark.parametrize("failed", [OutputError("full"), KeyboardInterrupt()])
@pytest.mark.parametrize("there", [False, True])
def test_a_start_that_fails_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failed: BaseException, *, there: bool
) -> None:
    if there:
        (tmp_path / "far").mkdir()
        (tmp_path / "far" / "mine.txt").write_text("mine")
    before = sorted(tmp_path.rglob("*"))

    def write(file: Path, text: str) -> Path:
        if file.suffix == ".csv":
            raise failed
        file.write_text(text)
        return file

    monkeypatch.setattr("rankscope.definition.starter.write_text", write)
    with pytest.raises(type(failed)):
        write_starter(tmp_path / "far" / "towns", name="towns")

    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("part", PARTS)
def test_every_key_is_explained(part: type[Model]) -> None:
    text = starter_text("towns")

    for name, field in part.model_fields.items():
        assert re.search(rf"\b{field.alias or name}:", text), name


def test_every_key_in_a_comment_is_right_when_it_is_no_comment() -> None:
    """What is offered to be uncommented must be what the reader takes."""
    text = starter_text("towns")
    offered = [line for line in text.splitlines() if re.match(r" +# \w+: ", line)]

    assert len(offered) > 15
    for line in offered:
        key = line.replace("# ", "", 1)
        found = examine_text_with(text, line, key)
        assert [one for one in found if one.startswith(("key", "value", "yaml"))] == [], line


def test_the_parts_in_comments_are_right_when_they_are_no_comments() -> None:
    """What is offered as a whole part must be what the reader takes, and agree with the rest."""
    text = starter_text("towns")
    for part in ("ties", "scenarios"):
        block = re.search(rf"^# {part}:.*\n(#  .*\n)+", text, re.MULTILINE)
        assert block is not None
        text = text.replace(block[0], re.sub("^# ", "", block[0], flags=re.MULTILINE))

    definition, findings = examine_text(text)

    assert definition is not None
    assert (len(definition.ties), len(definition.scenarios[0].changes)) == (1, 2)
    assert findings == ()


def examine_text_with(text: str, line: str, key: str) -> list[str]:
    return [one.id for one in examine_text(text.replace(line, key))[1]]


def test_what_is_there_stays(tmp_path: Path) -> None:
    write_starter(tmp_path, name="towns")
    (tmp_path / "index.yaml").unlink()
    (tmp_path / "data.csv").write_text("mine")

    with pytest.raises(OutputError, match=r"already holds data\.csv"):
        write_starter(tmp_path, name="towns")

    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("data.csv", "mine")]


@pytest.mark.parametrize("name", ["", "1st", "my towns", "../x", 'a"b', "a\nb", "x" * 65])
def test_a_name_must_be_a_code(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="can not be the name of an index"):
        write_starter(tmp_path / "new", name=name)

    assert not (tmp_path / "new").exists()


def test_a_name_is_mended(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Write it as 'my_towns'"):
        write_starter(tmp_path / "new", name="my towns")


def test_a_folder_that_can_not_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(OutputError, match=r"can not be made: .*\. Choose another place\."):
        write_starter(tmp_path / "file" / "new", name="towns")
