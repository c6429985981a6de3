"""The audit report in a real browser: on a desk, on a phone, by keyboard, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rankscope.analyses.audit import audit
from rankscope.report import write_audit
from tests.support.indices import make_index

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

EVIL = "<script>alert(1)</script>"


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    index = make_index(units=24, gaps=0.05, views=True, title=EVIL)
    path = tmp_path_factory.mktemp("audit") / "audit.html"
    return write_audit(index, audit(index.build(), draws=64), path).as_uri()


@pytest.fixture
def page_of_audit(page: Page, address: str) -> Page:
    page.goto(address)
    return page


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_nothing_sticks_out_whatever_is_open(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    open_all(page)

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_phone_gets_other_pictures(page: Page, address: str) -> None:
    for width, shown in ((1280, ".only-wide"), (390, ".only-narrow")):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        assert page.locator(f".exhibit {shown}:visible").count() > 0
        assert page.locator(".exhibit .chart:visible").count() > 0


def test_a_name_that_is_a_script_is_text(page_of_audit: Page) -> None:
    assert page_of_audit.locator("h1").inner_text() == f"Audit of {EVIL}"


def test_a_light_leads_to_its_section_and_on_to_its_findings(page_of_audit: Page) -> None:
    page_of_audit.locator(".lights a", has_text="Section 4").click()
    assert page_of_audit.evaluate("location.hash") == "#structure"

    page_of_audit.locator("#structure .pointer a").click()
    assert page_of_audit.locator("#findings-structure").is_visible()


def test_a_unit_in_a_table_leads_to_its_part_and_opens_it(page_of_audit: Page) -> None:
    page_of_audit.locator("#firmness .sheet tbody th a").first.click()
    part = page_of_audit.locator("details.part:target")

    assert part.get_attribute("open") is not None


def test_tables_can_be_scrolled_by_keyboard(page_of_audit: Page) -> None:
    regions = page_of_audit.locator(".scroll")

    assert regions.count() > 10
    regions.first.focus()
    assert page_of_audit.evaluate("document.activeElement.classList.contains('scroll')")


def test_the_contents_follow_the_reader(page_of_audit: Page) -> None:
    page_of_audit.locator("#choices").scroll_into_view_if_needed()
    page_of_audit.evaluate("document.querySelector('#choices').scrollIntoView()")
    page_of_audit.wait_for_selector(".contents a[aria-current][href='#choices']")


def test_it_can_be_printed(page_of_audit: Page) -> None:
    page_of_audit.emulate_media(media="print")

    assert page_of_audit.locator(".contents").is_hidden()
    assert page_of_audit.locator(".lights").is_visible()
    assert len(page_of_audit.pdf()) > 10_000
