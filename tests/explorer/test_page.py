from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
import yaml

from rankscope.explorer.page import MODULES, script, write_explorer
from rankscope.pages.templates import packaged_text
from tests.support.indices import TWO_LEVELS, make_index

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

DECLARED = re.compile(
    r"^(?:export )?(?:const|let|function|class) (?:\{([^}]*)\}|(\w+))", re.MULTILINE
)


def opened(page: Page, path: Path, address: str = "") -> None:
    page.goto("about:blank")
    page.goto(f"{path.as_uri()}{address}")
    page.wait_for_selector("header h1")


def ranking(page: Page) -> list[str]:
    return page.locator("table.ranking tbody tr").evaluate_all(
        "rows => rows.map((row) => row.dataset.unit)"
    )


def saved(page: Page, title: str) -> str:
    page.locator("summary", has_text="Save").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=title).click()
    text = download.value.path().read_text("utf-8")
    page.locator("summary", has_text="Save").click()
    return text


def test_modules_are_one_script_without_clashes() -> None:
    names = [
        name.strip()
        for module in MODULES
        for found in DECLARED.findall(packaged_text("rankscope.explorer.web", f"{module}.js"))
        for name in (found[0] or found[1]).split(",")
    ]
    twice = {name for name in names if names.count(name) > 1}
    assert not twice
    assert "import {" not in script()
    assert "\nexport " not in script()


@pytest.mark.parametrize("at", range(len(MODULES)))
def test_modules_import_only_from_those_before(at: int) -> None:
    text = packaged_text("rankscope.explorer.web", f"{MODULES[at]}.js")
    wanted = re.findall(r'from "\./(\w+)\.js"', text)
    assert set(wanted) <= set(MODULES[:at])
    for names, module in re.findall(
        r'^import \{([^}]*)\} from "\./(\w+)\.js";', text, re.MULTILINE
    ):
        source = packaged_text("rankscope.explorer.web", f"{module}.js")
        for name in names.split(","):
            assert re.search(
                rf"^export (?:const|function|class) {name.strip()}\b", source, re.MULTILINE
            )


def test_same_index_gives_same_bytes(tmp_path: Path) -> None:
    index = make_index(framework=TWO_LEVELS, units=12)
    one = write_explorer(index, index.build(), tmp_path / "a.html", draws=50).read_bytes()
    other = write_explorer(index, index.build(), tmp_path / "b.html", draws=50).read_bytes()
    assert one == other


@pytest.mark.browser
def test_a_typed_weight_moves_the_ranking_and_stands_in_the_address(
    page: Page, written: Path
) -> None:
    opened(page, written)
    before = ranking(page)
    typed = page.locator(".weight input[type=number]").first
    typed.fill("95")
    typed.press("Enter")
    assert ranking(page) != before
    assert "w=" in page.url
    after, address = ranking(page), page.url
    page.get_by_role("button", name="Undo").click()
    assert ranking(page) == before
    page.get_by_role("button", name="Redo").click()
    assert ranking(page) == after
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("table.ranking tbody tr")
    assert ranking(page) == after
    assert page.locator(".weight input[type=number]").first.input_value() == "95"


@pytest.mark.browser
def test_shares_of_siblings_stay_one_and_locks_hold(page: Page, written: Path) -> None:
    opened(page, written)
    top = ".group.top > ul > li > .weight"
    shares = (
        f"() => [...document.querySelectorAll('{top} input[type=number]')]"
        ".map((one) => Number(one.value))"
    )
    assert sum(page.evaluate(shares)) == pytest.approx(100, abs=0.2)
    first = page.locator(".group.top > ul > li > .weight input[type=number]").first
    first.fill("80")
    first.press("Enter")
    found = page.evaluate(shares)
    assert found[0] == 80
    assert sum(found) == pytest.approx(100, abs=0.2)
    page.locator(".group.top > ul > li > .weight .lock").first.click()
    assert first.is_disabled()
    second = page.locator(".group.top > ul > li > .weight input[type=number]").nth(1)
    second.fill("70")
    second.press("Enter")
    found = page.evaluate(shares)
    assert found[0] == 80
    assert found[1] == 20


@pytest.mark.browser
def test_every_part_of_a_state_is_restored(page: Page, written: Path) -> None:
    state = (
        "view=intensity&open=means&sort=name&down=1&query=a&slope=1&pins=DEU"
        "&w=means:0.9~ends:0.1&locks=means&set.mine=means:0.5~ends:0.5"
    )
    opened(page, written, f"#{state}")
    assert page.get_by_role("button", name="Intensity").get_attribute("aria-pressed") == "true"
    assert page.locator(".trail strong").text_content() == "Name of means"
    assert page.get_by_role("searchbox").input_value() == "a"
    assert page.locator("svg.picture[data-name=slope]").count() == 1
    assert page.locator(".chip button").first.text_content() == "mine"
    page.get_by_role("button", name="Who moved").click()
    page.get_by_role("button", name="Who moved").click()
    assert set(page.url.split("#")[1].split("&")) == set(state.split("&"))


@pytest.mark.browser
@pytest.mark.parametrize(
    "address",
    [
        "#at=nowhere",
        "#w=means:-1~nobody:3~:::~%",
        "#view=%FF&open=none&sort=%00",
        "#" + "w=a:1~" * 9000,
    ],
)
def test_addresses_that_mean_nothing_show_the_ranking(
    page: Page, written: Path, address: str
) -> None:
    opened(page, written, address)
    assert len(ranking(page)) == 30


@pytest.mark.browser
def test_what_is_saved_is_what_is_shown(page: Page, written: Path) -> None:
    opened(page, written, "#w=means:0.9~ends:0.1")
    shown = ranking(page)
    table = list(csv.DictReader(io.StringIO(saved(page, "Table as CSV"))))
    assert [row["unit"] for row in table] == shown
    assert [row["unit"] for row in json.loads(saved(page, "Table as JSON"))] == shown
    definition = yaml.safe_load(saved(page, "Definition with these weights"))
    children = definition["framework"]["children"]
    assert [child["weight"] for child in children] == [0.9, 0.1]


@pytest.mark.browser
def test_names_from_data_do_no_harm(page: Page, hostile: Path) -> None:
    opened(page, hostile)
    title = page.title()
    assert "<script>" in title
    assert page.locator("table.ranking img, table.ranking script").count() == 0
    names = page.locator("table.ranking tbody th a").all_text_contents()
    assert any(name.startswith("=HYPERLINK") for name in names)
    text = saved(page, "Table as CSV")
    assert "\"'=HYPERLINK" in text
    assert page.title() == title
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")


@pytest.mark.browser
@pytest.mark.parametrize("at", ["country", "compare", "method"])
@pytest.mark.parametrize("width", [1280, 390])
def test_hostile_names_do_no_harm_in_any_view(
    page: Page, hostile: Path, at: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    opened(page, hostile, f"#at={at}")
    assert page.locator("main").is_visible()
    assert page.locator("#app img, #app script, #app iframe").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    page.locator("#view select").first.select_option(index=1)
    assert page.locator("#app img, #app script, #app iframe").count() == 0


@pytest.mark.browser
def test_intervals_of_the_whole_are_not_shown_for_another_view(page: Page, written: Path) -> None:
    opened(page, written)
    assert page.locator(".span:visible").count() > 0
    opened(page, written, "#view=scale")
    assert page.locator(".span:visible").count() == 0
    assert "worked out for the whole" in (page.locator(".firm-note").text_content() or "")


@pytest.mark.browser
def test_keyboard_alone_is_enough(page: Page, written: Path) -> None:
    opened(page, written)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    before = ranking(page)
    page.locator(".weight input[type=range]").first.focus()
    page.keyboard.press("End")
    assert "w=" in page.url
    assert ranking(page) != before
    page.keyboard.press("Control+z")
    assert ranking(page) == before


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious(page: Page, written: Path, scheme: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for state in ("", "#slope=1&w=means:0.9~ends:0.1&locks=means&set.mine=means:1"):
        opened(page, written, state)
        found = Axe().run(page).response["violations"]
        serious = [one for one in found if one["impact"] in {"serious", "critical"}]
        told = [(one["id"], one["nodes"][0]["html"][:200]) for one in serious]
        assert not told
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
