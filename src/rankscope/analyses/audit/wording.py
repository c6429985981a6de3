"""Numbers in the sentences of an audit, as prose says them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rankscope._words import join_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_NAMED = 4

_LARGE = 100


def count(number: int) -> str:
    """Return a number of things, small ones as words.

    >>> count(0), count(3), count(12)
    ('none', 'three', '12')
    """
    return _SMALL[number] if number < len(_SMALL) else f"{number:,}"


def number_of(number: int, noun: str) -> str:
    """Return how many things there are, with their noun.

    >>> number_of(1, "part"), number_of(0, "unit")
    ('one part', 'no unit')
    """
    if not number:
        return f"no {noun}"
    return f"{count(number)} {noun}" if number == 1 else f"{count(number)} {noun}s"


def verb(number: int, one: str, several: str = "") -> str:
    """Return the form of a verb that goes with a number of things.

    >>> verb(1, "count"), verb(2, "count"), verb(0, "is", "are")
    ('counts', 'count', 'are')
    """
    if several:
        return one if number == 1 else several
    return f"{one}s" if number == 1 else one


def sentence(words: str) -> str:
    """Return words as a sentence: a capital first, and a full stop.

    >>> sentence("three parts fit")
    'Three parts fit.'
    """
    return f"{words[:1].upper()}{words[1:].removesuffix('.')}."


def share(value: float) -> str:
    """Return a share in per cent; only all is 100%, and only nothing 0%.

    >>> share(0.856), share(0.999), share(1.0)
    ('86%', '99.9%', '100%')
    """
    if value in (0.0, 1.0) or 0.01 <= value < 0.99:
        return f"{value:.0%}"
    return f"{math.floor(value * 1000) / 10:.1f}%"


def names(those: Sequence[str]) -> str:
    """Name things in a sentence, the first four and how many more.

    >>> names(["A", "B"]), names(list("ABCDEF"))
    ('A and B', 'A, B, C, D and two more')
    """
    more = len(those) - _NAMED
    if more == 1:
        return join_words(those, "and")
    rest = [f"{count(more)} more"] if more > 0 else []
    return join_words([*those[:_NAMED], *rest], "and")


def places(value: float) -> str:
    """Return a number of places, a whole or large one without decimals.

    >>> places(1.0), places(2.4), places(1200.4)
    ('1 place', '2.4 places', '1,200 places')
    """
    said = f"{value:,.0f}" if value >= _LARGE else f"{value:.1f}".removesuffix(".0")
    return f"{said} place" if said == "1" else f"{said} places"
