"""What a verb or a noun in a sentence says that somebody does, before it is a statement."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rankscope.claims.statements.groups import Group, group_of, is_verbal
from rankscope.claims.statements.objects import Draft, hit_by, toward_of
from rankscope.claims.statements.subjects import owner_of, subject_of
from rankscope.claims.statements.tables import closed
from rankscope.claims.statements.who import as_actor
from rankscope.claims.statements.windows import (
    clause_start,
    noun_object_end,
    object_end,
    phrase_start,
    trimmed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rankscope.claims.statements.reading import Hit, Reading
    from rankscope.claims.statements.who import Actor

    Resolve = Callable[[int], Actor | None]
    """From the token of a pronoun to whom it stands for."""


def drafts_at(reading: Reading, at: int, resolve: Resolve) -> Iterator[Draft]:
    """Yield what the words that begin at a token may say, the likeliest first."""
    named = reading.nouns_at.get(at, ())
    hits = reading.verbs_at.get(at, ())
    if named and (not hits or named[0].end > hits[0].end or _reads_as_noun(reading, named[0])):
        yield from _present(_nominal(reading, hit) for hit in named)
    for hit in hits:
        if hit.verb.kind in {"act", "claim"}:
            yield from _present([of_verb(reading, hit, resolve)])
    yield from _present(_inverse(reading, hit) for hit in reading.inverse_at.get(at, ()))
    if named and hits and named[0].end <= hits[0].end:
        yield from _present(_nominal(reading, hit) for hit in named)


def _reads_as_noun(reading: Reading, hit: Hit) -> bool:
    """Tell whether ``the US ban on chips`` stands there rather than a verb."""
    following = reading.word(hit.end)
    return following in hit.verb.noun_prepositions and following not in {"to", "that"}


def _present(given: Iterator[Draft | None] | list[Draft | None]) -> Iterator[Draft]:
    yield from (draft for draft in given if draft is not None)


def of_verb(reading: Reading, hit: Hit, resolve: Resolve) -> Draft | None:
    """Return what a form of a verb says, active or passive."""
    group = group_of(reading.words, hit)
    governs = hit.end - hit.start > 1 and reading.words[hit.end - 1] in closed("governing")
    if group.passive and not governs:
        return _passive(reading, hit, group)
    if hit.start == group.start and reading.word(hit.start - 1) in closed("determiner"):
        return None
    actor = subject_of(reading, group, hit) or resolve(group.start - 1)
    return _active(reading, hit, group, actor) if actor is not None else None


def _active(reading: Reading, hit: Hit, group: Group, actor: Actor) -> Draft:
    end = object_end(reading, hit.end, clause=hit.verb.kind != "act")
    toward, start = toward_of(reading, hit, hit.end, end)
    if toward is None and hit.verb.act_subject:
        toward = hit_by(reading, group.start)
    what = trimmed(reading, start, end)
    if what[0] >= what[1]:
        what = trimmed(reading, hit.end, end)
    if group.start == hit.start and reading.word(end) in closed("modal"):
        group = replace(group, hedged=True)  # collaborating on AI could …
    return Draft(actor, hit, group, what, end, toward)


def _passive(reading: Reading, hit: Hit, group: Group) -> Draft | None:
    """``AI chips were banned by the US``: the one who acts stands after "by"."""
    limit = object_end(reading, hit.end)
    for at in range(hit.end, min(limit, hit.end + 12)):
        agent = reading.by_start.get(at + 1)
        if reading.words[at] != "by" or agent is None or agent.possessive:
            continue
        bare = group.start == hit.start
        start = (phrase_start if bare else clause_start)(reading, group.start)
        end = max(object_end(reading, agent.end), agent.end)
        patient = reading.by_start.get(start)
        direct = patient is not None and patient.end == group.start
        toward = patient if direct and "direct" in hit.verb.toward else None
        what = trimmed(reading, start, end)
        return Draft(as_actor(reading, agent), hit, group, what, end, toward)
    return None


def _inverse(reading: Reading, hit: Hit) -> Draft | None:
    """``something that worries Western powers``; ``Europe is alarmed by`` has a subject."""
    group = group_of(reading.words, hit)
    if group.passive or reading.word(hit.end) in hit.verb.noun_prepositions:
        actor = subject_of(reading, group, hit)
        return _active(reading, hit, group, actor) if actor is not None else None
    after = reading.by_start.get(hit.end)
    if after is None or after.possessive:
        return None
    stop = _before_relative(reading, group.start)
    what = trimmed(reading, _cause_start(reading, stop), stop)
    return Draft(as_actor(reading, after), hit, group, what, after.end)


def _before_relative(reading: Reading, at: int) -> int:
    for words in ({"that", "which"}, {"something", "development", "prospect"}, {","}):
        if reading.word(at - 1) in words:
            at -= 1
    return at


def _cause_start(reading: Reading, stop: int) -> int:
    """Return where the cause of a concern begins: at the noun of an act, or of its clause."""
    first = clause_start(reading, stop)
    for at in range(stop, first, -1):
        if at in reading.nouns_by_end:
            return reading.nouns_by_end[at].start
    return first


def _nominal(reading: Reading, hit: Hit) -> Draft | None:
    """``US export controls on chips``, ``Moscow's interest in AI``."""
    actor = owner_of(reading, hit)
    if actor is None:
        return None
    before = reading.words[max(0, hit.start - 4) : hit.start]
    group = Group(
        hit.start,
        hit.end,
        passive=False,
        negated=any(word in closed("absence") for word in before),
        hedged=any(word in closed("hedge") for word in before),
    )
    start = _complement(reading, hit)
    end = noun_object_end(reading, start if start is not None else hit.end)
    toward, _ = toward_of(reading, hit, hit.end, end)
    if start is not None:
        return Draft(actor, hit, group, trimmed(reading, start, end), end, toward)
    first = min(actor.end, hit.start)
    last = toward.end if toward is not None else hit.end
    return Draft(actor, hit, group, trimmed(reading, first, last), last, toward)


def _complement(reading: Reading, hit: Hit) -> int | None:
    """Return where the object of a noun begins, after its preposition."""
    for at in range(hit.end, min(len(reading.words), hit.end + 9)):
        if reading.words[at] in hit.verb.noun_prepositions:
            return at + 1
        if reading.words[at] in closed("subordinate") or not reading.words[at][0].isalpha():
            return None
        if at > hit.end and is_verbal(reading.words, at):
            return None
    return None
