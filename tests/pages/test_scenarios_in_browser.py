"""The page of scenarios in a real browser: on a desk, on a phone, without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rankscope.analyses.offset import offset_map
from rankscope.analyses.scenario import what_if
from rankscope.definition.model import Scenario
from rankscope.report.scenario import write_scenarios
from tests.analyses.scenario.cases import FRAMEWORK
from tests.support.indices import make_index

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

EVIL = "<script>alert(1)</script>"
CUT = {"act": "restrict", "nodes": ["a", "c"], "by": {"low": 0.2, "high": 0.6}}
HELP = {"act": "cooperate", "partners": ["AUS"], "by": 0.1}


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    index = make_index(framework=FRAMEWORK, views=True, title=EVIL)
    result = index.build()
    both = {"name": "both", "title": EVIL, "units": ["ALB"], "changes": [CUT, HELP]}
    bloc = {"act": "merge", "units": ["Africa"], "into": "BLOC", "by": "people_living"}
    made = [
        Scenario.model_validate(both),
        Scenario.model_validate({"name": "one", "title": "A bloc", "changes": [bloc]}),
    ]
    outcomes = [what_if(result, one, draws=128) for one in made]
    found = offset_map(result, made[0], steps=6, draws=128)
    path = tmp_path_factory.mktemp("scenario") / "scenario.html"
    return write_scenarios(index, outcomes, path, maps=[found]).as_uri()


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_nothing_sticks_out(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_phone_gets_other_pictures(page: Page, address: str) -> None:
    for width, shown in ((1280, ".only-wide"), (390, ".only-narrow")):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        assert page.locator(f".exhibit {shown}:visible").count() >= 3


def test_a_name_that_is_a_script_is_text(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(address)

    assert page.locator("h2", has_text=EVIL).count() == 1
    assert asked == [address]


def test_a_line_of_the_table_leads_to_its_scenario(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#beside .sheet a", has_text="A bloc").click()

    assert page.evaluate("location.hash") == "#one"
    assert "units as one, would rank" in page.locator("#one .lede").inner_text()
