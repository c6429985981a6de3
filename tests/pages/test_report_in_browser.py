"""The report in a real browser: by mouse, by keyboard, on a phone, on paper, without script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from rankscope.catalogue.open import open_index
from rankscope.report import write_report
from tests.support.indices import make_index

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

EVIL = "<script>alert(1)</script>"
ROWS = "#table tbody tr:not([hidden])"
CONTRAST = """() => {
  const parts = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => {
    v /= 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  }).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const [r, g, b, a = 1] = parts(getComputedStyle(e).backgroundColor);
      if (a > 0) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.checkVisibility() || e.closest("svg, script")) continue;
    const [one, other] = [light(parts(getComputedStyle(e).color)), light(behind(e))].sort();
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) poor.add(`${e.tagName}.${e.className} ${ratio.toFixed(2)}`);
  }
  return [...poor];
}"""


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    index = open_index("ai-capacity")
    path = tmp_path_factory.mktemp("report") / "report.html"
    return write_report(index, index.build(), path).as_uri()


@pytest.fixture
def report(page: Page, address: str) -> Page:
    page.goto(address)
    return page


@pytest.fixture
def phone(page: Page, address: str) -> Page:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    return page


def names(page: Page, most: int = 3) -> list[str]:
    return page.locator(f"{ROWS} th").all_inner_texts()[:most]


def head(page: Page, name: str) -> Page:
    return page.locator(f"#table th[data-sort={name}] button")


def sideways(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


# ── the ranking ──────────────────────────────────────────────────────────────


def test_it_begins_with_the_best(report: Page) -> None:
    assert report.locator(f"{ROWS} .rank").first.inner_text() == "1"
    assert report.locator(ROWS).count() == 40


def test_a_column_is_sorted_and_says_so(report: Page) -> None:
    head(report, "name").click()

    assert names(report) == sorted(names(report))
    assert report.locator("th[data-sort=name]").get_attribute("aria-sort") == "ascending"
    assert report.locator("th[aria-sort]").count() == 1


def test_who_has_no_rank_in_a_view_stands_last_whichever_way_is_up(report: Page) -> None:
    report.locator("#more").click()
    for _ in range(2):
        head(report, "view2").click()
        ranks = report.locator("#table tbody td.o2").all_inner_texts()
        assert ranks[0] != "–"
        assert ranks[-1] == "–"


def test_a_second_click_turns_the_order_round(report: Page) -> None:
    head(report, "name").click()
    head(report, "name").click()

    assert names(report)[0].startswith("Z")
    assert report.locator("th[data-sort=name]").get_attribute("aria-sort") == "descending"


def test_scores_begin_with_the_highest(report: Page) -> None:
    first = names(report)
    head(report, "data").click()
    head(report, "score").click()

    assert names(report) == first
    assert report.locator("th[data-sort=score]").get_attribute("aria-sort") == "descending"


def test_a_view_changes_order_scores_and_map_together(report: Page) -> None:
    before = report.locator(".world a[href='#IND']").evaluate("e => getComputedStyle(e).fill")
    report.get_by_role("button", name="Scale", exact=True).first.click()
    after = report.locator(".world a[href='#IND']").evaluate("e => getComputedStyle(e).fill")
    pressed = report.locator("button[data-view='1']").evaluate_all(
        "all => all.map(e => e.ariaPressed)"
    )

    assert names(report)[:2] == ["United States", "China"]
    assert before != after
    assert pressed == ["true", "true"]


def test_more_shows_all(report: Page) -> None:
    report.locator("#more").click()

    assert report.locator(ROWS).count() > 150
    assert not report.locator("#more").is_visible()


@pytest.mark.parametrize(
    ("typed", "found"),
    [("cote d", "Ivory Coast"), ("TÜRK", "Türkiye"), ("holland", "Netherlands"), ("rus", "Russia")],
)
def test_a_country_is_found_by_any_of_its_names(report: Page, typed: str, found: str) -> None:
    report.locator("#find").fill(typed)

    assert any(found in name or name in found for name in names(report, 9))
    assert re.fullmatch(r"\d+ of \d+", report.locator("#count").inner_text())


def test_nothing_found_is_said(report: Page) -> None:
    report.locator("#find").fill("atlantis")

    assert report.locator("#count").inner_text().startswith("0 of ")


def test_a_region_narrows_the_table(report: Page) -> None:
    report.get_by_label("Region").select_option(label="Oceania")

    assert set(names(report, 2)) == {"Australia", "New Zealand"}


# ── how firm ─────────────────────────────────────────────────────────────────


def test_a_name_among_the_intervals_leads_to_its_part(report: Page) -> None:
    report.locator("#robustness figure .only-wide a[href='#KOR']").first.click()

    report.locator("#KOR .inside .firmly").wait_for(state="visible")


def test_a_phone_has_its_own_picture_of_intervals(phone: Page) -> None:
    assert phone.locator("#robustness .only-narrow svg").first.is_visible()
    assert not phone.locator("#robustness .only-wide svg").first.is_visible()
    assert sideways(phone) == 0


def test_intervals_of_the_overall_rank_hide_in_other_views(report: Page) -> None:
    interval = report.locator(f"{ROWS} .firm").first
    assert interval.is_visible()
    report.get_by_role("button", name="Scale", exact=True).first.click()

    assert not interval.is_visible()


# ── the parts ────────────────────────────────────────────────────────────────


def test_a_name_leads_to_its_part_and_opens_it(report: Page) -> None:
    report.locator("#table").get_by_role("link", name="South Korea").click()

    assert report.locator("#KOR .inside").is_visible()
    assert report.locator("#KOR").evaluate("e => e.getBoundingClientRect().top") < 200


def test_an_address_with_a_code_opens_its_part(page: Page, address: str) -> None:
    page.goto(f"{address}#RUS")

    assert page.locator("#RUS[open] .figures").is_visible()
    assert page.locator("#RUS").evaluate("e => e.getBoundingClientRect().top") < 200


def test_a_closed_part_is_opened_again_by_the_same_link(report: Page) -> None:
    link = report.locator("#table").get_by_role("link", name="South Korea")
    link.click()
    report.locator("#KOR summary").click()
    link.click()

    assert report.locator("#KOR .inside").is_visible()


def test_the_next_part_follows(report: Page) -> None:
    report.goto(f"{report.url}#USA")
    report.locator("#USA .beside a[rel=next]").click()

    assert report.locator("details.part[open]").count() == 2


def test_an_odd_address_opens_nothing_and_breaks_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}#%E0%A4%A")

    assert page.locator("details[open]").count() == 0


def test_all_parts_open_and_close(report: Page) -> None:
    report.locator("#open-all").click()
    opened = report.locator("details.part[open]").count()
    report.locator("#open-all").click()

    assert opened == report.locator("details.part").count()
    assert report.locator("details.part[open]").count() == 0


def test_parts_are_found_by_name(report: Page) -> None:
    report.locator("#find-part").fill("brazil")

    assert report.locator("details.part:not([hidden]) h3").all_inner_texts() == ["Brazil"]


# ── by keyboard ──────────────────────────────────────────────────────────────


def test_the_first_stop_skips_to_the_ranking(report: Page) -> None:
    report.keyboard.press("Tab")

    assert report.evaluate("document.activeElement.getAttribute('href')") == "#ranking"
    assert report.locator("a.skip").first.is_visible()


def test_a_column_is_sorted_by_keyboard(report: Page) -> None:
    head(report, "name").focus()
    report.keyboard.press("Enter")

    assert names(report) == sorted(names(report))
    assert report.evaluate("document.activeElement.textContent") == "Country"


def test_the_map_is_read_and_followed_by_keyboard(report: Page) -> None:
    report.locator(".world a[href='#BRA']").focus()

    assert report.locator("#readout").inner_text().startswith("Brazil: ")
    report.keyboard.press("Enter")
    report.locator("#BRA .inside").wait_for(state="visible")


def test_a_part_opens_by_keyboard(report: Page) -> None:
    report.locator("#FIN summary").focus()
    report.keyboard.press("Space")

    assert report.locator("#FIN .inside").is_visible()


# ── what everyone can read ───────────────────────────────────────────────────


def test_text_stands_out_from_what_is_behind_it(report: Page) -> None:
    report.goto(f"{report.url}#IRN")

    assert report.evaluate(CONTRAST) == []


def test_that_search_can_fail(page: Page, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("pale") / "page.html"
    path.write_text("<!doctype html><title>x</title><p style='color:#aaa'>pale")
    page.goto(path.as_uri())

    assert page.evaluate(CONTRAST) == ["P. 2.32"]


# ── on a phone ───────────────────────────────────────────────────────────────


def test_a_phone_does_not_scroll_sideways(phone: Page) -> None:
    assert sideways(phone) <= 0


def test_nor_with_parts_and_notes_open(phone: Page) -> None:
    phone.evaluate(
        "[...document.querySelectorAll('details')].forEach((e, i) => e.open = i % 9 == 0 ||"
        " !e.matches('.part'))"
    )

    assert sideways(phone) <= 0


@pytest.mark.parametrize("width", [320, 768, 1024])
def test_nor_does_any_other_width(report: Page, width: int) -> None:
    report.set_viewport_size({"width": width, "height": 800})

    assert sideways(report) <= 0


def test_a_phone_shows_rank_name_score_and_bar(phone: Page) -> None:
    row = phone.locator(ROWS).first

    assert row.locator(".bar").first.is_visible()
    assert row.locator(".score").is_visible()
    assert not row.locator(".data").is_visible()


# ── on paper and without script ──────────────────────────────────────────────


def test_paper_has_the_whole_ranking_and_what_was_opened(report: Page) -> None:
    report.goto(f"{report.url}#RUS")
    report.emulate_media(media="print")

    assert not report.locator("nav.contents").is_visible()
    assert not report.locator("#find").is_visible()
    assert report.locator("#table tbody tr:visible").count() > 150
    assert report.locator("#RUS .figures").is_visible()
    assert not report.locator("#BRA").is_visible()


def test_without_script_the_table_is_whole_and_no_control_is_dead(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)

    assert page.locator("#table tbody tr:visible").count() > 150
    assert page.locator("button:visible, input:visible, select:visible").count() == 0
    page.locator("#USA summary").click()
    assert page.locator("#USA .figures").is_visible()
    context.close()


# ── others' indices ──────────────────────────────────────────────────────────


@pytest.fixture
def show(page: Page, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Page]:
    def shown(**given: object) -> Page:
        index = make_index(**given)  # type: ignore[arg-type]
        path = tmp_path_factory.mktemp("other") / "report.html"
        page.goto(write_report(index, index.build(), path).as_uri())
        return page

    return shown


def test_a_script_in_a_name_is_a_name(show: Callable[..., Page]) -> None:
    page = show(units=3, own=True, names=(EVIL, f"{EVIL}2", "C"), views=True, title=EVIL)
    head(page, "name").click()

    assert EVIL in names(page)
    assert page.locator("h1").inner_text() == EVIL


def test_units_of_ones_own_work_too(show: Callable[..., Page]) -> None:
    page = show(units=12, own=True)
    page.locator("#find").fill("district 0003")

    assert names(page) == ["District 0003"]
    assert sideways(page) <= 0
