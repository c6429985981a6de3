"""The explorer for those who use a keyboard, a finger, a screen reader or other colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

VIEWS = {
    "Ranking": "table.ranking",
    "Country": "article.country h2",
    "Compare": "article.compare h2",
    "Map": "svg.world",
    "What if": "article.scenario",
    "Method": "article.method h2",
}
STATES = {
    "ranking": "open=innovation&sort=name&down=1&query=an&pins=RUS,KEN&w=research:0.2",
    "slope": "slope=1&filters.region=Africa&w=innovation:0.6&locks=innovation",
    "country": "at=country&unit=KEN&extra.peers=region&view=scale",
    "compare": "at=compare&with=KEN,RUS,CHN&extra.depth=1&w=investment:0.7",
    "map": "at=map&open=talent&pins=RUS&w=github_developers:0.9",
    "scenario": "at=scenario&extra.scenario=russia_china_deep",
    "method": "at=method&open=talent&view=intensity",
}
SMALLEST_TARGET = 24
"""Pixels (WCAG 2.2, success criterion 2.5.8)."""

# What is seen, in one text: choices, pressed buttons, letters, and where bars and lines lie.
SEEN = """() => [
  document.querySelector('#view').textContent,
  ...[...document.querySelectorAll('#view select, .weight input')].map((one) => one.value),
  ...[...document.querySelectorAll('[aria-pressed=true], [aria-current=page]')].map((one) =>
    one.getAttribute('aria-label') || one.textContent),
  ...[...document.querySelectorAll('#view svg rect, #view svg line')].map((one) =>
    one.getAttribute('x') + ' ' + one.getAttribute('y2') + ' ' + one.getAttribute('width')),
  ...[...document.querySelectorAll('.bar')].map((one) => one.style.backgroundImage),
  ...[...document.querySelectorAll('svg.world [tabindex]')].map((one) => one.getAttribute('class')),
].join('\\n')"""


@pytest.fixture(scope="module")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from rankscope.catalogue import open_index
    from rankscope.explorer.page import write_explorer

    index = open_index("ai-capacity")
    path = tmp_path_factory.mktemp("explorer") / "ai.html"
    return write_explorer(index, index.build(), path, draws=200)


def opened(page: Page, path: Path, address: str = "") -> None:
    page.goto("about:blank")
    page.goto(f"{path.as_uri()}#{address}")
    page.wait_for_selector("header h1")


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until what is wanted has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(one) => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"{selector} is not reached in {most} steps")


@pytest.mark.browser
def test_every_view_is_reached_by_keyboard_alone(page: Page, packaged: Path) -> None:
    opened(page, packaged)
    for title, shown in VIEWS.items():
        tab_to(page, f".tabs button[data-at]:nth-of-type({list(VIEWS).index(title) + 1})", 300)
        assert page.evaluate("document.activeElement.textContent") == title
        page.keyboard.press("Enter")
        assert page.locator(shown).first.is_visible()
        assert page.locator(".tabs [aria-current=page]").text_content() == title
        page.locator("body").evaluate("() => document.activeElement.blur()")


@pytest.mark.browser
def test_ranking_is_worked_by_keyboard_alone(page: Page, packaged: Path) -> None:
    opened(page, packaged)
    tab_to(page, ".weight input[type=range]")
    published = page.locator(".weight input[type=number]").first.input_value()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    moved = page.locator(".weight input[type=number]").first.input_value()
    assert float(moved) == pytest.approx(float(published) + 3, abs=0.6)
    page.keyboard.press("Control+z")
    assert page.locator(".weight input[type=number]").first.input_value() != moved
    page.keyboard.press("Control+Shift+z")
    assert page.locator(".weight input[type=number]").first.input_value() == moved
    tab_to(page, ".lock")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    tab_to(page, "input[type=search]")
    page.keyboard.type("kenya")
    assert (page.locator(".count").text_content() or "").startswith("1 of ")
    tab_to(page, ".ranking .pin")
    page.keyboard.press("Enter")
    assert "pins=KEN" in page.url
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Pin Kenya"
    tab_to(page, ".ranking .who a")
    page.keyboard.press("Enter")
    assert page.locator("article.country h2").text_content() == "Kenya"


@pytest.mark.browser
def test_map_is_one_stop_and_arrows_walk_the_ranking(page: Page, packaged: Path) -> None:
    opened(page, packaged, "at=map&pins=RUS")
    assert page.locator('svg.world [tabindex="0"]').count() == 1
    tab_to(page, "svg.world [role=link]")
    ranks = []
    for key in ("Home", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
        told = page.evaluate("document.activeElement.getAttribute('aria-label')")
        ranks.append(int(told.split("rank ")[1].split(",")[0].rstrip("=")))
        assert page.locator(".readout").text_content() == told
    assert ranks == [1, 2, 3, 2, 1, 1]
    page.keyboard.press("End")
    assert "not ranked" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert page.locator('svg.world [tabindex="0"]').count() == 1
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    assert page.locator("article.country h2").text_content() == "United States"


@pytest.mark.browser
@pytest.mark.parametrize("at", STATES)
def test_address_brings_back_what_was_seen(page: Page, packaged: Path, at: str) -> None:
    opened(page, packaged, STATES[at])
    seen, address = page.evaluate(SEEN), page.url
    other = page.context.new_page()
    opened(other, packaged, address.split("#")[1])
    assert other.evaluate(SEEN) == seen
    opened(other, packaged)
    assert other.evaluate(SEEN) != seen
    other.close()


@pytest.mark.browser
def test_steps_are_undone_and_done_again_across_views(page: Page, packaged: Path) -> None:
    opened(page, packaged)
    seen = [page.evaluate(SEEN)]
    for step in (
        lambda: page.get_by_label("Pin Singapore").click(),
        lambda: page.get_by_role("button", name="Intensity").click(),
        page.get_by_role("button", name="Country", exact=True).first.click,
        lambda: page.get_by_label("Which country").select_option("KEN"),
        lambda: page.get_by_role("button", name="All equal").click(),
    ):
        step()
        seen.append(page.evaluate(SEEN))
    assert len(set(seen)) == len(seen)
    for wanted in reversed(seen[:-1]):
        page.get_by_role("button", name="Undo").click()
        assert page.evaluate(SEEN) == wanted
    assert page.get_by_role("button", name="Undo").is_disabled()
    for wanted in seen[1:]:
        page.get_by_role("button", name="Redo").click()
        assert page.evaluate(SEEN) == wanted
    assert page.get_by_role("button", name="Redo").is_disabled()


@pytest.mark.browser
@pytest.mark.parametrize("at", STATES)
def test_targets_are_large_enough_for_a_finger(page: Page, packaged: Path, at: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, packaged, STATES[at])
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    small = page.locator("button, input, select, summary").evaluate_all(
        "(all, least) => all.map((one) => [one, one.getBoundingClientRect()])"
        ".filter(([one, box]) => box.width && (box.width < least || box.height < least))"
        ".map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width} x ${box.height}`)",
        SMALLEST_TARGET,
    )
    assert not small
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
@pytest.mark.parametrize("at", STATES)
def test_every_control_has_a_name(page: Page, packaged: Path, at: str) -> None:
    opened(page, packaged, STATES[at])
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    worked = {"button", "slider", "spinbutton", "combobox", "searchbox", "textbox", "link", "image"}
    controls = [
        node
        for node in nodes
        if not node.get("ignored") and node.get("role", {}).get("value") in worked
    ]
    assert len(controls) > 20
    assert not [node for node in controls if not node.get("name", {}).get("value", "").strip()]


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_ranking_is_a_table_to_a_screen_reader(page: Page, packaged: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    opened(page, packaged)
    table = page.get_by_role("table", name="Ranking")
    row = table.get_by_role("row").nth(1)
    assert row.get_by_role("rowheader").text_content() == "United States"
    assert row.get_by_role("cell").first.text_content() == "1"
    assert table.get_by_role("columnheader", name="Rank", exact=True).get_attribute("aria-sort")
    reach = row.locator(".range").text_content() or ""
    assert reach.startswith("1")
    assert row.locator(".range").is_visible()


@pytest.mark.browser
def test_nothing_moves_for_those_who_asked_for_less(page: Page, packaged: Path) -> None:
    page.emulate_media(reduced_motion="reduce")
    for state in STATES.values():
        opened(page, packaged, state)
        assert page.evaluate("document.getAnimations().length") == 0
        page.get_by_role("button", name="All equal").click()
        assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.browser
def test_forced_colours_leave_bars_and_choices_to_be_seen(page: Page, packaged: Path) -> None:
    page.emulate_media(forced_colors="active")
    opened(page, packaged, "locks=innovation")
    colours = page.evaluate(
        """() => {
          const at = (one) => getComputedStyle(document.querySelector(one));
          return [at('.switch [aria-pressed=true]').backgroundColor,
            at('.switch [aria-pressed=true]').color, at('.bar').backgroundImage];
        }"""
    )
    assert colours[0] != colours[1]
    assert "gradient" in colours[2]


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_no_view_is_wider_than_the_screen(page: Page, packaged: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for state in STATES.values():
        opened(page, packaged, state)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state
        outside = page.locator(".tabs button, header .tools button").evaluate_all(
            "(all) => all.filter((one) => one.getBoundingClientRect().right > innerWidth + 1)"
            ".map((one) => one.textContent)"
        )
        assert not outside


@pytest.mark.browser
def test_pictures_are_drawn_for_the_width_they_have(page: Page, packaged: Path) -> None:
    opened(page, packaged, STATES["compare"])
    letters = "document.querySelector('svg.picture text').getBoundingClientRect().height"
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_timeout(50)
        assert page.evaluate(letters) > 10
