"""All that an audit has to show is there, in order, numbered, and with one sentence."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence import rules
from rankscope.pages.numbers import fixed

if TYPE_CHECKING:
    from rankscope.analyses.audit import Audit
    from tests.support.markup import Element, Page

ITEMS = 22


def exhibits(page: Page) -> list[Element]:
    return page.all("div", class_="exhibit")


def table_of(page: Page, title: str) -> list[list[str]]:
    """Return the rows of the table under a title, those in its fold too."""
    captions = {title, f"{title}, continued"}
    places = [
        (one.start, one.end)
        for one in page.all("table", class_="sheet")
        if any(
            caption.text in captions and one.start <= caption.start < one.end
            for caption in page.all("caption")
        )
    ]
    rows = []
    for start, end in places:
        for row in page.all("tr"):
            if start <= row.start and row.end <= end and row.above[-1] == "tbody":
                cells = [
                    one.text
                    for one in page.elements
                    if one.tag in {"th", "td"} and row.start <= one.start and one.end <= row.end
                ]
                rows.append(cells)
    return rows


def test_each_item_of_an_audit_is_there_once_at_least(page: Page) -> None:
    items = {
        int(item) for one in page.elements for item in one.attributes.get("data-item", "").split()
    }

    assert items == set(range(1, ITEMS + 1))


def test_tables_and_figures_are_numbered_in_order_and_say_what_to_see(page: Page) -> None:
    labels = [
        one.text for one in page.all("span", class_="label") if one.above[-2:] == ("div", "h3")
    ]
    sentences = [
        one.text
        for one in page.all("p", class_="sees")
        if any(own.start <= one.start and one.end <= own.end for own in exhibits(page))
    ]

    for kind in ("Table", "Figure"):
        numbers = [int(one.split()[1]) for one in labels if one.startswith(kind)]
        assert numbers == list(range(1, len(numbers) + 1))
    assert len(sentences) == len(labels) == len(exhibits(page))
    assert all(re.search(r"[.]$", one) and len(one) > 12 for one in sentences)


def test_sections_are_numbered_and_the_contents_lead_to_them(page: Page) -> None:
    heads = [one.text for one in page.all("h2") if re.match(r"\d", one.text)]
    links = {one["href"] for one in page.all("a") if one["href"].startswith("#")}

    assert [int(one.split()[0]) for one in heads] == list(range(1, 13))
    assert {link[1:] for link in links if link != "#"} <= set(page.ids)
    assert {f"#{one['id']}" for one in exhibits(page)} <= links


def test_headings_go_down_by_one(page: Page) -> None:
    levels = [int(one.tag[1]) for one in page.elements if re.fullmatch(r"h[1-6]", one.tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_first_screen_has_a_light_with_a_word_for_each_area(page: Page, found: Audit) -> None:
    lights = page.all("table", class_="lights")[0]
    words = {"green": "Sound", "amber": "Needs attention", "red": "Unsound", "grey": "Not judged"}
    rows = [one.text for one in page.all("tr") if "lights" not in one.above]

    for area in found.areas:
        [row] = [one for one in rows if one.startswith(area.title) and area.sentence in one]
        assert words[area.light.value] in row
    assert found.verdict in page.text
    assert not re.search("eigenvalue|Sobol|winsor|kurtosis", lights.text)


def test_every_recommendation_is_there_in_order(page: Page, found: Audit) -> None:
    [advice] = page.all("ol", class_="advice")
    places = [advice.text.find(one.sentence[1:]) for one in found.recommendations]

    assert found.recommendations
    assert places == sorted(places)
    assert -1 not in places


def test_every_finding_is_there_with_severity_remedy_id_and_source(
    page: Page, found: Audit
) -> None:
    rows = [
        one.text
        for table in page.all("table", class_="found")
        for one in page.all("tr")
        if table.start <= one.start and one.end <= table.end
    ]
    sources = " ".join(one.text for one in page.all("ol", class_="rules"))

    assert found.findings
    for finding in found.findings:
        [*known] = [one for one in rows if finding.id in one and finding.remedy in one]
        assert any(finding.severity.value.capitalize() in one for one in known), finding
        assert finding.source in sources


def test_the_rank_table_has_the_numbers_of_the_simulation(page: Page, found: Audit) -> None:
    rows = table_of(page, "How far each rank may be off")
    frame = found.uncertainty.frame()
    reach = found.reach.frame()

    assert [row[0] for row in rows] == list(frame["name"])
    for row, (code, one) in zip(rows, frame.iterrows(), strict=True):
        assert int(row[1]) == one["rank"]
        assert float(row[2]) == one["median"]
        low, high = (int(end) for end in (row[3].split("–") * 2)[:2])
        assert (low, high) == (np.floor(one["low"]), np.ceil(one["high"]))
        assert int(row[4]) == high - low
        best, worst = (int(end) for end in (row[5].split("–") * 2)[:2])
        assert (best, worst) == (reach.loc[code, "best_from"], reach.loc[code, "worst_to"])


def test_alpha_components_and_adequacy_are_those_of_the_analysis(page: Page, found: Audit) -> None:
    rows = {row[0]: row for row in table_of(page, "Components, alpha and sampling adequacy")}

    assert rows
    for one in found.coherence.dimensions.nodes:
        row = rows[one.name]
        assert row[4] == str(one.dimensions)
        assert row[6] == fixed(found.coherence.reliability.of(one.node).alpha.raw, 2)
        assert row[7] == fixed(found.coherence.adequacy.of(one.node).overall, 2)


def test_descriptive_statistics_are_those_before_treatment(page: Page, found: Audit) -> None:
    rows = {row[0]: row for row in table_of(page, "Descriptive statistics")}
    statistics = found.coherence.statistics
    stage = statistics.stages.index("denominated")

    assert set(rows) == set(statistics.names)
    for at, name in enumerate(statistics.names):
        assert rows[name][1] == str(statistics.counts[stage, at])
        assert rows[name][7] == fixed(float(statistics.skewness[stage, at]), 2)
        assert rows[name][8] == fixed(float(statistics.kurtosis[stage, at]), 2)
        assert ("outliers" in rows[name][11]) == statistics.outliers[stage, at]


def test_units_and_indicators_with_few_data_are_marked(page: Page, found: Audit) -> None:
    coverage = found.coherence.coverage
    rows = table_of(page, "Coverage by unit")
    known = {row[0]: row[1] for row in rows}

    assert len(rows) == int(coverage.ranked.sum())
    for name, share, ranked in zip(coverage.names, coverage.of_units, coverage.ranked, strict=True):
        if ranked:
            assert abs(float(known[name].rstrip("%")) / 100 - share) <= 0.01
    marked = [one.text for one in page.all("td", class_="bad") if one.text.endswith("%")]
    few = (coverage.of_units[coverage.ranked] < rules.COVERAGE).sum()
    assert len(marked) == few + (coverage.of_indicators < rules.COVERAGE).sum()


def test_it_says_how_to_repeat_it(page: Page, found: Audit) -> None:
    [command] = page.all("pre", class_="command")

    assert command.text == "rankscope audit index.yaml --draws 200 --seed 0 -o audit.html"
    assert "numpy" in page.text
    assert "title: Made-up Index" in page.all("pre", class_="yaml")[0].text
    assert f"{found.draws} draws, seed 0" in page.text


def test_without_an_earlier_edition_one_line_says_how_to_add_it(page: Page) -> None:
    told = [one.text for one in page.all("p", class_="absent") if one["data-item"] == "20"]

    assert len(told) == 1
    assert "--since" in told[0]


def test_tables_have_captions_and_scopes(page: Page) -> None:
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(one["scope"] in {"row", "col", "rowgroup"} for one in page.all("th"))
    assert all(one["aria-label"] for one in page.elements if one.attributes.get("role") == "img")
