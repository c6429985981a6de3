"""Folding: what may differ between two spellings of one name.

Letter case, diacritics, punctuation, white space, "&" for "and" and the article
"the" may differ; words may not.  So "Côte d’Ivoire" is "COTE D'IVOIRE" and "Gambia,
The" is "The Gambia", but "EU-27 and United Kingdom" is not "United Kingdom".
"""

from __future__ import annotations

import sys
import unicodedata

_SILENT = "'’‘ʼʻ`´."  # dropped, so that "U.S.A." is "USA" and "d'Ivoire" is "d’Ivoire"
_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
_DIACRITICS = range(0x0300, 0x0370)  # marks of other scripts are letters, not ornaments


def fold(text: str) -> str:
    """Return what all accepted spellings of a name have in common.

    ``""`` for a text without letters or digits, which names nothing.
    """
    if not text.isascii():
        text = _plain(text)
    words = text.casefold().translate(_TABLE).split()
    return " ".join(word for word in words if word != "the")


def _plain(text: str) -> str:
    """Take the diacritics off: compatibility forms first, so that "Ａ" is "a" too."""
    # Before NFKC, which turns an acute accent standing alone into a space and a mark.
    silent = text.translate({ord(mark): None for mark in _SILENT if mark != "."})
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", silent).casefold())
    return "".join(c for c in apart if ord(c) not in _DIACRITICS)


def _translation() -> dict[int, str]:
    """What becomes of each character that is not simply kept."""
    spaces = (
        code
        for code in range(min(sys.maxunicode, 0xFFFF))
        if unicodedata.category(chr(code)) in {"Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"}
    )
    table = dict.fromkeys(spaces, " ")
    table.update({ord(mark): "" for mark in _SILENT})
    table.update({ord(letter): plain for letter, plain in _LETTERS.items()})
    return table | {ord("&"): " and "}


_TABLE = _translation()
