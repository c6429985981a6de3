"""Lists of ranks: ``Egypt: 23; UAE: 24``, ``Brazil (30)``, ``top five: US, China, …``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.claims.gazetteer import words
from rankscope.claims.lexemes import Lexeme, Sort
from rankscope.claims.ranked import Ranked, sort, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.claims.editions import Sentence
    from rankscope.claims.subjects import Subject

_HEADS = frozenset(["top", "leaders", "order", "podium", "leading", "first"])
_OPENS = words("lists", "opens")


def pairs_of(here: Sentence) -> Iterator[tuple[Ranked, Subject]]:
    """Yield the ranks of lists in a sentence, each with its unit."""
    pairs = list(_numbered(here))
    numbers = [found.rank for found, _ in pairs]
    if len(pairs) >= 2 and numbers == sorted(numbers):
        yield from pairs
    yield from _ordered(here)


def _numbered(here: Sentence) -> Iterator[tuple[Ranked, Subject]]:
    """Yield ``UNIT: 23`` and ``UNIT (23)``; a field at the head of the list is theirs."""
    given = here.given
    head = _heading(given)
    for unit in here.subjects:
        mark = word(given, unit.at + 1)
        at = unit.at + 2
        closed = word(given, at + 1) == ")" if mark == "(" else mark == ":"
        if closed and sort(given, at) is Sort.NUMBER and given[at].number == given[at].whole:
            yield _listed(given, at, given[at].whole, head), unit


def _heading(given: Sequence[Lexeme]) -> list[Lexeme]:
    colon = next((at for at, one in enumerate(given) if one.lower == ":"), len(given))
    return [one for one in given[:colon] if one.sort is Sort.FIELD][:1]


def _ordered(here: Sentence) -> Iterator[tuple[Ranked, Subject]]:
    """Yield ``The order at the top: US, China, UK``, ``the top three are the US and China``."""
    given = here.given
    start = next((at for at in range(len(given)) if _opens_list(given, at)), None)
    if start is None:
        return
    rank, at = 1, start + 1
    while at < len(given):
        if word(given, at) in {",", "the", "and", "by", "then", "followed", "order"} or (
            word(given, at) in {"in", "that"} and rank == 1
        ):
            at += 1
            continue
        unit = next((one for one in here.subjects if one.at == at), None)
        if unit is None:
            return
        if sort(given, at + 1) is Sort.ORDINAL or word(given, at + 1) in {"(", "in", "with"}:
            return
        yield _listed(given, at, rank, []), unit
        rank, at = rank + 1, at + 1


def _opens_list(given: Sequence[Lexeme], at: int) -> bool:
    if word(given, at) not in _OPENS or sort(given, at + 1) not in {Sort.UNIT, Sort.WORD}:
        return False
    near = [word(given, back) for back in range(max(at - 7, 0), at)]
    headed = "top" in near or "order" in near or "podium" in near
    number = any(sort(given, back) is Sort.NUMBER for back in range(max(at - 7, 0), at))
    named = any(sort(given, back) is Sort.UNIT for back in range(max(at - 7, 0), at))
    listed = sum(sort(given, on) is Sort.UNIT for on in range(at + 1, min(at + 8, len(given)))) >= 2
    return headed and (number or "order" in near or "podium" in near) and listed and not named


def _listed(given: Sequence[Lexeme], at: int, rank: int, fields: list[Lexeme]) -> Ranked:
    return Ranked(rank, at, at + 1, given[at].span, firm=True, fields=list(fields))
