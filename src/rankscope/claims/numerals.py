"""Numbers as words and figures: ``31st``, ``twenty-second``, ``No. 7``, ``1,000``, ``20.1``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.claims.tokens import Token

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NTH_UNITS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_NTH_TEENS = [
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_NTH_TENS = [
    "twentieth",
    "thirtieth",
    "fortieth",
    "fiftieth",
    "sixtieth",
    "seventieth",
    "eightieth",
    "ninetieth",
]

CARDINALS = {
    **{word: value for value, word in enumerate([*_UNITS, *_TEENS], start=1)},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
}
ORDINALS = {
    **{word: value for value, word in enumerate([*_NTH_UNITS, *_NTH_TEENS], start=1)},
    **{word: 10 * value for value, word in enumerate(_NTH_TENS, start=2)},
    "hundredth": 100,
}
_FIGURE_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d{1,9}(?:\.\d{1,9})?")


def ordinal_at(given: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Return the value of the ordinal that begins at a token, and how many tokens it takes."""
    word = given[at].lower
    if (figure := _FIGURE_ORDINAL.fullmatch(word)) is not None:
        return int(figure[1]), 1
    if word in ORDINALS:
        return ORDINALS[word], 1
    return _compound(given, at, ORDINALS)


def cardinal_at(given: Sequence[Token], at: int) -> tuple[float, int] | None:
    """Return the value of the number that begins at a token, and how many tokens it takes."""
    word = given[at].lower
    if _THOUSANDS.fullmatch(word):
        return float(word.replace(",", "")), 1
    if _PLAIN.fullmatch(word):
        return float(word), 1
    if (found := _compound(given, at, CARDINALS)) is not None:
        return float(found[0]), found[1]
    return (float(CARDINALS[word]), 1) if word in CARDINALS else None


def _compound(given: Sequence[Token], at: int, last: dict[str, int]) -> tuple[int, int] | None:
    """``twenty-second`` and ``thirty one``: a ten, perhaps a hyphen, and a digit."""
    if given[at].lower not in _TENS:
        return None
    hyphen = at + 1 < len(given) and given[at + 1].text in "-‐‑–"
    end = at + 1 + hyphen
    value = last.get(given[end].lower, 0) if end < len(given) else 0
    return (CARDINALS[given[at].lower] + value, end + 1 - at) if 1 <= value <= 9 else None
