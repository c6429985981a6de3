"""Any index has an audit report, whatever it lacks; it is the same file every time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from rankscope.analyses.audit import audit
from rankscope.catalogue.open import open_index
from rankscope.report import audit_html, write_audit
from tests.support.indices import FLAT, UNEVEN, indicator, make_index, pillar
from tests.support.markup import Page, read_page
from tests.support.panels import TOWNS

if TYPE_CHECKING:
    from pathlib import Path

    from rankscope.analyses.audit import Audit
    from rankscope.catalogue.open import Index

GEOMETRIC = {
    "aggregation": {"method": "geometric"},
    "normalisation": {"method": "min_max", "to": [1, 100]},
}


def audit_of(index: Index, **asked: Any) -> Page:
    return read_page(audit_html(index, audit(index.build(), draws=48, **asked)))


def check(page: Page) -> None:
    items = {
        int(item) for one in page.elements for item in one.attributes.get("data-item", "").split()
    }

    assert page.faults == []
    assert len(set(page.ids)) == len(page.ids)
    assert items == set(range(1, 23))
    assert not re.search(r"\b(nan|inf)\b", page.text)
    heads = [one for one in page.elements if one.tag in {"h2", "h3"}]
    assert all(one.text.strip() for one in heads)


@pytest.mark.parametrize(
    "given",
    [
        {"units": 1, "own": True},
        {"sources": [], "framework": pillar("whole", indicator("a", source=None)), "units": 8},
    ],
    ids=["one", "single"],
)
def test_it_has_an_audit_report(given: dict[str, Any]) -> None:
    check(audit_of(make_index(**given)))


@pytest.mark.slow
@pytest.mark.parametrize(
    "given",
    [
        {"framework": FLAT, "units": 8, "own": True},
        {"units": 2, "own": True, "views": True},
        {"framework": UNEVEN, "gaps": 0.3},
        {"method": GEOMETRIC},
        {"method": {"normalisation": {"method": "z_score"}}},
        {"gaps": 0.2, "method": {"imputation": {"method": "median", "within": "region"}}},
        {"views": True, "gaps": 0.5},
        {"framework": pillar("whole", *(indicator(f"i{n}") for n in range(120)))},
    ],
    ids=["flat", "two", "uneven", "geometric", "z", "imputed", "gaps", "wide"],
)
def test_large_and_odd_ones_have_an_audit_report(given: dict[str, Any]) -> None:
    check(audit_of(make_index(**given)))


@pytest.mark.parametrize("value", [np.nan, 7.0], ids=["nothing", "the same"])
def test_an_index_that_ranks_nobody_has_one(value: float) -> None:
    index = make_index(units=5)
    index.table.values[:] = value
    page = audit_of(index)

    check(page)
    assert "no unit has a rank" in page.text


@pytest.mark.slow
def test_values_filled_in_are_named_one_by_one() -> None:
    index = make_index(own=True, gaps=0.1, method={"imputation": {"method": "median"}})
    found = audit(index.build(), draws=16)
    page = read_page(audit_html(index, found))
    coverage = found.coherence.coverage
    filled = int((coverage.imputed & coverage.ranked[:, None]).sum())

    assert filled
    assert f"{filled} values of ranked units were estimated by the index" in page.text


@pytest.mark.slow
def test_a_view_is_audited_by_itself() -> None:
    index = make_index(views=True, units=12)
    found = audit(index.build(), view="scale", draws=16)
    page = read_page(audit_html(index, found))

    check(page)
    assert "--view scale" in page.text
    assert page.all("p", class_="firmly") == []


@pytest.mark.slow
def test_a_panel_is_audited_in_one_period() -> None:
    index = open_index(TOWNS)
    page = audit_of(index)

    check(page)
    assert "Period " in page.text
    assert "--period" in page.all("pre", class_="command")[0].text


@pytest.mark.slow
def test_an_earlier_edition_is_compared() -> None:
    index = make_index(own=True, units=12)
    page = audit_of(index, since=make_index(own=True, units=12, seed=1).build())

    check(page)
    assert "--since OLD" in page.all("pre", class_="command")[0].text
    assert "Who moved, and by what" in page.text


def test_the_same_audit_gives_the_same_bytes(
    small: Index, found: Audit, html: str, tmp_path: Path
) -> None:
    again = audit(small.build(), draws=200)
    path = write_audit(small, again, tmp_path / "audit.html")

    assert path.read_text("utf-8") == html
    assert found is not again


def test_nothing_is_loaded_and_no_script_but_ours_may_run(html: str) -> None:
    page = read_page(html)
    outside = [one["href"] for one in page.all("a") if one["href"].startswith("http")]

    [policy] = [one["content"] for one in page.all("meta") if one["http-equiv"]]
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert page.all("link") == page.all("img") == []
    assert len(page.all("script")) == 2
    assert set(outside) <= {source.address for source in make_index().definition.sources}
    assert not re.search(r"\b20\d\d-\d\d-\d\dT", html)


@pytest.mark.slow
def test_the_packaged_index_stays_below_five_megabytes() -> None:
    index = open_index("ai-capacity")
    html = audit_html(index, audit(index.build(), draws=200))

    check(read_page(html))
    assert len(html.encode()) < 5_000_000


@pytest.mark.slow
def test_many_units_are_told_briefly() -> None:
    index = make_index(units=450, own=True)
    html = audit_html(index, audit(index.build(), draws=16))
    page = read_page(html)

    check(page)
    assert page.all("table", class_="figures") == []
    assert "could not be read" in page.text
    assert len(html.encode()) < 5_000_000
