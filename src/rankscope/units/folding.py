"""Folding: what may differ between two spellings of one name.

Letter case, diacritics, punctuation, white space, "&" for "and" and the article
"the" may differ; words may not.  So "Côte d’Ivoire" is "COTE D'IVOIRE" and "Gambia,
The" is "The Gambia", but "EU-27 and United Kingdom" is not "United Kingdom".
"""

from __future__ import annotations

import re
import string
import unicodedata

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´"))
_PUNCTUATION = dict.fromkeys(map(ord, set(string.punctuation) - set("$+<=>|~^")), " ")
_ASCII = _PUNCTUATION | _APOSTROPHES | {ord("&"): " and "}
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_DIACRITICS = range(0x0300, 0x0370)  # marks of other scripts are letters, not ornaments
_INITIAL = re.compile(r"\b([a-z])\.")  # "U.S.A." is "USA", but "1.1" is not "11"


def fold(text: str) -> str:
    """Return what all accepted spellings of a name have in common.

    ``""`` for a text without letters or digits, which names nothing.
    """
    plain = text.casefold() if text.isascii() else _plain(text)
    if "." in plain:
        plain = _INITIAL.sub(r"\1", plain)
    words = plain.translate(_ASCII).split()
    return " ".join(word for word in words if word != "the")


def _plain(text: str) -> str:
    """Return text in lower case without diacritics, width variants and curly punctuation."""
    # Apostrophes go first: NFKC turns an acute accent standing alone into a space and a mark.
    joined = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)).casefold()
    apart = unicodedata.normalize("NFKD", joined).translate(_LETTERS)
    kept = (c for c in apart if ord(c) not in _DIACRITICS)
    return "".join(" " if _is_foreign_punctuation(c) else c for c in kept)


def _is_foreign_punctuation(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character).startswith("P")
