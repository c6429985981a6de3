"""Who does what a verb says: the subject before it, through brackets and relative clauses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rankscope.claims.statements.groups import Group, group_of, is_plural
from rankscope.claims.statements.owners import may_describe, owner_beside, whole_act
from rankscope.claims.statements.tables import closed, forms
from rankscope.claims.statements.who import Actor, as_actor, heads_clause, is_pure_preposition

if TYPE_CHECKING:
    from rankscope.claims.statements.mentions import Mention
    from rankscope.claims.statements.reading import Hit, Reading

FARTHEST = 30
"""How many words back a subject is looked for."""
_CLOSERS = frozenset({"”", '"', "’", "'"})


def subject_of(reading: Reading, group: Group, hit: Hit) -> Actor | None:
    """Return who does what a verb says, None where nobody is named."""
    at = _before_brackets(reading, group.start)
    word = reading.word(at - 1)
    if (mention := reading.by_end.get(at)) is not None:
        return _head(reading, mention, hit)
    if (noun := reading.nouns_by_end.get(at)) is not None:
        return act_as_actor(reading, noun, hit)
    if word in {"which", "who", "that"}:
        return _antecedent(reading, at - 1, group, hit)
    if word in {",", "to"}:
        found = _around_comma if word == "," else _made_to_act
        return found(reading, at - 1)
    shares = word in {"and", "or", "but", "then"} or _is_gerund(reading, word, hit)
    return _shared(reading, at - 1) if shares else None


def _before_brackets(reading: Reading, at: int) -> int:
    if reading.word(at - 1) in _CLOSERS:
        at -= 1
    if reading.word(at - 1) == ")":
        for back in range(at - 1, max(-1, at - 12), -1):
            if reading.words[back] == "(":
                return back
    return at


def _head(reading: Reading, mention: Mention, hit: Hit) -> Actor | None:
    """Return the head of a phrase: not China in ``sanctions on China``."""
    if mention.possessive:
        plans = reading.word(mention.end) in closed("control")
        return as_actor(reading, mention) if plans else None
    if is_pure_preposition(reading.word(mention.start - 1)):
        head = reading.by_end.get(mention.start - 1)
        if head is not None:
            return _head(reading, head, hit)
        noun = reading.nouns_by_end.get(mention.start - 1)
        return act_as_actor(reading, noun, hit) if noun is not None else None
    if mention.is_document and not mention.owner_end and not hit.verb.act_subject:
        return None
    return as_actor(reading, mention)


def _antecedent(reading: Reading, at: int, group: Group, hit: Hit) -> Actor | None:
    """Return what ``which`` stands for; a plural verb skips a single name."""
    at = at - 1 if reading.word(at - 1) == "," else at
    mention, plural = reading.by_end.get(at), is_plural(reading.words, group, hit)
    if mention is not None and not (plural and not mention.plural):
        return None if mention.possessive else as_actor(reading, mention)
    for back in range(at, max(0, at - 12), -1):
        noun = reading.nouns_by_end.get(back)
        if noun is not None:
            return act_as_actor(reading, noun, hit)
    return None


def _around_comma(reading: Reading, at: int) -> Actor | None:
    """Return who stands before a clause in commas: ``China, which ranks second, offers``."""
    for comma in range(at, max(-1, at - FARTHEST), -1):
        mention = reading.by_end.get(comma) if reading.words[comma] == "," else None
        if mention is not None and heads_clause(reading, mention):
            return as_actor(reading, mention)
    return None


def _made_to_act(reading: Reading, at: int) -> Actor | None:
    """Return who is made to act: ``allows China to develop``."""
    mention = reading.by_end.get(at)
    if mention is None or mention.possessive or mention.is_document:
        return None
    return as_actor(reading, mention, loose=True)


def _is_gerund(reading: Reading, word: str, hit: Hit) -> bool:
    return word in {"by", "for", "in", "after", "before", "while", "when", "without"} and (
        reading.words[hit.start].endswith("ing")
    )


def _shared(reading: Reading, at: int) -> Actor | None:
    """Return the subject of the verb before: ``Japan bought chips and uses AI``."""
    for mention in reversed(reading.mentions):
        if mention.end > at:
            continue
        if mention.start < at - FARTHEST or ";" in reading.words[mention.end : at]:
            return None
        if heads_clause(reading, mention):
            return as_actor(reading, mention)
    return None


def act_as_actor(reading: Reading, noun: Hit, hit: Hit) -> Actor | None:
    """Return who stands behind an act that acts: the West in ``Western sanctions limit``."""
    if not hit.verb.act_subject:
        return None
    if (owner := owner_beside(reading, noun)) is not None:
        return whole_act(reading, owner, noun)
    start = noun.start
    if reading.word(start - 1) not in {"this", "these", "the", "such"}:
        return None
    return Actor(reading.span(start - 1, noun.end), (), start - 1, noun.end, act=True)


def owner_of(reading: Reading, noun: Hit) -> Actor | None:
    """Return whose act a noun names, None where nobody is named."""
    return owner_beside(reading, noun) or _by_light_verb(reading, noun)


def _by_light_verb(reading: Reading, noun: Hit) -> Actor | None:
    """``Europe has concerns``, ``the US voiced alarm``, ``Japan imposed new controls``."""
    for back in range(noun.start - 1, max(-1, noun.start - 5), -1):
        word = reading.words[back]
        known = next(iter(forms().at(reading.words, back)), None)
        if word in closed("light") or (known is not None and not word.endswith("ing")):
            return _subject_at(reading, back, noun)
        describes = may_describe(word) or word in closed("determiner") or word in {",", "and"}
        if not describes:
            return None
    return None


def _subject_at(reading: Reading, at: int, noun: Hit) -> Actor | None:
    light = replace(noun, start=at, end=at + 1)
    group = group_of(reading.words, light)
    return None if group.passive else subject_of(reading, group, light)
