"""The report of the packaged index: whole, self-contained, within its budget."""

from __future__ import annotations

import itertools
import json
import re
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from rankscope.errors import OutputError
from rankscope.report import report_html, write_report
from tests.support.indices import make_index
from tests.support.markup import DRAWN

if TYPE_CHECKING:
    from pathlib import Path

    from rankscope.catalogue.open import Index
    from rankscope.pipeline.result import Result
    from tests.support.markup import Page


@pytest.mark.slow
def test_it_is_below_five_megabytes_and_made_within_fifteen_seconds(
    packaged: Index, built: Result
) -> None:
    start = time.perf_counter()
    size = len(report_html(packaged, built).encode())

    assert size < 5_000_000
    assert time.perf_counter() - start < 15


@pytest.mark.slow
def test_the_same_index_gives_the_same_bytes(packaged: Index, html: str) -> None:
    assert report_html(packaged, packaged.build()) == html


def test_its_markup_is_well_formed(report: Page) -> None:
    assert report.faults == []


def test_every_id_is_there_once(report: Page) -> None:
    assert [name for name, count in Counter(report.ids).items() if count > 1] == []


def test_it_loads_nothing(report: Page) -> None:
    loading = [
        (one.tag, name, value)
        for one in report.elements
        for name, value in one.attributes.items()
        if name in {"src", "srcset", "href", "xlink:href", "data", "action", "poster"}
        and not (one.tag == "a" and name == "href")
    ]

    assert loading == []
    assert report.all("link") == report.all("img") == report.all("iframe") == []


def test_it_has_no_styles_or_handlers_in_attributes(report: Page) -> None:
    names = {name for one in report.elements for name in one.attributes}

    assert not {name for name in names if name == "style" or name.startswith("on")}


def test_links_lead_to_a_place_in_the_page_or_to_a_web_page(report: Page) -> None:
    ids = set(report.ids)
    links = [one for one in report.all("a") if one["href"]]
    away = [one for one in links if not one["href"].startswith("#")]

    assert [one["href"] for one in links if one not in away and one["href"][1:] not in ids] == []
    assert all(one["href"].startswith(("https://", "http://")) for one in away)
    assert {one["rel"] for one in away} == {"noopener noreferrer"}


def test_every_unit_has_a_part_and_every_ranked_one_a_row(report: Page, built: Result) -> None:
    rows = [one["href"][1:] for one in report.all("a") if one.above[-3:] == ("tbody", "tr", "th")]

    assert {one["id"] for one in report.all("details", class_="part")} == set(built.units)
    assert rows[: built.ranked()] == [built.units[row] for row in built.order()]


def test_every_section_of_the_contents_is_there(report: Page) -> None:
    named = [one["href"][1:] for one in report.all("a") if "nav" in one.above]

    assert named[0] == "top"
    assert set(named) <= set(report.ids)
    assert {"ranking", "map", "countries", "views", "coverage", "method", "sources"} <= set(named)


def test_every_source_is_named_with_its_licence(report: Page, packaged: Index) -> None:
    assert all(one.title in report.text for one in packaged.definition.sources)
    assert all(one.licence in report.text for one in packaged.definition.sources)


def test_headings_go_down_one_level_at_a_time(report: Page) -> None:
    levels = [int(one.tag[1]) for one in report.elements if re.fullmatch("h[1-6]", one.tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_every_drawing_has_a_name_or_is_kept_from_readers(report: Page) -> None:
    bare = [
        one
        for one in report.all("svg")
        if not (one["aria-hidden"] or (one["role"] and one["aria-label"]))
    ]

    assert bare == []
    assert all(one["aria-label"] for one in report.all("figure") if one["role"] == "img")


def test_every_control_has_a_name(report: Page) -> None:
    fields = [*report.all("input"), *report.all("select")]

    assert fields
    assert all("label" in one.above for one in fields)
    assert all(one.text.strip() for one in report.all("button"))


def test_it_says_from_what_it_was_made(report: Page, packaged: Index) -> None:
    about = json.loads(next(one for one in report.all("script") if one["type"]).text)

    assert about["data_sha256"] == packaged.table.fingerprint
    assert about["definition_sha256"] in report.text
    assert about["index"] == "ai-capacity"


def test_it_holds_neither_time_nor_place(html: str) -> None:
    assert "/site-packages/" not in html
    assert not re.search(r"\d{4}-\d\d-\d\dT\d\d:", html)


def test_countries_are_light(html: str, built: Result) -> None:
    parts = html.split('<section id="countries">')[1].split('<section id="views">', maxsplit=1)[0]

    assert len(parts) / len(built.units) < 18_000


def test_what_is_drawn_is_not_read_aloud(report: Page) -> None:
    assert all(not one.text.strip() for one in report.elements if one.tag in DRAWN)


def test_it_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    index = make_index(units=5)
    path = write_report(index, index.build(), tmp_path / "report.html")

    assert path.read_text("utf-8").rstrip().endswith("</html>")
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]
    with pytest.raises(OutputError):
        write_report(index, index.build(), tmp_path / "no" / "report.html")
