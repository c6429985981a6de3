"""Sentences without the headings that run into them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from rankscope.claims.tokens import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.claims.tokens import Token

HEADING = 70
"""A first line shorter than this, in characters, is a heading when the next has a capital."""


def clean_sentences(text: str, given: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    """Yield the sentences of a text; a heading without a full stop is one of its own."""
    for sentence in sentences(given):
        cut = _heading(text, sentence)
        if cut:
            yield sentence[:cut]
        yield sentence[cut:]


def _heading(text: str, sentence: Sequence[Token]) -> int:
    """Return how many tokens the heading at the start of a sentence has, 0 for none."""
    for at, (left, right) in enumerate(pairwise(sentence), start=1):
        if "\n" in text[left.end : right.start]:
            ends = right.text[0].isupper() and left.text[0].isalnum()
            return at if ends and _is_title(sentence[:at]) else 0
    return 0


def _is_title(line: Sequence[Token]) -> bool:
    """Tell whether a line is short, or most of its words have capitals."""
    words = [token.text for token in line if token.text[0].isalpha()]
    short = line[-1].end - line[0].start < HEADING
    return short or 2 * sum(word[0].isupper() for word in words) > len(words)
