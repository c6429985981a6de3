"""Numbers in the sentences of an audit, as prose says them."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from rankscope._words import join_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_NAMED = 4

_LARGE = 100

_METHODS = {
    "arithmetic": "the arithmetic mean",
    "geometric": "the geometric mean",
    "harmonic": "the harmonic mean",
    "mean": "the mean",
    "median": "the median",
    "min_max": "min-max rescaling",
    "none": "doing nothing",
    "percentile_rank": "percentile ranks",
    "rank": "ranks",
    "skew_kurtosis": "the rule on skewness and kurtosis",
    "z_score": "z-scores",
}
"""What methods are called by those who do not write definitions."""

_SETTINGS = (
    (re.compile(r"to \[(.+), (.+)\]"), r"from \1 to \2"),
    (re.compile(r"max_points 0"), "without drawing values in"),
    (re.compile(r"max_points (\d+)"), r"drawing in at most \1 values"),
    (re.compile(r"within (.+)"), r"within each group of \1"),
)
"""How settings of methods are said, as a definition writes them and in words."""


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


def method_words(label: str) -> str:
    """Return what a choice of method is called in a sentence, from its label.

    >>> method_words("percentile_rank (to [1, 100])"), method_words("hot_deck")
    ('percentile ranks (from 1 to 100)', 'hot deck')
    """
    name, _, given = label.partition(" (")
    said = _METHODS.get(name, name.replace("_", " "))
    given = given.removesuffix(")")
    for pattern, words in _SETTINGS:
        if pattern.fullmatch(given):
            return f"{said} ({pattern.sub(words, given)})"
    return f"{said} ({given.replace('_', ' ')})" if given else said


def weights_words(label: str) -> str:
    """Return a set of weights as what comes after a comma, from its label.

    >>> weights_words("perturbed(25%) at levels 1 and 2")
    'each by up to 25% of itself, at levels 1 and 2'
    >>> weights_words("ordered at level 1")
    'within the set ordered at level 1'
    """
    found = re.fullmatch(r"perturbed\(([^)]+)\)( at .*)?", label)
    if not found:
        return f"within the set {label}"
    return f"each by up to {found[1]} of itself" + (f",{found[2]}" if found[2] else "")


def places(value: float) -> str:
    """Return a number of places, a whole or large one without decimals.

    >>> places(1.0), places(2.4), places(1200.4)
    ('1 place', '2.4 places', '1,200 places')
    """
    said = f"{value:,.0f}" if value >= _LARGE else f"{value:.1f}".removesuffix(".0")
    return f"{said} place" if said == "1" else f"{said} places"
