"""Whatever the text is: no crash, parts within it, and work that grows with its length."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rankscope.claims.model import Document
from rankscope.claims.statements import find_statements, in_words

SOME_TEXT = """
Japan Japan's the US Western sanctions restricts banned by AI chips and , . ; ( ) “ ” ’
to that which according said says it has been not will could using cooperation with
China in between 2023 on Thursday Killer robots worry concern over Nvidia CEO of
Sberbank these technologies research U.S. 31st deny denied is concerned about no report
I we
"""
WORDS = [*SOME_TEXT.split(), "\n", "\n\n"]

REPEATED = [
    "Japan uses AI and ",
    "sanctions imposed by ",
    "Japan, which ",
    "imposes AI sanctions on ",
    "the President of the Government of AI ",
    "Japan and China, ",
    "( AI “ ",
    "said that it AI ",
    "It uses AI. ",
    "to AI to use to AI ",
    "Aa AI ",
    "not been AI ",
    "AI",
    "concern over AI concern ",
]


def check(text: str) -> None:
    for one in find_statements(Document("text", text)):
        assert in_words(one).startswith("the text says that ")
        for name, (start, end) in {"span": one.span, **one.parts}.items():
            assert 0 <= start < end <= len(text), name
        for name in ("actor", "what", "toward", "when", "according_to"):
            if written := getattr(one, name):
                start, end = one.parts[name]
                assert text[start:end] == written


@given(some.text())
def test_any_characters(text: str) -> None:
    check(text)


@given(some.lists(some.sampled_from(WORDS), max_size=60))
def test_any_words_of_the_tables(words: list[str]) -> None:
    check(" ".join(words))


def calls(text: str) -> int:
    """Count the calls of functions: the work, whatever the machine does meanwhile."""
    count = 0

    def seen(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        find_statements(Document("text", text))
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("text", REPEATED)
def test_work_grows_with_the_length_of_the_text(text: str) -> None:
    find_statements(Document("text", "Japan uses AI."))  # tables are read once
    short, long = calls(text * (4_000 // len(text))), calls(text * (16_000 // len(text)))
    assert long < 4.6 * short + 1000
    assert long < 900 * 16_000 / 4
