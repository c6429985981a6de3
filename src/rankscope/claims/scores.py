"""Scores as a sentence states them: ``a score of 53``, ``53.38 points``, ``scored 20.1``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rankscope.claims.gazetteer import words
from rankscope.claims.lexemes import Lexeme, Sort
from rankscope.claims.ranked import COUNTRIES, sort, word
from rankscope.claims.subjects import Subject, before

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.claims.editions import Sentence
    from rankscope.claims.model import Span

_SCORED = frozenset(["score", "scores", "scored", "scoring"])
_LINKS = words("scores", "links")


class Scored(NamedTuple):
    """A score, whose it is, and where it stands."""

    unit: Subject
    score: float
    at: int
    span: Span


def scores_of(here: Sentence) -> Iterator[Scored]:
    """Yield the scores of a sentence whose unit it names."""
    for at, lexeme in enumerate(here.given):
        if lexeme.sort not in {Sort.NUMBER, Sort.YEAR} or not _is_score(here.given, at):
            continue
        units = before(here.given, here.subjects, at)
        if units:
            yield Scored(units[0], lexeme.number, at, lexeme.span)


def _is_score(given: Sequence[Lexeme], at: int) -> bool:
    if word(given, at + 1) in {"%", "percent", "percentage", "places", *COUNTRIES}:
        return False
    if word(given, at - 1) in {"by", "up", "gained", "lost", "from"} or (
        word(given, at - 1) == "of" and (word(given, at - 2) == "out")
    ):
        return False
    if word(given, at + 1) == "points" or word(given, at - 1) == "perfect":
        return True
    back = at - 1
    while word(given, back) in _LINKS:
        back -= 1
    return (
        word(given, back) in _SCORED
        and sort(given, at + 1) in {None, Sort.SIGN, Sort.WORD}
        and (word(given, at + 1) not in {"indicators", "years"})
    )
