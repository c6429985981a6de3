"""Markdown beside a definition is read as text by someone unknown."""

from __future__ import annotations

import pytest

from rankscope.pages.markdown import render_markdown, section

NOTE = """# A note

## What the index can not tell

- **Money.** Nothing.

### A detail

More.

## Next

```
## What the index can in a listing
```
"""


@pytest.mark.parametrize(
    ("source", "never"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<img src=x onerror=alert(1)>", "<img"),
        ("[a](javascript:alert(1))", "href"),
        ("[a](data:text/html,x)", "href"),
        ("[a](/etc/passwd)", "href"),
        ("![a](https://example.org/a.png)", "<img"),
        ("<https://bank.example@evil.example>", "href"),
    ],
)
def test_nothing_that_acts_or_loads_passes(source: str, never: str) -> None:
    assert never not in render_markdown(source)


def test_a_web_page_is_linked_without_telling_it_where_from() -> None:
    html = render_markdown("[a](https://example.org)")

    assert '<a href="https://example.org" rel="noopener noreferrer">a</a>' in html


def test_tables_have_no_styles_in_attributes_and_scroll_by_themselves() -> None:
    html = render_markdown("| a | b |\n| --: | :-: |\n| 1 | 2 |")

    assert "style" not in html
    assert html.startswith('<div class="scroll"')
    assert "<td>1</td>" in html


def test_headings_go_below_those_of_the_page() -> None:
    html = render_markdown("# One\n\n##### Five", 3)

    assert "<h4>One</h4>" in html
    assert "<h6>Five</h6>" in html


def test_one_heading_does_not_move_the_next_note() -> None:
    assert render_markdown("# One", 3) == render_markdown("# One", 3)


def test_a_section_goes_up_to_the_next_heading_of_its_level() -> None:
    found = section(NOTE, "what the index can")

    assert found is not None
    assert found.startswith("- **Money.**")
    assert found.endswith("More.")


def test_a_section_that_is_not_there_is_none() -> None:
    assert section(NOTE, "Praise") is None
    assert section("```\n## What the index can\n```", "What the index can") is None
