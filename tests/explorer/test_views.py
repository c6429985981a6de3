"""What the views say is what the library says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from rankscope.analyses.coherence.correlations import correlations
from rankscope.analyses.compare import compare
from rankscope.analyses.explain import explain
from rankscope.analyses.scenario import what_if
from rankscope.analyses.scenario.words import answer
from rankscope.catalogue import open_index
from rankscope.explorer.page import write_explorer
from rankscope.pages.numbers import ordinal

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from rankscope.pipeline.result import Result


@pytest.fixture(scope="module")
def result() -> Result:
    return open_index("ai-capacity").build()


@pytest.fixture(scope="module")
def packaged(tmp_path_factory: pytest.TempPathFactory, result: Result) -> Path:
    path = tmp_path_factory.mktemp("explorer") / "ai.html"
    return write_explorer(open_index("ai-capacity"), result, path, draws=200)


def opened(page: Page, path: Path, address: str) -> None:
    page.goto("about:blank")
    page.goto(f"{path.as_uri()}#{address}")
    page.wait_for_selector("header h1")


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "").rstrip("="))


@pytest.mark.browser
@pytest.mark.parametrize("view", ["headline", "scale", "intensity"])
def test_strengths_and_weaknesses_are_those_of_explain(
    page: Page, packaged: Path, result: Result, view: str
) -> None:
    opened(page, packaged, f"at=country&unit=RUS&extra.peers=income&view={view}")
    texts = page.locator("svg[data-name=strengths] text").all_text_contents()
    shown = dict(zip(texts[::2], map(number, texts[1::2]), strict=True))
    profile = explain(result, "RUS", view=view, peers="income")
    wanted = {one.name: one.points for one in (*profile.strengths, *profile.weaknesses)}
    assert list(shown.values()) == pytest.approx(
        sorted((round(points, 1) for points in wanted.values()), reverse=True), abs=0.051
    )
    assert len(shown.keys() & wanted.keys()) >= len(wanted) - 1


@pytest.mark.browser
def test_every_figure_is_shown_with_year_and_source(
    page: Page, packaged: Path, result: Result
) -> None:
    opened(page, packaged, "at=country&unit=KEN")
    profile = explain(result, "KEN")
    rows = page.locator("table.figures tbody tr")
    assert rows.count() == len(profile.observations)
    years = rows.evaluate_all("rows => rows.map((row) => row.cells[3].textContent)")
    assert years == [str(one.year or "") for one in profile.observations]
    links = page.locator("table.figures a").evaluate_all("all => all.map((a) => a.href)")
    assert all(link.startswith("https://") for link in links)


@pytest.mark.browser
def test_standing_is_that_of_the_result(page: Page, packaged: Path, result: Result) -> None:
    opened(page, packaged, "at=country&unit=RUS")
    rows = page.locator("article.country table").first.locator("tbody tr")
    cells = rows.evaluate_all("rows => rows.map((row) => [...row.cells].map((c) => c.textContent))")
    wanted = {one.name: one for one in explain(result, "RUS").standings}
    for name, score, rank, _, points in cells:
        assert number(score) == pytest.approx(wanted[name].score, abs=0.051)
        assert int(rank.rstrip("=")) == wanted[name].rank
        assert number(points) == pytest.approx(wanted[name].contribution, abs=0.051)


@pytest.mark.browser
@pytest.mark.parametrize(("first", "second"), [("RUS", "CHN"), ("KEN", "USA"), ("DEU", "IND")])
def test_waterfall_is_that_of_compare(
    page: Page, packaged: Path, result: Result, first: str, second: str
) -> None:
    opened(page, packaged, f"at=compare&with={first},{second}")
    texts = page.locator("svg[data-name=difference] text").all_text_contents()
    shown = dict(zip(texts[::2], map(number, texts[1::2]), strict=True))
    found = compare(result, first, second)
    whole = shown.pop("Difference")
    assert whole == pytest.approx(found.difference, abs=0.006)
    assert shown == pytest.approx({gap.name: gap.difference for gap in found.level(2)}, abs=0.006)
    assert sum(shown.values()) == pytest.approx(whole, abs=0.05)


@pytest.mark.browser
def test_the_weight_that_turns_the_order_turns_it(page: Page, packaged: Path) -> None:
    opened(page, packaged, "at=compare&with=GBR,CHE")
    told = page.locator("h3:has-text('What would turn') + p").text_content() or ""
    part, share = told.split("once ")[1].split(" weighs ")
    percent = float(share.split(" %")[0])
    label = page.get_by_label(f"Weight of {part} in percent, typed")
    ahead = []
    for typed in (percent - 1.5, percent + 1.5):
        label.fill(str(typed))
        label.press("Enter")
        whole = page.locator("svg[data-name=difference] text").all_text_contents()[-1]
        ahead.append(number(whole) > 0)
    assert ahead[0] != ahead[1]


@pytest.mark.browser
def test_correlations_are_those_of_coherence(page: Page, packaged: Path, result: Result) -> None:
    opened(page, packaged, "at=method&open=innovation")
    texts = page.locator("svg[data-name=correlations] .heat-text").all_text_contents()
    table = correlations(result).of("innovation").frame(blank=False)
    plan = result.plan
    children = [plan.nodes[child].code for child in plan.nodes[plan.node("innovation")].children]
    shown = np.array([number(text) for text in texts]).reshape(len(children) + 1, -1)
    assert np.diag(shown) == pytest.approx(1)
    within = table.loc[children, children].to_numpy(dtype=float)
    assert np.allclose(
        shown[1:, 1:][~np.eye(len(children), dtype=bool)],
        within[~np.eye(len(children), dtype=bool)],
        atol=0.0051,
    )


@pytest.mark.browser
def test_scenarios_are_those_of_what_if(page: Page, packaged: Path, result: Result) -> None:
    index = open_index("ai-capacity")
    scenario = next(one for one in index.definition.scenarios if one.name == "russia_china_deep")
    found = what_if(result, scenario, ties=index.ties(), draws=0)
    opened(page, packaged, "at=scenario&extra.scenario=russia_china_deep")
    assert page.locator("article.scenario .lead").text_content() == answer(found)
    cells = page.locator("article.scenario tbody tr").first.locator("td").all_text_contents()
    assert cells[:2] == [ordinal(found.rank_before("RUS")), ordinal(found.rank_after("RUS"))]


@pytest.mark.browser
def test_a_choice_made_by_keyboard_keeps_the_focus(page: Page, packaged: Path) -> None:
    opened(page, packaged, "at=country&unit=RUS")
    page.get_by_label("Which country").focus()
    page.get_by_label("Which country").select_option("KEN")
    assert page.locator("article.country h2").text_content() == "Kenya"
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Which country"


@pytest.mark.browser
def test_map_is_walked_by_keyboard_and_leads_to_a_country(page: Page, packaged: Path) -> None:
    opened(page, packaged, "at=map")
    places = page.locator("svg.world [tabindex]")
    assert places.count() > 150
    places.first.focus()
    told = page.locator(".readout").text_content() or ""
    assert told == places.first.get_attribute("aria-label")
    page.keyboard.press("Enter")
    assert "at=country" in page.url
    assert told.startswith(page.locator("article.country h2").text_content() or "?")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "at", ["country&unit=KEN", "compare&with=RUS,CHN,USA", "map", "method", "scenario"]
)
def test_axe_finds_nothing_serious(
    page: Page, packaged: Path, at: str, scheme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    opened(page, packaged, f"at={at}")
    found = Axe().run(page).response["violations"]
    serious = [one for one in found if one["impact"] in {"serious", "critical"}]
    assert not [(one["id"], one["nodes"][0]["html"][:200]) for one in serious]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")


@pytest.mark.browser
def test_slider_to_repainted_ranking_at_200_by_60(page: Page, tmp_path: Path) -> None:
    from tests.support.indices import indicator, make_index, pillar

    codes = [f"i{number}" for number in range(60)]
    framework = pillar(
        "whole",
        *(
            pillar(f"p{at}", *(indicator(code) for code in codes[at * 10 :][:10]))
            for at in range(6)
        ),
    )
    index = make_index(framework=framework, units=200, gaps=0.05)
    opened(page, write_explorer(index, index.build(), tmp_path / "big.html", draws=0), "")
    moved = """async () => {
      const slider = document.querySelector('.weight input[type=range]');
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const orders = new Set();
      for (const value of [5, 40, 80]) {
        slider.value = value;
        slider.dispatchEvent(new Event('input'));
        await frame(); await frame();
        const rows = [...document.querySelectorAll('.ranking tbody tr')];
        orders.add(rows.map((row) => row.dataset.unit).join());
      }
      return orders.size;
    }"""
    assert page.evaluate(moved) == 3
