"""The shell: what a page may do, and what its data can not."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from rankscope.pages.shell import Page, json_in_html
from tests.support.markup import read_page

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def made(**more: object) -> str:
    given = {"title": "T", "description": "D", "body": Markup("<main></main>"), "style": "p{}"}
    return Page(**{**given, **more}).html()  # type: ignore[arg-type]


def hash_of(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_policy_allows_nothing_but_what_the_page_carries() -> None:
    page = read_page(made(script="go()"))
    policy = next(one for one in page.all("meta") if one["http-equiv"])["content"]

    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{hash_of('p{}')}'" in policy
    assert f"script-src 'sha256-{hash_of('go()')}'" in policy
    assert "unsafe" not in policy


def test_a_page_without_script_may_run_none() -> None:
    assert "script-src 'none'" in made().replace("&#39;", "'")


def test_title_and_description_are_escaped() -> None:
    html = made(title="</title><script>alert(1)</script>", description='"><script>')

    assert "<script" not in html


@pytest.mark.parametrize("part", ["style", "script"])
@pytest.mark.parametrize("text", ["</STYLE>", "</script>", "<!-- x"])
def test_style_and_script_can_not_close_themselves(part: str, text: str) -> None:
    matching = part in text.lower() or text.startswith("<!--")
    if matching:
        with pytest.raises(ValueError, match="can not hold"):
            made(**{part: text})
    else:
        assert text in made(**{part: text})


@given(JSON)
def test_json_in_a_page_says_the_same_and_breaks_nothing(value: object) -> None:
    text = str(json_in_html(value))

    assert json.loads(text) == value
    assert not re.search(r"[<>&\u2028\u2029]", text)
