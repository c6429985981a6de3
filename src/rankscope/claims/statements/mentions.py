"""Who can act: mentions of states, organs, persons and firms in a sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from rankscope.claims.gazetteer import Named, name_at
from rankscope.claims.statements.tables import actors, closed, forms, topic_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.claims.statements.tables import Known
    from rankscope.claims.tokens import Token

LONGEST_NAME = 8
"""How many words in capitals one name may have."""


class Sort(StrEnum):
    """What a mention is."""

    UNIT = "unit"
    DEMONYM = "demonym"
    GROUP = "group"
    ROLE = "role"
    ORGAN = "organ"
    DOCUMENT = "document"
    NAMED = "named"
    """A name of the table of actors."""
    NAME = "name"
    """Any other words in capitals."""
    OTHER = "other"
    """A name of something that can not act: an index, a field."""


_SORTS = {
    "role": Sort.ROLE,
    "organ": Sort.ORGAN,
    "document": Sort.DOCUMENT,
    "demonym": Sort.DEMONYM,
}
_NAMED = {Named.UNIT: Sort.UNIT, Named.DEMONYM: Sort.DEMONYM, Named.GROUP: Sort.GROUP}


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens ``start`` up to ``end`` of a sentence that name an actor.

    ``sort`` is that of its first name, ``tail`` that of its last; ``owner_end`` is where
    the owner of a document ends (``Putin's instructions``), 0 where none is named.
    """

    start: int
    end: int
    sort: Sort
    tail: Sort
    codes: tuple[str, ...] = ()
    possessive: bool = False
    plural: bool = False
    owner_end: int = 0

    @property
    def is_document(self) -> bool:
        """Whether it is a text rather than somebody."""
        return Sort.DOCUMENT in {self.tail, self.sort}


def atoms(given: Sequence[Token], words: Sequence[str]) -> list[Mention]:
    """Return the single names of a sentence, from left to right."""
    found, at = [], 0
    while at < len(words):
        atom = _atom_at(given, words, at)
        if atom is None:
            at += 1
            continue
        if atom.sort != Sort.OTHER:
            found.append(atom)
        at = atom.end
    return found


def _atom_at(given: Sequence[Token], words: Sequence[str], at: int) -> Mention | None:
    known = _known_at(given, words, at)
    name = name_at(given, at)
    if known is not None and (name is None or known.end - at >= len(name.words)):
        return known
    if name is not None and name.named is not Named.FIELD:
        end = at + len(name.words)
        sort = _NAMED.get(name.named, Sort.OTHER)
        return _ended(words, Mention(at, end, sort, sort, (name.key,), plural=False))
    return _run_at(given, words, at)


def _known_at(given: Sequence[Token], words: Sequence[str], at: int) -> Mention | None:
    for phrase in actors().at(words, at):
        known: Known = phrase.item
        if known.capital and not given[at].text[0].isupper():
            continue
        sort = _SORTS.get(known.kind, Sort.NAMED)
        end = at + len(phrase.words)
        if words[end : end + 1] == ["that"] and forms().at(words, at):  # Reuters states that
            continue
        plural = not known.capital and words[end - 1].endswith("s")
        codes = (known.code,) if known.code else ()
        return _ended(words, Mention(at, end, sort, sort, codes, plural=plural))
    return None


def _ended(words: Sequence[str], mention: Mention) -> Mention:
    """Note a possessive; an apostrophe after a plural is part of it."""
    end = mention.end
    if words[end - 1].endswith("'s"):
        return replace(mention, possessive=True)
    if end < len(words) and words[end] in "'’" and words[end - 1].endswith("s"):
        return replace(mention, end=end + 1, possessive=True)
    return mention


def _run_at(given: Sequence[Token], words: Sequence[str], at: int) -> Mention | None:
    """Words in capitals; one at the head of a sentence must have capitals inside."""
    end = at
    while end < min(len(words), at + LONGEST_NAME) and _may_name(given, words, end, end == at):
        end += 1
    if end == at or (end == at + 1 and words[at] in closed("adjective")):
        return None
    first = given[at].text
    heads = at == 0 or given[at - 1].text in "“\"‘'(:"
    if end - at == 1 and (len(first) == 1 or (heads and first[1:] == first[1:].lower())):
        return None
    return _ended(words, Mention(at, end, Sort.NAME, Sort.NAME))


def _may_name(given: Sequence[Token], words: Sequence[str], at: int, first: bool) -> bool:
    word = words[at]
    if not given[at].text[0].isupper() or word in _common():
        return False
    if any(
        phrase.item.alone or phrase.item.key == "same" for phrase in topic_words().at(words, at)
    ):
        return False
    if forms().at(words, at):
        return False
    return first or (name_at(given, at) is None and _known_at(given, words, at) is None)


def _common() -> frozenset[str]:
    """Words that no name begins with or goes on with, however they are written."""
    return closed("common")
