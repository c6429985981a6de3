"""Verb groups: the auxiliaries, negations and adverbs before a verb, and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.claims.statements.tables import closed, forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.claims.statements.reading import Hit

LONGEST_GROUP = 10
"""How many words before a verb may belong to it."""


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with the words before it: where it begins, and what they do to it."""

    start: int
    end: int
    passive: bool
    negated: bool
    hedged: bool


def group_of(words: Sequence[str], hit: Hit) -> Group:
    """Return the group of a verb."""
    start, infinitive, passive = hit.start, False, False
    while start > max(0, hit.start - LONGEST_GROUP):
        word = words[start - 1]
        if word == "to" and start >= 2 and _leads(words[start - 2]):
            infinitive = True
        elif word in closed("control"):
            if not (infinitive or words[hit.start].endswith("ing")):
                break
        elif not is_auxiliary(word) and not is_adverb(word) and word not in closed("negation"):
            break
        passive = passive or (word in closed("be") and not infinitive)
        start -= 1
    before = words[start : hit.start]
    return Group(
        start,
        hit.end,
        (passive and not words[hit.start].endswith("ing")) or _bare_passive(words, hit, start),
        _negates(before),
        any(word in closed("hedge") for word in before),
    )


def _leads(word: str) -> bool:
    return word in closed("control") or is_auxiliary(word)


def _bare_passive(words: Sequence[str], hit: Hit, start: int) -> bool:
    """Tell whether ``sanctions imposed by the West`` stands there."""
    ends = hit.end < len(words) and words[hit.end] == "by"
    return ends and start == hit.start and not words[hit.start].endswith(("ing", "s"))


def _negates(words: Sequence[str]) -> bool:
    return any(
        word in closed("refusal")
        or (word in closed("negation") and words[at + 1 : at + 2] not in (["only"], ["just"]))
        for at, word in enumerate(words)
        if not (word == "longer" or (word == "no" and at + 1 == len(words)))
    ) or "no longer" in " ".join(words)


def is_auxiliary(word: str) -> bool:
    """Tell whether a word is a form of be, have, do or a modal."""
    return word in closed("be") or word in closed("auxiliary") or word in closed("modal")


def is_adverb(word: str) -> bool:
    """Tell whether a word may stand between a subject and its verb."""
    if word in closed("adverb"):
        return True
    return len(word) > 4 and word.endswith("ly") and word not in closed("not_adverb")


def is_verbal(words: Sequence[str], at: int) -> bool:
    """Tell whether a finite verb may begin at a word, adverbs left out."""
    while at < len(words) and is_adverb(words[at]):
        at += 1
    if at >= len(words):
        return False
    return is_auxiliary(words[at]) or bool(forms().at(words, at))


def is_plural(words: Sequence[str], group: Group, hit: Hit) -> bool | None:
    """Tell whether a verb asks for a plural subject; None where its form leaves it open."""
    first = words[group.start : hit.start]
    if any(word in {"has", "is", "was", "does"} for word in first):
        return False
    if any(word in {"have", "are", "were", "do"} for word in first):
        return True
    word = words[hit.start]
    if word.endswith(("ed", "ing")) or any(one in closed("modal") for one in first):
        return None
    return not word.endswith("s")
