"""Names, texts and addresses by someone who means harm stay what they are: text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from rankscope.analyses.audit import audit
from rankscope.report import audit_html
from tests.support.indices import SOURCE, indicator, make_index, pillar
from tests.support.markup import Page, read_page

if TYPE_CHECKING:
    from collections.abc import Sequence

EVIL = "<script>alert(1)</script>"
CLOSING = "</style></script></title>--><img src=x onerror=alert(2)>"
QUOTES = '" onmouseover="alert(3)" x=\''
NAMES = (EVIL, CLOSING, QUOTES, "{{ 7 * 7 }}", "\u202egnirts", "  ", "</pre>", "g", "h", "i")


def outside(codes: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({EVIL: np.arange(len(codes), dtype=float) + 1}, index=pd.Index(codes))


@pytest.fixture(scope="module")
def attacked() -> str:
    framework = pillar(
        "whole",
        pillar("p", indicator("a", name=CLOSING, unit=EVIL, description=EVIL), indicator("c")),
        pillar("q", indicator("b", rationale=CLOSING, year=EVIL), indicator("d", name=QUOTES)),
        name=EVIL,
    )
    codes = ("firmness", "table-1", "verdicts", "a'b\"c", "<b>", "rule-1", "7", "8", "9", "10")
    index = make_index(
        units=codes,
        names=NAMES,
        own=True,
        views=True,
        framework=framework,
        title=CLOSING,
        edition=EVIL,
        publisher=QUOTES,
        sources=[{**SOURCE, "title": CLOSING, "publisher": EVIL, "licence": QUOTES}],
    )
    return audit_html(index, audit(index.build(), draws=16, outside=outside(codes)))


@pytest.fixture(scope="module")
def page(attacked: str) -> Page:
    return read_page(attacked)


def test_only_our_two_scripts_are_there(attacked: str, page: Page) -> None:
    assert [one["type"] for one in page.all("script")] == ["application/json", ""]
    assert attacked.count("<script") == 2
    assert len(page.all("style")) == 1
    assert page.faults == []


def test_no_element_or_attribute_came_from_data(page: Page) -> None:
    assert page.all("img") == []
    assert not {name for one in page.elements for name in one.attributes if name.startswith("on")}


def test_codes_that_clash_with_the_page_get_other_anchors(page: Page) -> None:
    assert len(set(page.ids)) == len(page.ids)


def test_what_was_written_is_shown_as_written(page: Page) -> None:
    shown = [one.text for one in page.all("h3")]

    assert {EVIL, CLOSING, QUOTES, "{{ 7 * 7 }}"} <= set(shown)
    assert page.all("h1")[0].text == f"Audit of {CLOSING}"
