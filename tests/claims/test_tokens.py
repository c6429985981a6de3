from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rankscope.claims.tokens import LONGEST_SENTENCE, sentences, tokens


def words(text: str) -> list[list[str]]:
    return [[one.text for one in sentence] for sentence in sentences(tokens(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ranked 31st of 83.", [["Ranked", "31st", "of", "83", "."]]),
        ("It scored 20.1 of 1,000. Next", [["It", "scored", "20.1", "of", "1,000", "."], ["Next"]]),
        ("The U.S. is first.", [["The", "U", ".", "S", ".", "is", "first", "."]]),
        ("Dr. Gref said so. He did.", [["Dr", ".", "Gref", "said", "so", "."], ["He", "did", "."]]),
        ("83 countriesthe rest", [["83", "countriesthe", "rest"]]),
        ("One\n\nTwo", [["One"], ["Two"]]),
        ("“It ends here.” Then", [["“", "It", "ends", "here", ".", "”"], ["Then"]]),
        ("Russia’s rank", [["Russia’s", "rank"]]),
        ("", []),
    ],
)
def test_sentences_and_their_tokens(text: str, expected: list[list[str]]) -> None:
    assert words(text) == expected


def test_a_text_without_an_end_goes_on_in_pieces() -> None:
    pieces = list(sentences(tokens("word " * 1000)))
    assert {len(piece) for piece in pieces} <= {LONGEST_SENTENCE, 1000 % LONGEST_SENTENCE}
    assert sum(map(len, pieces)) == 1000


@given(some.text(max_size=300))
def test_tokens_are_what_stands_in_the_text(text: str) -> None:
    found = tokens(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    covered = set().union(*(range(one.start, one.end) for one in found))
    assert all(text[at].isspace() for at in range(len(text)) if at not in covered)
