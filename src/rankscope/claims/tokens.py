"""A text as tokens in sentences; every token knows where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.claims.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_SENTENCE = 120
"""In tokens; a sentence goes on in pieces of this length, so that the grammar's work is bounded."""

_TOKEN = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]+"
    r"|\d+(?:[.,]\d+)*(?:st|nd|rd|th)?\b|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|\n[ \t]*\n|\S",
    re.UNICODE,
)
_ENDS = frozenset(".!?…")
_CLOSING = frozenset("\"'”’)]»")
_ABBREVIATIONS = frozenset(
    {
        *(
            "mr",
            "mrs",
            "ms",
            "dr",
            "prof",
            "gen",
            "sen",
            "rep",
            "gov",
            "lt",
            "col",
            "st",
            "jr",
            "sr",
        ),
        *(
            "jr",
            "sr",
            "no",
            "vs",
            "inc",
            "ltd",
            "co",
            "corp",
            "u.s",
            "u.k",
            "e.g",
            "i.e",
            "etc",
            "approx",
        ),
        *("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
    }
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign: as written, folded to lower case, and where it stands."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the token stands."""
        return Span(self.start, self.end)


def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text; a blank line between paragraphs is a token of its own.

    Ordinals and numbers with separators are one token (``31st``, ``1,000``, ``20.1``);
    words keep their apostrophes (``Russia's``); an address of the web is one token.
    """
    return tuple(
        Token(m[0], m[0].lower().replace("’", "'"), m.start(), m.end())
        for m in _TOKEN.finditer(text)
    )


def sentences(given: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    """Split tokens into sentences of at most ``LONGEST_SENTENCE`` tokens.

    A sentence ends at ``.``, ``!``, ``?``, a blank line or an address; not after an
    abbreviation or a single letter, nor before a word in lower case.
    """
    start = 0
    for at, token in enumerate(given):
        if at < start:
            continue
        if token.text[0] == "\n":
            yield from _piece(given[start:at])
            start = at + 1
        elif token.text.startswith("http") or (token.text in _ENDS and _ends(given, at)):
            stop = at + 1
            while stop < len(given) and given[stop].text in _CLOSING | _ENDS:
                stop += 1
            yield from _piece(given[start:stop])
            start = stop
        elif at - start + 1 >= LONGEST_SENTENCE:
            yield from _piece(given[start : at + 1])
            start = at + 1
    yield from _piece(given[start:])


def _piece(found: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    if found:
        yield found


def _ends(given: tuple[Token, ...], at: int) -> bool:
    if given[at].text != ".":
        return True
    before = given[at - 1].lower if at else ""
    if before.isdigit() and len(before) <= 2 and (at == 1 or given[at - 2].text[0] in ":;\n"):
        return False  # the number of an item in a list
    if before in _ABBREVIATIONS or (len(before) == 1 and before.isalpha()):
        return False
    after = next((t for t in given[at + 1 : at + 4] if t.text not in _CLOSING), None)
    return after is None or not after.text[0].islower()
