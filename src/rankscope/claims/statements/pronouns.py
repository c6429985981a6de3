"""Whom a pronoun stands for: the speaker, the subject before it, or that of the sentence before."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from rankscope.claims.statements.reading import read
from rankscope.claims.statements.who import as_actor, heads_clause

if TYPE_CHECKING:
    from rankscope.claims.statements.drafts import Resolve
    from rankscope.claims.statements.making import Before
    from rankscope.claims.statements.reading import Reading
    from rankscope.claims.statements.sources import Source
    from rankscope.claims.statements.who import Actor

_SPEAKERS = frozenset({"we", "i"})
_OTHERS = frozenset({"it", "they", "he", "she"})


def first_actor(reading: Reading) -> Actor | None:
    """Return the first who acts in a sentence, for a pronoun in the next."""
    return next(
        (as_actor(reading, one) for one in reading.mentions if heads_clause(reading, one)), None
    )


def resolver(reading: Reading, sources: list[Source], before: Before) -> Resolve:
    """Return the function that tells whom the pronoun at a token stands for."""

    @cache
    def last() -> Actor | None:
        return _of_last_sentence(before)

    def resolve(at: int) -> Actor | None:
        word = reading.word(at)
        if word not in _SPEAKERS | _OTHERS:
            return None
        actor = _speaker(sources, at)
        if actor is None and word in _OTHERS:
            actor = _before(reading, at) or last()
        return replace(actor, start=at, end=at + 1) if actor is not None else None

    return resolve


def _speaker(sources: list[Source], at: int) -> Actor | None:
    return next((one.actor for one in sources if one.covers(at) and one.actor is not None), None)


def _before(reading: Reading, at: int) -> Actor | None:
    """Return the last who heads a clause before a pronoun."""
    found = [one for one in reading.mentions if one.end <= at and heads_clause(reading, one)]
    return as_actor(reading, found[-1]) if found else None


def _of_last_sentence(before: Before) -> Actor | None:
    """Return the first who acts in the sentence before, which may not be on AI."""
    if before.actor is not None or not before.tokens:
        return before.actor
    return first_actor(read(before.tokens, (), anchored=False, quoted=()))
