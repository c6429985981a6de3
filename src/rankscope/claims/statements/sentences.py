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
    first = sentence[0].start
    for at, (left, right) in enumerate(pairwise(sentence), start=1):
        if left.end - first > HEADING:
            return 0
        if "\n" in text[left.end : right.start]:
            return at if right.text[0].isupper() and left.text[0].isalnum() else 0
    return 0
