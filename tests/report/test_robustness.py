"""How firm every rank is: the sentences, the table and the pictures of the report."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from rankscope.analyses.uncertainty import uncertainty
from rankscope.catalogue.open import open_index
from rankscope.errors import BindError
from rankscope.report import report_html
from rankscope.report.firmness import firmness_of
from rankscope.report.material import COMPACT_ABOVE, gather
from rankscope.report.robustness import robustness
from tests.support.indices import FLAT, indicator, make_index, pillar
from tests.support.markup import Page, read_page
from tests.support.panels import TOWNS

pytestmark = pytest.mark.slow


def report_of(draws: int = 300, **given: Any) -> Page:
    index = make_index(**given)
    return read_page(report_html(index, index.build(), draws=draws))


@pytest.fixture(scope="module")
def twenty() -> Page:
    return report_of(own=True, units=20)


def rows_of(page: Page) -> list[list[str]]:
    """Return the texts of the interval, proved and tier cells, a row of the ranking each."""
    cells = [one for one in page.all("td") if "firm" in (one["class"] or "").split()]
    ranked = len([one for one in page.all("td") if (one["class"] or "").endswith("rank")])
    each = len(cells) // max(ranked, 1)
    starts = range(0, len(cells), max(each, 1))
    return [[one.text for one in cells[at : at + each]] for at in starts]


def test_the_table_says_between_which_ranks_each_unit_lies() -> None:
    index = make_index(own=True, units=20)
    result = index.build()
    found = uncertainty(result, draws=300)
    frame = found.frame()
    page = read_page(report_html(index, result, draws=300))
    rows = rows_of(page)

    assert len(rows) == 20
    for (between, proved, tier), (_, row) in zip(rows, frame.iterrows(), strict=True):
        low, high = (int(end) for end in (between.split("–") * 2)[:2])
        best, worst = (int(end) for end in (proved.split("–") * 2)[:2])
        assert low <= row["low"] <= row["high"] <= high
        assert low > row["low"] - 1
        assert high < row["high"] + 1
        assert best <= low
        assert worst >= high
        assert int(tier) == row["tier"]


def test_each_part_says_how_firm_its_rank_is_and_who_is_alike(twenty: Page) -> None:
    told = [one.text for one in twenty.all("p", class_="firmly")]

    assert len(told) == 20
    assert all(re.match(r"\d+(st|nd|rd|th); ", one) for one in told)
    assert all("of 300 defensible designs" in one for one in told)
    assert all("while only weights vary, each by up to 25% of itself" in one for one in told)
    assert any("It can not be told apart from District" in one for one in told)


def test_who_is_alike_is_alike_both_ways_and_nearest_first() -> None:
    index = make_index(own=True, units=20)
    firm = firmness_of(index.build(), panel=None, draws=300, compact=False)
    ranks = firm.found.published

    assert (firm.close == firm.close.T).all()
    assert not np.diagonal(firm.close).any()
    for row in range(20):
        away = [abs(int(ranks[other] - ranks[row])) for other in firm.alike(row)]
        assert away == sorted(away)
        for other in firm.alike(row):
            assert 0.05 < firm.found.pairs.probability[row, other] < 0.95


def test_an_index_that_assumes_nothing_names_the_default_set(twenty: Page) -> None:
    assert "names nothing that could be otherwise" in twenty.text
    assert "perturbed(25%) Each weight is multiplied by a factor from 0.75 to 1.25" in twenty.text


def test_what_is_assumed_is_named_with_every_choice() -> None:
    assumptions = {
        "weights": {"method": "bounded", "by": 0.1},
        "levels": [1],
        "normalisation": ["min_max", "z_score"],
        "leave_out": ["indicators"],
        "leave_out_chance": 0.4,
    }
    page = report_of(own=True, assumptions=assumptions)

    assert "The definition of the index names what could be otherwise." in page.text
    assert "300 designs were drawn at random (seed 0)" in page.text
    assert "At level 1 below the whole, in 1 group of siblings" in page.text
    assert {"bounded(10%)", "min_max", "z_score"} <= {one.text for one in page.all("code")}
    assert "Nothing in 60% of the designs; in the others one of 5 in turn: Name of a" in page.text


def test_whiskers_stand_on_intervals_of_weights_alone_only(twenty: Page) -> None:
    joint = report_of(
        own=True, assumptions={"weights": "perturbed", "treatment": ["none", "skew_kurtosis"]}
    )

    assert "best to worst with any weights of perturbed(25%)" in _drawn(twenty)
    assert "best to worst" not in _drawn(joint)
    assert "Any weights" in joint.text  # in the table, under the name of its own set


def _drawn(page: Page) -> str:
    return " ".join(one.text for one in page.all("text"))


def test_it_can_be_left_out() -> None:
    page = report_of(draws=0, own=True)

    assert "robustness" not in page.ids
    assert "90% interval" not in page.text
    assert page.all("p", class_="firmly") == []


@pytest.mark.parametrize(
    "given",
    [
        {"units": 1, "own": True},
        {"units": 2, "own": True, "views": True},
        {"framework": FLAT, "units": 4, "own": True},
        {"gaps": 0.4},
        {"framework": pillar("whole", indicator("a"))},
        {"variants": [{"name": "z", "title": "Z", "method": {"normalisation": "z_score"}}]},
    ],
    ids=["one", "two", "four", "gaps", "one indicator", "variant"],
)
def test_any_index_has_the_section_or_says_why_not(given: dict[str, Any]) -> None:
    page = report_of(**given)

    assert page.faults == []
    assert len(set(page.ids)) == len(page.ids)
    assert ("robustness" in page.ids) == bool(rows_of(page) or "could not be computed" in page.text)


def test_nothing_that_varies_gives_ranks_that_stay() -> None:
    page = report_of(framework=pillar("whole", indicator("a")), own=True)

    assert "Every rank is the same in 90% of 300 defensible designs." in page.text
    assert "No weights and no methods can vary in this index." in page.text


def test_what_can_not_be_drawn_is_said_and_breaks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise BindError("Too many ways.\nSee below.")

    monkeypatch.setattr("rankscope.report.firmness.uncertainty", refused)
    page = report_of(own=True)

    assert "That could not be computed. Too many ways." in page.text
    assert page.faults == []
    assert rows_of(page) == []


def test_thousands_of_units_have_a_sentence_and_intervals_but_no_pictures() -> None:
    index = make_index(units=COMPACT_ABOVE + 1, own=True)
    material = gather(index, index.build(), draws=4000)
    section = robustness(material)

    assert (section.first, section.rest, section.heat) == (None, None, None)
    assert section.draws == "1,000"
    assert section.lead.startswith("In 90% of 1,000 defensible designs, half of the units stay")
    assert all(material.firmness.between(row) for row in range(COMPACT_ABOVE + 1))


def test_a_period_of_a_panel_is_drawn_on_the_scales_of_the_panel() -> None:
    index = open_index(str(TOWNS))
    panel = index.build()
    alone = panel.of_period()
    firm = firmness_of(alone, panel=panel, draws=200, compact=False)
    other = uncertainty(panel, draws=200)

    assert firm.found.result.units == alone.units
    assert (firm.found.published == alone.rank()).all()
    assert (firm.found.ranks.interval() == other.ranks.interval()).all()


def test_a_panel_as_a_whole_has_a_report_without_it() -> None:
    index = open_index(str(TOWNS))

    assert gather(index, index.build(), draws=200).firmness is None


def test_a_gap_from_which_differences_can_be_believed_is_told() -> None:
    index = make_index(own=True, units=60)
    material = gather(index, index.build(), draws=300)
    section = robustness(material)
    order, close = material.firmness.found.order, material.firmness.close
    told = re.search(r"Of units (\d+) or more places apart", " ".join(section.more))
    gap = int(told[1])
    shares = {
        far: np.mean([not close[order[at], order[at + far]] for at in range(60 - far)])
        for far in range(1, 51)
    }

    assert all(share >= 0.9 for far, share in shares.items() if far >= gap)
    assert shares[gap - 1] < 0.9


def test_the_packaged_report_stays_within_its_size(html: str) -> None:
    section = html.split('<section id="robustness">')[1].split("</section>", maxsplit=1)[0]

    assert len(section) < 700_000
    assert "In 90% of 4,000 defensible designs" in section
