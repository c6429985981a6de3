"""Every bad input ends with exit code 2, what to mend, no traceback and nothing half-written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import TINY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DEFINITION, VALUES = "index.yaml", "values.csv"


@dataclass(frozen=True)
class Bad:
    """What is done to one file, and words that the message must hold."""

    name: str
    file: str
    spoil: Callable[[str], str | bytes]
    words: tuple[str, ...]


def swap(old: str, new: str) -> Callable[[str], str]:
    def spoil(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return spoil


def instead(text: str | bytes) -> Callable[[str], str | bytes]:
    return lambda _: text


def wide(header: str, *rows: str) -> Callable[[str], str]:
    return lambda _: "\n".join([header, *rows]) + "\n"


DEFINITIONS = (
    Bad("empty file", DEFINITION, instead(""), ("index.yaml", "empty")),
    Bad("broken YAML", DEFINITION, swap("name: tiny", "name: [tiny"), ("index.yaml:",)),
    Bad("a tab as indent", DEFINITION, swap("  file:", "\tfile:"), ("index.yaml:8",)),
    Bad("binary", DEFINITION, instead(b"\x00\xff\xfe\x00" * 50), ("index.yaml",)),
    Bad("nested 200,000 deep", DEFINITION, instead("a: " + "[" * 200_000), ("index.yaml",)),
    Bad("keys nested deep", DEFINITION, instead("{a: " * 200_000), ("index.yaml",)),
    Bad("an anchor", DEFINITION, swap("title: Tiny Index", "title: &t Tiny Index"), ("anchor",)),
    Bad("an alias", DEFINITION, swap("title: Tiny Index", "title: *t"), ("index.yaml:3",)),
    Bad("a tag", DEFINITION, swap("title: Tiny", "title: !!python/name:os.system Tiny"), ("tag",)),
    Bad("a merge key", DEFINITION, swap("name: tiny", "name: tiny\n<<: {a: 1}"), ("<<",)),
    Bad("a key twice", DEFINITION, swap("name: tiny", "name: tiny\nname: other"), ("name",)),
    Bad("an unknown key", DEFINITION, swap("publisher:", "publsher:"), ("publisher",)),
    Bad("a code twice", DEFINITION, swap("code: schooling", "code: labs"),
        ("labs", "index.yaml:24")),
    Bad("a code with a blank", DEFINITION, swap("code: labs", "code: my labs"), ("my labs",)),
    Bad("an unknown source", DEFINITION, swap("source: office", "source: offic"), ("office",)),
    Bad("an unknown denominator", DEFINITION, swap("denominator: people", "denominator: peple"),
        ("people",)),
    Bad("an unknown method", DEFINITION, swap("method: min_max", "method: minmax"), ("min_max",)),
    Bad("an unknown kind", DEFINITION, swap("kind: share", "kind: shares"), ("share",)),
    Bad("a wrong type", DEFINITION, swap("weight: 2", "weight: heavy"), ("heavy",)),
    Bad("a negative weight", DEFINITION, swap("weight: 2", "weight: -2"), ("-2",)),
    Bad("an infinite weight", DEFINITION, swap("weight: 2", "weight: .inf"), ("inf",)),
    Bad("an enormous weight", DEFINITION, swap("weight: 2", "weight: 1e300"), ("1e+100", "1e300")),
    Bad("an enormous scale", DEFINITION, swap("to: [0, 100]", "to: [0, 1e300]"), ("1e300",)),
    Bad("weights of zero", DEFINITION,
        lambda text: text.replace("weight: 2", "weight: 0").replace(
            "name: Results\n", "name: Results\n      weight: 0\n"), ("weight",)),
    Bad("an empty group", DEFINITION,
        lambda text: text[: text.index("        - {code: papers")].rstrip()
        + " []\n" + text[text.index("views:"):], ("children",)),
    Bad("an address as data", DEFINITION, swap("file: values.csv", "file: https://x.org/v.csv"),
        ("https://x.org/v.csv",)),
    Bad("data outside the folder", DEFINITION, swap("file: values.csv", "file: ../values.csv"),
        ("values.csv",)),
    Bad("data that are not there", DEFINITION, swap("file: values.csv", "file: valeus.csv"),
        ("values.csv",)),
    Bad("goalposts the wrong way round", DEFINITION,
        swap("decimals: 1}", "decimals: 1, goalposts: [100, 0]}"), ("goalposts",)),
)  # fmt: skip

TABLES = (
    Bad("empty table", VALUES, instead(""), ("values.csv",)),
    Bad("only a header", VALUES, instead("unit,indicator,value\n"), ("values.csv",)),
    Bad("wrong delimiter", VALUES, lambda text: text.replace(",", ";"), ("delimiter",)),
    Bad("decimal commas", VALUES, lambda text: text.replace("92.5", '"92,5"'), ("92,5",)),
    Bad("other encoding", VALUES, lambda text: text.replace("DEU", "Österreich").encode("cp1252"),
        ("encoding",)),
    Bad("UTF-16", VALUES, lambda text: text.encode("utf-16"), ("UTF-16",)),
    Bad("a NUL", VALUES, swap("92.5", "92\x005"), ("values.csv",)),
    Bad("a value twice", VALUES, lambda text: text + "DEU,labs,411,2023\n", ("values.csv:38",)),
    Bad("a unit under two names", VALUES, lambda text: text + "Germany,labs,9,2023\n",
        ("values.csv:38",)),
    Bad("text that is no number", VALUES, swap("92.5", "n/a"), ("n/a", "missing")),
    Bad("an infinity", VALUES, swap("92.5", "inf"), ("inf",)),
    Bad("too large a number", VALUES, swap("92.5", "1e999"), ("1e999",)),
    Bad("a percentage", VALUES, swap("92.5", "92.5%"), ("92.5%",)),
    Bad("an unknown unit", VALUES, swap("FRA,people", "Frrance,people"), ("France",)),
    Bad("an ambiguous unit", VALUES, swap("FRA,people", "Congo,people"), ("COD", "COG")),
    Bad("an indicator without data", VALUES,
        lambda text: "".join(x for x in text.splitlines(True) if ",delay," not in x), ("delay",)),
    Bad("a code in other letters", VALUES, lambda text: text.replace("labs", "Labs"), ("labs",)),
    Bad("a wide table declared long", VALUES, wide("unit,labs,papers", "DEU,1,2"), ("layout",)),
    Bad("rows of other lengths", VALUES, swap("FRA,people,68000000,2024", "FRA,people"),
        ("values.csv:8",)),
    Bad("an open quote", VALUES, swap("FRA,people", '"FRA,people'), ("values.csv",)),
    Bad("no unit left", VALUES, lambda text: text.splitlines()[0] + "\n,labs,1,2020\n",
        ("values.csv",)),
)  # fmt: skip

WARNINGS = (
    Bad("a byte-order mark", VALUES, lambda text: b"\xef\xbb\xbf" + text.encode(), ()),
    Bad("Windows line ends", VALUES, lambda text: text.replace("\n", "\r\n").encode(), ()),
    Bad("unused rows", VALUES, lambda text: text + "DEU,unheard_of,1,2020\n", ("unheard_of",)),
    Bad("an unused column", VALUES,
        lambda text: "".join(f"{line},x\n" for line in text.splitlines()), ("warning",)),
)  # fmt: skip


def spoilt(folder: Path, bad: Bad) -> Path:
    """Do to the file what the case says, and return the folder."""
    file = folder / bad.file
    said = bad.spoil(file.read_text("utf-8"))
    file.write_bytes(said if isinstance(said, bytes) else said.encode())
    return folder


def ids(cases):
    return [bad.name for bad in cases]


@pytest.mark.parametrize("bad", DEFINITIONS + TABLES, ids=ids(DEFINITIONS + TABLES))
def test_validate_tells_what_is_wrong_and_where(run, tiny, bad):
    done = run("validate", spoilt(tiny, bad))

    assert done.code == 2
    assert [word for word in bad.words if word not in done.out] == []
    assert "Traceback" not in done.out + done.err


@pytest.mark.parametrize("bad", DEFINITIONS + TABLES, ids=ids(DEFINITIONS + TABLES))
def test_nothing_is_written_for_what_can_not_be_built(run, tiny, tmp_path, bad):
    spoilt(tiny, bad)
    before = sorted(tmp_path.rglob("*"))
    done = run("rank", tiny, "-o", tmp_path / "ranks.csv")

    assert done.code == 2
    assert [word for word in bad.words if word not in done.err] == []
    assert "Traceback" not in done.err
    assert done.out == ""
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("bad", WARNINGS, ids=ids(WARNINGS))
def test_what_is_merely_odd_stops_nothing(run, tiny, bad):
    done = run("validate", spoilt(tiny, bad))

    assert done.code == 0
    assert [word for word in bad.words if word not in done.out] == []
    assert run("rank", tiny).code == 0


def test_a_denominator_of_zero_is_a_warning_and_a_gap(run, tiny):
    spoilt(tiny, Bad("", VALUES, swap("83000000", "0"), ()))

    assert "DEU" in run("validate", tiny).out
    assert "Germany" in run("rank", tiny).out


@pytest.mark.parametrize("verb", ["rank", "validate", "report"])
@pytest.mark.parametrize("place", ["nothing.yaml", "no/folder/index.yaml", "\0", "x" * 5000])
def test_an_index_that_is_not_there_is_told(run, tmp_path, verb, place, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run(verb, place)

    assert done.code == 2
    assert "Traceback" not in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["--json", "--csv", None])
def test_a_place_that_can_not_be_written_is_told_and_nothing_is_left(run, tiny, tmp_path, form):
    for place in (tiny / "no" / "x", tiny, tiny / "index.yaml" / "x", tiny / ("x" * 300)):
        before = sorted(tmp_path.rglob("*"))
        done = run("rank", tiny, "-o", place, *filter(None, [form]))

        assert done.code == 2
        assert "can not be written" in done.err
        assert sorted(tmp_path.rglob("*")) == before


def test_an_interrupted_write_leaves_the_old_file(run, tiny, tmp_path, monkeypatch):
    file = tmp_path / "ranks.csv"
    file.write_text("old")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    done = run("rank", tiny, "-o", file)

    assert done.code == 130
    assert done.err == ""
    assert file.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ranks.csv", "tiny"]


def _module(folder, monkeypatch, name, text):
    (folder / f"{name}.py").write_text(text, "utf-8")
    monkeypatch.chdir(folder)
    return name


def test_what_a_module_prints_does_not_come_among_the_answers(run, tmp_path, monkeypatch):
    name = _module(tmp_path, monkeypatch, "prints_a_word", 'print("hello")\n')
    done = run("--use", name, "rank", TINY, "--json")

    assert done.code == 0
    assert done.json["ranked"] == 6
    assert done.err == "hello\n"


def test_a_module_that_ends_the_program_is_told(run, tmp_path, monkeypatch):
    name = _module(tmp_path, monkeypatch, "leaves_at_once", "raise SystemExit(3)\n")
    done = run("--use", name, "rank", TINY)

    assert done.code == 2
    assert "ends the program when it is loaded" in done.err


@pytest.mark.parametrize("said", ["", ".", "../caps", "a b"])
def test_a_path_is_no_name_of_a_module(run, said):
    done = run("--use", said, "rank", TINY)

    assert done.code == 2
    assert "is no name of a module" in done.err


@pytest.mark.parametrize("command", ["rank", "export", "report", "treatment", "build"])
@pytest.mark.parametrize("file", ["values.csv", "index.yaml", "facts.csv"])
def test_no_command_writes_over_what_the_index_is_read_from(run, tiny, command, file):
    before = (tiny / file).read_bytes()
    form = ["--as", "csv"] if command == "export" else []
    assert before
    done = run(command, tiny, "-o", tiny / file, *form)

    assert (tiny / file).read_bytes() == before
    assert done.code == 2
    assert "would be replaced" in done.err or "say different things" in done.err


def test_what_would_be_replaced_is_told(run, tiny):
    done = run("rank", tiny, "-o", tiny / "values.csv")

    assert "values.csv is what the index is read from, and would be replaced." in done.err


def test_a_form_and_an_ending_that_differ_are_told(run, tiny):
    done = run("export", tiny, "--as", "csv", "-o", tiny / "x.xlsx")

    assert done.code == 2
    assert "--as csv and the ending of 'x.xlsx' say different things" in done.err
    assert not (tiny / "x.xlsx").exists()


def test_names_with_control_characters_go_into_a_workbook_for_coinr(run, tmp_path):
    (tmp_path / "data.csv").write_text("unit,a,b\nx\x07y,1,2\nz,2,3\nw,4,1\n", "utf-8")
    (tmp_path / "index.yaml").write_text(
        "name: odd\ntitle: Odd\nunits: {register: own}\ndata: {file: data.csv}\n"
        "framework: {code: odd, name: Odd, children: "
        "[{code: a, name: A, kind: share}, {code: b, name: B, kind: share}]}\n",
        "utf-8",
    )
    done = run("export", tmp_path, "--as", "coinr", "-o", tmp_path / "odd.xlsx")

    assert done.code == 0
    assert (tmp_path / "odd.xlsx").exists()


def test_a_published_table_is_mended_itself_and_not_by_keys_of_the_data(run, tiny):
    (tiny / "theirs.csv").write_text("unit;tiny\nDEU;1\n", "utf-8")
    delimited = run("build", tiny, "--against", tiny / "theirs.csv").err
    (tiny / "theirs.csv").write_bytes("unit,tiny\nDEU,1\nCôte,2\n".encode("latin-1"))
    encoded = run("build", tiny, "--against", tiny / "theirs.csv").err
    absent = run("build", tiny, "--against", tiny / "none.csv").err

    assert 'Save it with "," between cells, as the data have.' in delimited
    assert "Save it in utf-8, as the data are." in encoded
    assert 'There is no file "none.csv".' in absent
