"""The page of scenarios: what it says, that it is the same twice, and that data stay data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from rankscope.analyses.offset import offset_map
from rankscope.analyses.scenario import what_if
from rankscope.definition.model import Scenario
from rankscope.report.scenario import scenario_html, write_scenarios
from tests.analyses.scenario.cases import FRAMEWORK
from tests.support.indices import make_index

if TYPE_CHECKING:
    from pathlib import Path

    from rankscope.analyses.offset import OffsetMap
    from rankscope.analyses.scenario import Outcome
    from rankscope.catalogue import Index

EVIL = "<script>alert(1)</script>"
CUT = {"act": "restrict", "nodes": ["a", "c"], "by": {"low": 0.2, "high": 0.6}}
HELP = {"act": "cooperate", "partners": ["AUS"], "by": 0.1}
BLOC = {"act": "merge", "units": ["Africa"], "into": "BLOC", "title": EVIL, "by": "people_living"}

Case = tuple["Index", list["Outcome"], "OffsetMap"]


@pytest.fixture(scope="module")
def case() -> Case:
    index = make_index(framework=FRAMEWORK, views=True, title=EVIL)
    result = index.build()
    made = [
        Scenario.model_validate(
            {"name": "both", "title": EVIL, "note": f"Assumes {EVIL}", "units": ["ALB"]}
            | {"changes": [CUT, HELP]}
        ),
        Scenario.model_validate({"name": "top", "title": "A bloc", "changes": [BLOC]}),
        Scenario.model_validate({"name": "nothing", "units": ["ALB"]}),
    ]
    outcomes = [what_if(result, one, draws=256) for one in made]
    return index, outcomes, offset_map(result, made[0], steps=6, draws=256)


def test_the_page_answers_first(case: Case) -> None:
    index, outcomes, found = case
    page = scenario_html(index, outcomes[:1], maps=[found])
    message = re.search(r'<p class="message">(.*?)</p>', page)

    assert message
    assert re.match(r"Albania (falls|rises|stays)", message[1])
    assert "not a forecast" in page
    assert "is made up for by closing" in page or "gives Albania the score back" in page
    assert "rankscope scenario index.yaml both --draws 256" in page


def test_several_scenarios_stand_side_by_side(case: Case) -> None:
    index, outcomes, _ = case
    page = scenario_html(index, outcomes)

    assert page.index("Side by side") < page.index("What it rests on")
    assert "Nobody&#39;s values change" in page or "Nobody's values change" in page
    assert page.count('id="top"') == 1  # the scenario of that name has another anchor


def test_what_is_data_is_never_markup(case: Case) -> None:
    index, outcomes, found = case
    page = scenario_html(index, outcomes, maps=[found])

    assert EVIL not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_same_outcomes_give_the_same_bytes(case: Case, tmp_path: Path) -> None:
    index, outcomes, found = case
    paths = [tmp_path / "one.html", tmp_path / "two.html"]
    for path in paths:
        write_scenarios(index, outcomes, path, maps=[found])

    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert not re.findall(rb"(?:src=|url\(|import )[\"']?(?:https?:)?//", paths[0].read_bytes())
