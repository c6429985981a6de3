"""Ranks that words state: ``tops the index``, ``followed by China``, ``then the UK``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.claims.gazetteer import words
from rankscope.claims.lexemes import Lexeme, Sort
from rankscope.claims.model import Kind
from rankscope.claims.ranked import TABLE_WORDS, Ranked, qualify, sort, word
from rankscope.claims.subjects import Subject, before

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.claims.editions import Sentence
    from rankscope.claims.model import Claim

_LEADS = words("leaders", "leads")
_THE = words("leaders", "the")


def leaders_of(here: Sentence, known: Sequence[Claim]) -> Iterator[tuple[Ranked, Subject]]:
    """Yield the first of the index where words say so, and those said to follow in order."""
    last = _known_last(known)
    for at in range(len(here.given)):
        found = _leader(here.given, at)
        units = before(here.given, here.subjects, at) if found is not None else ()
        if found is not None and units:
            yield found, units[0]
            last = (1, at)
    if last is not None:
        yield from _followers(here, *last)


def _leader(given: Sequence[Lexeme], at: int) -> Ranked | None:
    """``leads the index``, ``leads, then``, ``is the clear leader``, ``takes the top spot``."""
    if word(given, at) in _LEADS:
        end = at + 1
        while word(given, end) in _THE:
            end += 1
        table = (
            sort(given, end) is Sort.INDEX
            or word(given, end) in TABLE_WORDS
            or (sort(given, end) in {Sort.PUBLISHER, Sort.HOUSE})
        )
        then = word(given, at + 1) == "," and word(given, at + 2) in {"then", "followed", "ahead"}
        if table or then:
            return _first(given, at, end + 1 if table else at + 1)
    is_leader = word(given, at) == "leader" and word(given, at - 2) in {"the", "is"}
    said = word(given, at - 3) in {"is", "was", "remains"}
    if is_leader and said and sort(given, at + 1) is Sort.SIGN:
        return _first(given, at, at + 1)
    if word(given, at) == "top" and word(given, at + 1) in {"spot", "place", "position", "slot"}:
        return _first(given, at, at + 2)
    if word(given, at) == "top" and word(given, at + 1) == "of":
        end = at + 2 + (word(given, at + 2) in _THE)
        if sort(given, end) is Sort.INDEX or word(given, end) in TABLE_WORDS:
            return _first(given, at, end + 1)
    if word(given, at) in {"runner", "runners"} and word(given, at + 2) == "up":
        return _first(given, at, at + 3, rank=2)
    return None


def _first(given: Sequence[Lexeme], at: int, end: int, rank: int = 1) -> Ranked:
    found = Ranked(rank, at, min(end, len(given)), given[at].span, firm=True)
    qualify(given, found)
    return found


def _known_last(known: Sequence[Claim]) -> tuple[int, int] | None:
    ranks = [one for one in known if one.kind is Kind.RANK and not one.prior and one.rank]
    return (ranks[-1].rank or 1, 0) if ranks else None


def _followers(here: Sentence, rank: int, start: int) -> Iterator[tuple[Ranked, Subject]]:
    """``followed by A, B and C``, ``then A and B, with C next``: ranks on from the last."""
    given = here.given
    at = next((i for i in range(start, len(given)) if _opens_chain(given, i)), None)
    while at is not None and at < len(given):
        at += 1
        while word(given, at) in {"by", "of", "the", ",", "and", "closely", "then", "with"}:
            at += 1
        unit = next((one for one in here.subjects if one.at == at), None)
        if unit is None or sort(given, at + 1) is Sort.ORDINAL or word(given, at + 1) == "(":
            return
        rank += 1
        yield Ranked(rank, at, at + 1, given[at].span, firm=True), unit


def _opens_chain(given: Sequence[Lexeme], at: int) -> bool:
    if word(given, at) == "ahead" and word(given, at + 1) == "of":
        return any(word(given, on) == "order" for on in range(at, len(given)))
    if word(given, at) == "followed":
        return "by" in {word(given, at + 1), word(given, at + 2)}
    return (
        word(given, at) == "then"
        and word(given, at - 1) in {",", "and"}
        and (sort(given, at + 1) is Sort.UNIT or sort(given, at + 2) is Sort.UNIT)
    )
