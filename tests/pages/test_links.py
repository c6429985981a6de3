"""Links: where they may lead, and the anchors of units."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rankscope.pages.links import anchors, web_address


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org/a?b=c&d=%20e#f",
        "https://doi.org/10.1080/13658816.2018.1504949",
        "https://example.org:8080/~x/(y)",
    ],
)
def test_a_web_page_may_be_linked(address: str) -> None:
    assert web_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " https://example.org",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//example.org",
        "https:///no-host",
        "https://bank.example@evil.example/",
        'https://example.org/"onclick="alert(1)',
        "https://example.org/<b>",
        "https://example.org/\u202e",
        "https://[half",
    ],
)
def test_anything_else_may_not(address: str | None) -> None:
    assert web_address(address) is None


def test_a_unit_is_reached_by_its_code() -> None:
    assert anchors(("RUS", "BRA", "007"), frozenset()) == ("RUS", "BRA", "007")


def test_a_code_that_the_page_uses_itself_gets_another_anchor() -> None:
    assert anchors(("map", "RUS"), frozenset({"map"})) == ("unit-1", "RUS")


def test_a_code_that_is_no_anchor_gets_one() -> None:
    assert anchors(('a"b', "a b", "unit-1"), frozenset()) == ("unit-1", "unit-2", "unit-3")


@given(st.lists(st.text(), unique=True, max_size=30))
def test_anchors_are_all_different_and_harmless(codes: list[str]) -> None:
    found = anchors(tuple(codes), frozenset({"top", "map"}))

    assert len({*found, "top", "map"}) == len(codes) + 2
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", anchor) for anchor in found)
