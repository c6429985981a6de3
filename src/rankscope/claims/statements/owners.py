"""Whose act a noun names: ``Western sanctions``, ``sanctions imposed by the West``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rankscope.claims.statements.mentions import Sort
from rankscope.claims.statements.tables import closed
from rankscope.claims.statements.who import Actor, as_actor

if TYPE_CHECKING:
    from rankscope.claims.statements.mentions import Mention
    from rankscope.claims.statements.reading import Hit, Reading

_OWNING = frozenset({Sort.UNIT, Sort.DEMONYM, Sort.GROUP, Sort.NAMED, Sort.NAME})


def owner_beside(reading: Reading, noun: Hit) -> Actor | None:
    """Return whose act the words beside a noun say it is, None where they name nobody."""
    return _before(reading, noun) or _after(reading, noun)


def _before(reading: Reading, noun: Hit) -> Actor | None:
    """``US export controls``, ``Japan's tough new curbs``, ``Western sanctions``."""
    for back in range(noun.start, max(-1, noun.start - 4), -1):
        mention = reading.by_end.get(back) or reading.atoms_by_end.get(back)
        if mention is not None:
            return _owning(reading, mention, direct=back == noun.start)
        if not may_describe(reading.word(back - 1)):
            return None
    return None


def _owning(reading: Reading, mention: Mention, *, direct: bool) -> Actor | None:
    if mention.possessive or (mention.tail in _OWNING and (direct or mention.tail == Sort.DEMONYM)):
        return as_actor(reading, mention)
    return as_actor(reading, mention) if mention.sort in _OWNING else None


def may_describe(word: str) -> bool:
    """Tell whether a word may describe the noun that follows."""
    plain = word.isalpha() and word not in closed("common") and word not in closed("finite")
    return word == "-" or plain


def _after(reading: Reading, noun: Hit) -> Actor | None:
    """``sanctions imposed by the West``, ``cooperation between Russia and China``."""
    for at in range(noun.end, min(len(reading.words), noun.end + 5)):
        mention = reading.by_start.get(at + 1)
        word = reading.words[at]
        if word in {"by", "between"} and mention is not None:
            return None if mention.possessive else as_actor(reading, mention)
        if at == noun.end and word in {"among", "in", "from"} and mention is not None:
            if "in" in noun.verb.noun_prepositions and word == "in":
                return None
            return None if mention.possessive else as_actor(reading, mention)
        if not (word.isalpha() and word not in closed("subordinate")):
            return None
    return None


def whole_act(reading: Reading, owner: Actor, noun: Hit) -> Actor:
    """Return ``Western sanctions`` where the owner is only an adjective, else the owner."""
    atom = reading.atoms_by_end.get(owner.end)
    if atom is None or atom.sort != Sort.DEMONYM or owner.end > noun.start:
        return owner
    return replace(owner, span=reading.span(owner.start, noun.end), end=noun.end)
