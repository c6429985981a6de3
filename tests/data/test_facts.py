"""Tables of facts: read whole, or refused with place and mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rankscope.data.facts import Fact, examine_facts, read_facts
from rankscope.definition.model import IndexDefinition
from rankscope.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "unit,fact,value,date,source"


def defined(facts: str | None = "facts.csv") -> IndexDefinition:
    return IndexDefinition.model_validate(
        {
            "name": "i",
            "title": "I",
            "data": {"file": "x.csv", "facts": facts},
            "framework": {"code": "r", "name": "R", "children": [{"code": "a", "name": "A"}]},
        }
    )


def written(folder: Path, text: str | bytes) -> Path:
    data = text if isinstance(text, bytes) else text.encode()
    (folder / "facts.csv").write_bytes(data)
    return folder


def test_a_fact_may_name_the_indicator_that_counts_it(tmp_path: Path) -> None:
    rows = "RUS,Vote,no,2023-12-22,https://example.org,\nRUS,Treaty,signed,,https://example.org,a"
    facts = read_facts(defined(), written(tmp_path, f"{HEADER},indicator\n{rows}\n"))

    assert facts[0] == Fact("RUS", "Vote", "no", "2023-12-22", "https://example.org")
    assert facts[1].indicator == "a"


def test_an_index_without_facts_has_none(tmp_path: Path) -> None:
    assert read_facts(defined(None), tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("unit,fact,value,date\n", ["facts.csv:1", '"source"']),
        (f"{HEADER},indicator\nR,f,v,d,s,b\n", ["facts.csv:2", '"b"']),
        (f"{HEADER}\nR,caf\u00e9,v,d,s\n".encode("latin-1"), ["facts.csv", "encoding"]),
        (f"{HEADER}\nR,f\n", ["facts.csv:2"]),
        ("", ["facts.csv"]),
    ],
)
def test_a_broken_table_of_facts_is_refused_with_its_place(
    tmp_path: Path, text: str | bytes, words: list[str]
) -> None:
    with pytest.raises(DataError) as raised:
        read_facts(defined(), written(tmp_path, text))

    assert [word for word in words if word not in str(raised.value)] == []


@pytest.mark.parametrize("file", ["../facts.csv", "/facts.csv", "https://a.b/f.csv", "none.csv"])
def test_a_path_that_leads_elsewhere_is_refused(tmp_path: Path, file: str) -> None:
    _, findings = examine_facts(defined(file), tmp_path)

    assert [finding.severity for finding in findings] == ["error"]
