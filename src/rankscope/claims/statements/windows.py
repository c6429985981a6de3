"""How far what a verb or a noun says reaches: the words up to the end of its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.claims.statements.groups import is_adverb, is_auxiliary, is_verbal
from rankscope.claims.statements.tables import closed, forms

if TYPE_CHECKING:
    from rankscope.claims.statements.reading import Reading

LONGEST = 45
"""How many words one object may have."""
_STOPS = frozenset({";", ":", "—", "–", "?", "!", "…"})
_EDGES = frozenset({",", ".", "“", "”", '"', "‘", "’", "'", ":", ";", "-", "(", "—", "–"})


def object_end(reading: Reading, start: int, *, clause: bool = False) -> int:
    """Return where the object that begins at a token ends; ``clause`` where it is a clause."""
    cut, verbs_left = start, int(clause)
    last = min(len(reading.words), start + LONGEST)
    for at in range(start, last):
        if at > start and _stops(reading, at):
            return at
        word = reading.words[at]
        if word in {",", "and"}:
            cut = at
        elif _is_finite(word) and not _in_relative(reading, start, at):
            if verbs_left:
                verbs_left -= 1
            elif at > start:
                return cut if cut > start else at
    return last


def noun_object_end(reading: Reading, start: int) -> int:
    """Return where the object of a noun ends: at its clause's verb at the latest."""
    end = object_end(reading, start)
    for at in range(start + 1, end):
        phrase = next(iter(forms().at(reading.words, at)), None)
        word, before = reading.words[at], reading.words[at - 1]
        if phrase is None or word.endswith("ing") or before in closed("common"):
            continue
        following = reading.word(at + len(phrase.words))
        aims = following == "to" and word in closed("control")
        if (
            aims
            or word.endswith("ed")
            or (following.isalpha() and following not in closed("preposition"))
        ):
            return at
    return end


def _is_finite(word: str) -> bool:
    return is_auxiliary(word) or word in closed("finite")


def _stops(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    if word in _STOPS or (word == "." and at + 1 >= len(reading.words) - 2):
        return True
    if word == ",":
        following = reading.word(at + 1)
        return following in closed("subordinate") or _begins_clause(reading, at + 1)
    if word in {"and", "but", "or"}:
        return _begins_clause(reading, at) or _goes_on(reading, at + 1)
    return word in closed("subordinate") - {"since", "as", "that", "so"}


def _begins_clause(reading: Reading, at: int) -> bool:
    """Tell whether somebody does something from here on: ``, and Japan has …``."""
    if reading.word(at) in {"and", "but", "so", "or"}:
        at += 1
    if reading.word(at) in closed("pronoun"):
        return True
    mention = reading.by_start.get(at)
    if mention is None:
        return False
    return not mention.possessive and is_verbal(reading.words, mention.end)


def _goes_on(reading: Reading, at: int) -> bool:
    """Tell whether a second finite verb of the same subject follows: ``and uses``."""
    while is_adverb(reading.word(at)):
        at += 1
    word = reading.word(at)
    if is_auxiliary(word):
        return True
    phrase = next(iter(forms().at(reading.words, at)), None) if word else None
    if phrase is None or not word.endswith(("s", "ed")):
        return False
    following = reading.word(at + len(phrase.words))
    return following not in {"of", "on", "in", "to", ".", ",", "and", ""}


def _in_relative(reading: Reading, start: int, at: int) -> bool:
    """Tell whether a relative pronoun before an auxiliary takes it: ``systems that can kill``."""
    return any(word in {"that", "who", "which"} for word in reading.words[max(start, at - 6) : at])


def trimmed(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Leave out signs and small words at the ends."""
    while start < end and (reading.words[start] in _EDGES or reading.words[start] == "that"):
        start += 1
    if end - start > 2 and reading.words[start] == "to" and reading.words[start + 1] in _EDGES:
        start += 2
    while end > start and (
        reading.words[end - 1] in _EDGES or reading.words[end - 1] in closed("loose_end")
    ):
        end -= 1
    return start, end


def clause_start(reading: Reading, at: int) -> int:
    """Return where the phrase that ends before a token begins, at most fifteen words back."""
    for back in range(at - 1, max(-1, at - 15), -1):
        word = reading.words[back]
        if word in _STOPS or word == "," or word in closed("subordinate") or word == "that":
            return back + 1
    return max(0, at - 15)


def phrase_start(reading: Reading, at: int) -> int:
    """Return where the noun phrase that ends before a token begins: ``sanctions`` imposed."""
    first = clause_start(reading, at)
    for back in range(at - 1, first - 1, -1):
        word = reading.words[back]
        if word in closed("preposition") or is_auxiliary(word) or word in {"and", "or", "“"}:
            return back + 1
    return first
