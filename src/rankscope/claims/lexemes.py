"""A sentence as lexemes: names of the tables, ordinals, numbers, years, words and signs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rankscope.claims.gazetteer import Named, name_at
from rankscope.claims.model import Span
from rankscope.claims.numerals import cardinal_at, ordinal_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.claims.tokens import Token


class Sort(StrEnum):
    """What a lexeme is."""

    UNIT = "unit"
    DEMONYM = "demonym"
    EPITHET = "epithet"
    INDEX = "index"
    PUBLISHER = "publisher"
    HOUSE = "house"
    FIELD = "field"
    GROUP = "group"
    ORDINAL = "ordinal"
    NUMBER = "number"
    YEAR = "year"
    WORD = "word"
    SIGN = "sign"


_SORT_OF = {named: Sort(named.value) for named in Named}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a sentence: what it is, its words in lower case, its key or number, its span."""

    sort: Sort
    lower: str
    start: int
    end: int
    key: str = ""
    number: float = 0.0
    capital: bool = False

    @property
    def span(self) -> Span:
        """Where it stands in the text."""
        return Span(self.start, self.end)

    @property
    def whole(self) -> int:
        """The number of an ordinal, a year or a whole number."""
        return int(self.number)

    @property
    def possessive(self) -> bool:
        """Whether it ends in ``'s``."""
        return self.lower.endswith("'s")


def lexemes(sentence: Sequence[Token]) -> tuple[Lexeme, ...]:
    """Return the lexemes of a sentence, names of several words and numbers joined."""
    found: list[Lexeme] = []
    at = 0
    while at < len(sentence):
        lexeme, length = _lexeme_at(sentence, at)
        found.append(lexeme)
        at += length
    return tuple(found)


def _lexeme_at(sentence: Sequence[Token], at: int) -> tuple[Lexeme, int]:
    if (name := name_at(sentence, at)) is not None:
        length = len(name.words)
        return _joined(sentence[at : at + length], _SORT_OF[name.named], key=name.key), length
    if (ordinal := ordinal_at(sentence, at)) is not None:
        value, length = ordinal
        return _joined(sentence[at : at + length], Sort.ORDINAL, number=value), length
    if (cardinal := cardinal_at(sentence, at)) is not None:
        number, length = cardinal
        sort = Sort.YEAR if _is_year(sentence[at].text) else Sort.NUMBER
        return _joined(sentence[at : at + length], sort, number=number), length
    word = Sort.WORD if sentence[at].text[0].isalpha() else Sort.SIGN
    return _joined(sentence[at : at + 1], word), 1


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and 1990 <= int(text) <= 2049


def _joined(part: Sequence[Token], sort: Sort, key: str = "", number: float = 0.0) -> Lexeme:
    lower = " ".join(token.lower for token in part)
    capital = part[0].text[0].isupper()
    return Lexeme(sort, lower, part[0].start, part[-1].end, key, float(number), capital)
