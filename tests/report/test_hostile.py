"""Names, texts and addresses by someone who means harm stay what they are: text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rankscope.data.facts import Fact
from rankscope.report import report_html
from tests.support.indices import SOURCE, indicator, make_index, pillar
from tests.support.markup import read_page

if TYPE_CHECKING:
    from pathlib import Path

EVIL = "<script>alert(1)</script>"
CLOSING = "</style></script></title>--><img src=x onerror=alert(2)>"
QUOTES = '" onmouseover="alert(3)" x=\''


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("index")
    (folder / "METHOD.md").write_text(
        f"# {EVIL}\n\n## What the index can not tell\n\n{CLOSING} [x](javascript:alert(4))\n"
    )
    framework = pillar(
        "whole",
        pillar("p", indicator("a", name=CLOSING, unit=EVIL, description=EVIL), name=QUOTES),
        pillar("q", indicator("b", source="evil", rationale=CLOSING, year=EVIL), name=CLOSING),
        name=EVIL,
    )
    evil = {**SOURCE, "code": "evil", "publisher": EVIL, "title": CLOSING, "licence": QUOTES}
    del evil["address"]
    index = make_index(
        units=("map", "a'b\"c", "<b>", "4", "5", "6"),
        names=(EVIL, CLOSING, QUOTES, "{{ 7 * 7 }}", "\u202egnirts", "  "),
        own=True,
        views=True,
        framework=framework,
        title=CLOSING,
        edition=EVIL,
        publisher=QUOTES,
        description=EVIL,
        sources=[SOURCE, {**evil, "note": EVIL}],
        facts=[
            Fact("map", EVIL, CLOSING, QUOTES, "javascript:alert(5)"),
            Fact("4", "f", "v", "2026-13-45", "https://a@b.example/"),
        ],
        path=folder / "index.yaml",
    )
    return report_html(index, index.build(), draws=200)


def test_only_our_two_scripts_are_there(attacked: str) -> None:
    page = read_page(attacked)

    assert [one["type"] for one in page.all("script")] == ["application/json", ""]
    assert attacked.count("<script") == 2
    assert len(page.all("style")) == 1
    assert page.faults == []


def test_no_element_or_attribute_came_from_data(attacked: str) -> None:
    page = read_page(attacked)

    assert page.all("img") == []
    assert not {name for one in page.elements for name in one.attributes if name.startswith("on")}


def test_no_address_that_acts_is_linked(attacked: str) -> None:
    page = read_page(attacked)
    links = [one["href"] for one in page.elements if "href" in one.attributes]

    assert all(link.startswith("#") or link == SOURCE["address"] for link in links)


def test_what_was_written_is_shown_as_written(attacked: str) -> None:
    page = read_page(attacked)
    shown = [one.text for one in page.all("h3")]

    assert {EVIL, CLOSING, QUOTES, "{{ 7 * 7 }}"} <= set(shown)
    assert next(one for one in page.all("h1")).text == CLOSING


def test_codes_that_clash_with_the_page_get_other_anchors(attacked: str) -> None:
    page = read_page(attacked)
    parts = [one["id"] for one in page.all("details", class_="part")]

    assert len(set(page.ids)) == len(page.ids)
    assert sorted(parts) == ["4", "5", "6", "unit-1", "unit-2", "unit-3"]


def test_an_oversized_or_foreign_note_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "METHOD.md").write_bytes(b"\xff\xfe")
    first = make_index(path=tmp_path / "index.yaml")
    (tmp_path / "big").mkdir()
    (tmp_path / "big" / "METHOD.md").write_text("x" * 300_000)
    second = make_index(path=tmp_path / "big" / "index.yaml")

    assert report_html(first, first.build(), draws=200) == report_html(
        second, second.build(), draws=200
    )
