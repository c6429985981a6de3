"""Tables of ties: read as squares, or refused with place and mend."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rankscope.data.ties import examine_ties, read_ties
from rankscope.definition.model import IndexDefinition
from rankscope.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

    from rankscope.findings import Finding
    from rankscope.methods.change import Ties

HEADER = "unit,partner,value"
TOTALS = "unit,partner,value,total"


def defined(*, units: str = "own", data: dict[str, Any] | None = None, **ties: Any) -> Any:
    """Return an index of two indicators with one table of ties."""
    spec = {"code": "joint", "name": "Joint work", "file": "ties.csv", "feeds": ["a"]} | ties
    leaves = [{"code": "a", "name": "A", "kind": "count"}]
    return IndexDefinition.model_validate(
        {
            "name": "i",
            "title": "I",
            "units": {"register": units},
            "data": {"file": "x.csv", **(data or {})},
            "ties": [spec],
            "framework": {"code": "r", "name": "R", "children": leaves},
        }
    )


def table(*rows: str, header: str = HEADER) -> str:
    return "\n".join([header, *rows]) + "\n"


def read(folder: Path, text: str | bytes, **ties: Any) -> Ties:
    """Return the ties of a table that is as it should be."""
    (folder / "ties.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    [found] = read_ties(defined(**ties), folder / "index.yaml")
    return found


def faults(folder: Path, text: str | bytes, **ties: Any) -> tuple[Finding, ...]:
    """Return what is wrong with a table."""
    (folder / "ties.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    found, findings = examine_ties(defined(**ties), folder)
    wrong = any(finding.severity == "error" for finding in findings)
    assert bool(found) != wrong
    return findings


def value(ties: Ties, one: str, other: str) -> float:
    return float(ties.values[ties.units.index(one), ties.units.index(other)])


def total(ties: Ties, unit: str) -> float:
    return float(ties.totals[ties.units.index(unit)])


def test_a_pair_that_is_not_there_is_missing_and_a_zero_is_zero(tmp_path: Path) -> None:
    ties = read(tmp_path, table("P,Q,3", "P,R,0"))

    assert ties.units == ("P", "Q", "R")
    assert value(ties, "P", "R") == value(ties, "R", "P") == 0
    assert np.isnan(value(ties, "Q", "R"))
    assert np.isnan(value(ties, "P", "P"))


@pytest.mark.parametrize("rows", [["P,Q,3"], ["Q,P,3"], ["P,Q,3", "Q,P,3"]])
def test_mutual_ties_are_the_same_both_ways_written_once_or_twice(
    tmp_path: Path, rows: list[str]
) -> None:
    ties = read(tmp_path, table(*rows, "R,P,5"))

    assert ties.mutual
    np.testing.assert_array_equal(ties.values, ties.values.T)
    assert value(ties, "P", "Q") == 3
    assert [total(ties, unit) for unit in "PQR"] == [8, 3, 5]


def test_ties_of_one_way_keep_their_direction(tmp_path: Path) -> None:
    ties = read(tmp_path, table("P,Q,3", "Q,P,4", "R,P,5"), direction="one_way")

    assert not ties.mutual
    assert (value(ties, "P", "Q"), value(ties, "Q", "P")) == (3, 4)
    assert np.isnan(value(ties, "P", "R"))
    assert [total(ties, unit) for unit in "PQR"] == [12, 7, 5]  # what went out and came in


def test_totals_are_those_of_their_column(tmp_path: Path) -> None:
    rows = ["P,Q,3,4", "P,R,2,4", "Q,P,3,9", "R,P,2,2"]
    ties = read(tmp_path, table(*rows, header=TOTALS), totals="total", once_per_pair=True)

    assert [total(ties, unit) for unit in "PQR"] == [4, 9, 2]
    assert ties.once_per_pair


def test_a_value_declared_missing_was_not_published(tmp_path: Path) -> None:
    ties = read(tmp_path, table("P,Q,..", "Q,R,", "P,R,<5", "P,S,1"), data=SUPPRESSED)

    assert np.isnan(ties.values).sum() == 16 - 2
    assert total(ties, "Q") == 0


SUPPRESSED = {"missing": ["", ".."], "censored": ["<5"]}


def test_a_value_missing_one_way_is_that_of_the_other_way(tmp_path: Path) -> None:
    ties = read(tmp_path, table("P,Q,..", "Q,P,7"), data=SUPPRESSED)

    assert value(ties, "P", "Q") == 7


def test_countries_go_by_name_or_code(tmp_path: Path) -> None:
    ties = read(tmp_path, table("Russia,CHN,245", "IND,RU,1"), units="iso3166")

    assert ties.units == ("CHN", "IND", "RUS")
    assert value(ties, "CHN", "RUS") == 245


def test_columns_have_the_names_that_the_definition_gives_them(tmp_path: Path) -> None:
    text = "from;to;kind;number\nP;Q;joint;1,5\nP;Q;other;9\nQ;P; joint;2,5\n"
    ties = read(
        tmp_path,
        text,
        pair_columns=["from", "to"],
        value_column="number",
        where={"kind": "joint"},
        direction="one_way",
        data={"delimiter": ";", "decimal": ","},
    )

    assert (value(ties, "P", "Q"), value(ties, "Q", "P")) == (1.5, 2.5)


def test_an_index_without_ties_has_none(tmp_path: Path) -> None:
    definition = defined().model_copy(update={"ties": ()})

    assert read_ties(definition, tmp_path) == ()


BAD = {
    "missing column": (HEADER.replace("value", "worth") + "\nP,Q,1\n", {}, "ties-column", 1),
    "no column to choose by": (table("P,Q,1"), {"where": {"kind": "x"}}, "ties-column", 1),
    "no column of totals": (table("P,Q,1"), {"totals": "total"}, "ties-column", 1),
    "column twice": (table("P,Q,1,2", header=HEADER + ",value"), {}, "data-header", 1),
    "unknown unit": (table("RUS,CHN,1", "RUS,Atlantis,2"), {"units": "iso3166"}, "unit-", 3),
    "no unit": (table("P,Q,1", "P,,2"), {}, "data-unit-empty", 3),
    "no country": (table("RUS,CHN,1", " ,RUS,2"), {"units": "iso3166"}, "data-unit-empty", 3),
    "pair twice": (table("P,Q,1", "P,R,1", "P,Q,1"), {}, "ties-twice", 4),
    "pair with itself": (table("P,Q,1", "P,P,1"), {}, "ties-self", 3),
    "itself, by two names": (table("RUS,Russia,1"), {"units": "iso3166"}, "ties-self", 2),
    "negative": (table("P,Q,-1"), {}, "ties-negative", 2),
    "no number": (table("P,Q,1", "P,R,many"), {}, "ties-value", 3),
    "thousands": (table('P,Q,"1,234"'), {}, "ties-value", 2),
    "infinite": (table("P,Q,inf"), {}, "ties-value", 2),
    "undeclared suppression": (table("P,Q,<5"), {}, "ties-value", 2),
    "two values": (table("P,Q,1", "Q,P,2"), {}, "ties-mutual", 2),
    "not square": (table("P,Q,1", "Q,P,1", "P,R,1"), {}, "ties-square", 4),
    "nothing chosen": (
        table("P,Q,1,a", header=HEADER + ",kind"),
        {"where": {"kind": "b"}},
        "ties-empty",
        1,
    ),
    "no rows": (table(), {}, "ties-empty", 1),
}


@pytest.mark.parametrize(("text", "ties", "identity", "line"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_named_with_its_place_and_mend(
    tmp_path: Path, text: str, ties: dict[str, Any], identity: str, line: int
) -> None:
    [found] = faults(tmp_path, text, **ties)

    assert found.id.startswith(identity)
    assert found.place == f"ties.csv:{line}"
    assert found.remedy
    assert found.severity == "error"


TOTALLED = {
    "no total": ["P,Q,1,", "Q,P,1,1"],
    "not from its side": ["P,Q,1,1"],
    "two totals": ["P,Q,1,5", "P,R,1,6", "Q,P,1,1", "R,P,1,1"],
    "less than a pair": ["P,Q,3,2", "Q,P,3,3"],
    "less than all pairs": ["P,Q,3,4", "P,R,2,4", "Q,P,3,3", "R,P,2,2"],
}


@pytest.mark.parametrize("rows", TOTALLED.values(), ids=TOTALLED)
def test_totals_that_can_not_be_are_refused(tmp_path: Path, rows: list[str]) -> None:
    found = faults(tmp_path, table(*rows, header=TOTALS), totals="total")

    assert [finding.id for finding in found] == ["ties-total"]
    assert found[0].place.startswith("ties.csv:")
    assert found[0].remedy


def test_works_that_count_once_for_each_pair_may_exceed_the_total_together(tmp_path: Path) -> None:
    rows = table(*TOTALLED["less than all pairs"], header=TOTALS)

    assert faults(tmp_path, rows, totals="total", once_per_pair=True) == ()


def test_of_ties_that_go_one_way_both_ways_are_in_the_total(tmp_path: Path) -> None:
    text = table("P,Q,3,4", "Q,P,3,6", header=TOTALS)
    [found] = faults(tmp_path, text, totals="total", direction="one_way")

    assert (found.id, found.place) == ("ties-total", "ties.csv:2")
    assert '"P"' in found.sentence
    assert "6" in found.sentence


def test_a_pair_written_once_among_pairs_written_twice_is_told(tmp_path: Path) -> None:
    rows = ["P,Q,1", "Q,P,1", "P,R,1", "R,P,1", "R,Q,1"]
    [found] = faults(tmp_path, table(*rows))

    assert (found.id, found.place, found.severity) == ("ties-square", "ties.csv:6", "warning")


def test_units_of_the_files_own_are_those_of_the_index(tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text(table("Alpha,Beta,1", "Beta,Gama,2", "Gama,Alpha,2"))

    ties, found = examine_ties(defined(), tmp_path, known={"Alpha", "Beta", "Gamma"})
    anybody, none = examine_ties(defined(), tmp_path)

    assert [one.place for one in found] == ["ties.csv:4", "ties.csv:3"]
    assert {one.id for one in found} == {"ties-unit"}
    assert all("Gamma" in one.remedy for one in found)
    assert (len(ties), len(anybody), none) == (0, 1, ())


def test_countries_may_have_ties_with_those_outside_the_index(tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text(table("RUS,CHN,1"))

    assert len(read_ties(defined(units="iso3166"), tmp_path, known={"RUS"})) == 1


def test_what_was_meant_is_suggested(tmp_path: Path) -> None:
    [column] = faults(tmp_path, table("P,Q,1", header="unit,partnr,value"))
    kinds = table("P,Q,1,articles", header=HEADER + ",kind")
    [chosen] = faults(tmp_path, kinds, where={"kind": "article"})
    [name] = faults(tmp_path, table("RUS,Chna,1"), units="iso3166")

    assert "partnr" in column.remedy
    assert "articles" in chosen.remedy
    assert "China" in name.remedy


def test_all_faults_of_a_table_are_told_together(tmp_path: Path) -> None:
    found = faults(tmp_path, table("P,P,1", "P,Q,-2", "R,Q,1", "R,Q,1"))

    assert {finding.id for finding in found} == {"ties-self", "ties-negative", "ties-twice"}


def test_many_faults_of_one_kind_are_counted(tmp_path: Path) -> None:
    found = faults(tmp_path, table(*(f"P,Q{n},many" for n in range(50))))

    assert len(found) == 21
    assert "30 more" in found[-1].sentence


def test_faults_of_a_reading_are_one_error(tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text(table("P,P,1", "P,Q,-2"), "utf-8")

    with pytest.raises(DataError, match="with itself"):
        read_ties(defined(), tmp_path)


def test_a_hostile_name_is_harmless_in_print(tmp_path: Path) -> None:
    [found] = faults(tmp_path, table("\x1b[31mred,\x1b[31mred,1"))

    assert "\x1b" not in str(found)


@pytest.mark.parametrize(
    ("file", "identity"),
    [
        ("none.csv", "data-file"),
        ("../ties.csv", "data-path"),
        ("/etc/ties.csv", "data-path"),
        ("https://example.org/ties.csv", "data-path"),
        ("ties.xlsx", "ties-file-kind"),
        ("ties.parquet", "ties-file-kind"),
        ("ties", "ties-file-kind"),
    ],
)
def test_a_file_that_is_not_there_or_not_to_be_read_is_refused(
    tmp_path: Path, file: str, identity: str
) -> None:
    ties, [found] = examine_ties(defined(file=file), tmp_path)

    assert ties == ()
    assert (found.id, found.severity) == (identity, "error")
    assert found.remedy


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text(table("P,Q,1"), "utf-8")
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "ties.csv").symlink_to(tmp_path / "secret.csv")

    _, [found] = examine_ties(defined(), tmp_path / "index")

    assert found.id == "data-path"


@pytest.mark.parametrize(
    ("data", "identity"),
    [
        (b"", "data-empty"),
        (b"PK\x03\x04\x00\x00\x00\x00", "data-encoding"),
        ("unit,partner,value\nCura\u00e7ao,Q,1\n".encode("latin-1"), "data-encoding"),
        (b"unit,partner,value\nP,Q\n", "data-ragged"),
        (b'unit,partner,value\n"P,Q,1\n', "data-quotes"),
        (b"unit;partner;value\nP;Q;1\n", "data-delimiter"),
    ],
)
def test_what_is_no_table_of_text_is_refused(tmp_path: Path, data: bytes, identity: str) -> None:
    found = faults(tmp_path, data)

    assert identity in {finding.id for finding in found}


def test_tables_that_share_a_file_tell_its_faults_once(tmp_path: Path) -> None:
    definition = defined()
    twice = (definition.ties[0], definition.ties[0].model_copy(update={"code": "other"}))
    (tmp_path / "ties.csv").write_text(table("P,Q,many"), "utf-8")

    _, found = examine_ties(definition.model_copy(update={"ties": twice}), tmp_path)

    assert len(found) == 1


PAIRS = st.dictionaries(
    st.tuples(st.sampled_from("PQRST"), st.sampled_from("PQRST")).filter(lambda p: p[0] < p[1]),
    st.integers(0, 1000),
    min_size=1,
)


@given(PAIRS, st.booleans())
def test_a_square_holds_what_was_written_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, pairs: dict[tuple[str, str], int], both: bool
) -> None:
    """Against a dictionary: every cell, and every total."""
    rows = [f"{one},{other},{number}" for (one, other), number in pairs.items()]
    back = [f"{other},{one},{number}" for (one, other), number in pairs.items()] if both else []
    ties = read(tmp_path_factory.mktemp("ties"), table(*rows, *back))

    for one in ties.units:
        for other in ties.units:
            there = pairs.get((min(one, other), max(one, other)), np.nan)
            np.testing.assert_equal(value(ties, one, other), float(there))
        assert total(ties, one) == sum(n for pair, n in pairs.items() if one in pair)


def test_the_ties_are_those_of_the_definition(tmp_path: Path) -> None:
    ties = read(tmp_path, table("P,Q,1"))

    assert (ties.code, ties.name, ties.feeds) == ("joint", "Joint work", ("a",))
    assert replace(ties, source="s").source == "s"
