"""A pasted text: what the server answers, and what the page makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rankscope.catalogue import open_index
from rankscope.explorer.questions.check import LONGEST, QUESTION, Pasted

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEXT = "China ranks second on the 2024 Global AI Index; <b>Norway</b> is 84th of 83."


def test_the_second_answer_adds_how_firm_ranks_are() -> None:
    quick, whole = QUESTION.answers(open_index("ai-capacity"), Pasted(text=TEXT))
    assert quick["message"] == whole["message"]
    for answer in (quick, whole):
        joined = "".join(piece["text"] for piece in answer["checked"]["pieces"])
        assert joined == TEXT
    rows = [answer["checked"]["rows"] for answer in (quick, whole)]
    assert [row["verdict"] for row in rows[0]] == ["holds", "inconsistent with itself"]
    assert not rows[0][0]["firmness"]
    assert "90% of designs" in rows[1][0]["firmness"]


@pytest.mark.parametrize("text", ["", "x" * (LONGEST + 1)])
def test_a_text_has_bounds(text: str) -> None:
    with pytest.raises(ValueError, match="text"):
        Pasted(text=text)


@pytest.mark.browser
def test_the_page_is_offered_only_by_a_server(page: Page, written) -> None:
    page.goto(written.as_uri())
    names = page.locator(".tabs button").all_inner_texts()
    assert "Ranking" in names
    assert "Check" not in names
