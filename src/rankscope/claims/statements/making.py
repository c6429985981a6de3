"""From a draft to a statement: its topics, source and date, or nothing if it is not on AI."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.claims.model import Span, Statement
from rankscope.claims.statements.dates import date_near
from rankscope.claims.statements.sources import source_of
from rankscope.claims.statements.tables import closed, scenarios, topics
from rankscope.claims.statements.who import as_actor, is_pure_preposition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.claims.statements.objects import Draft
    from rankscope.claims.statements.reading import About, Reading
    from rankscope.claims.statements.sources import Source
    from rankscope.claims.statements.who import Actor
    from rankscope.claims.tokens import Token

GENERAL = frozenset({"ai", "same", "none"})
"""Topics that tell nothing by themselves, or only point."""
_SLACK = 5
"""How many words before its actor a statement may name AI: ``In AI, Japan funds …``."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a sentence may point back to in the one before it."""

    anchored: bool = False
    topics: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    actor: Actor | None = None
    tokens: Sequence[Token] = ()


def statement_of(
    text: str, reading: Reading, draft: Draft, sources: list[Source], before: Before
) -> Statement | None:
    """Return the statement that a draft makes, None where it is not about AI."""
    on = _topics(reading, draft, before)
    if not on or draft.what[0] >= draft.what[1] or _is_no_speech(reading, draft):
        return None
    parts = _parts(reading, draft, sources)
    low, high = _bounds(draft)
    other = draft.toward.codes if draft.toward is not None else ()
    codes = tuple(dict.fromkeys((*draft.actor.codes, *other)))
    codes = before.codes if draft.actor.act else codes
    named = {code for one in reading.mentions if low <= one.start < high for code in one.codes}
    said = {name: text[span.start : span.end] for name, span in parts.items()}
    return Statement(
        actor=said["actor"],
        verb=draft.hit.verb.key,
        meaning=draft.hit.verb.meaning,
        span=reading.span(low, high),
        toward=said.get("toward", ""),
        units=tuple(code for code in codes if len(code) == 3 and code.isupper()),
        topic=on[0],
        what=said["what"],
        when=said.get("when", ""),
        according_to=said.get("according_to", ""),
        quoted=_is_quoted(reading, draft),
        negated=_negated(draft, sources),
        hedged=_hedged(reading, draft),
        touches=tuple(dict.fromkeys(code for key in on for code in topics()[key].touches)),
        scenarios=_scenarios(on, draft.hit.verb.key, named | set(codes)),
        parts=parts,
        topics=on,
    )


def _is_no_speech(reading: Reading, draft: Draft) -> bool:
    """Tell whether ``a strategy announced in May`` stands there rather than a speaker."""
    after = reading.words[draft.hit.end : draft.hit.end + 6]
    spoken = draft.hit.verb.kind in {"speech", "denial"}
    return spoken and is_pure_preposition(reading.word(draft.hit.end)) and "that" not in after


def _bounds(draft: Draft) -> tuple[int, int]:
    """Return the first token of a statement, and the one after its last."""
    toward = draft.toward
    near = toward is not None and toward.start >= draft.group.start
    ends = [draft.what[1], draft.hit.end, draft.actor.end, toward.end if near and toward else 0]
    return min(draft.actor.start, draft.what[0], draft.group.start), max(ends)


def _parts(reading: Reading, draft: Draft, sources: list[Source]) -> dict[str, Span]:
    parts = {
        "actor": draft.actor.span,
        "verb": reading.span(draft.group.start, draft.group.end),
        "what": reading.span(*draft.what),
    }
    if draft.toward is not None:
        parts["toward"] = as_actor(reading, draft.toward).span
    if (date := date_near(reading.words, *_bounds(draft))) is not None:
        parts["when"] = reading.span(*date)
    source = source_of(sources, draft.hit.start, draft.actor.start)
    if source is not None and source.span != draft.actor.span:
        parts["according_to"] = source.span
    elif draft.actor.source is not None:
        parts["according_to"] = draft.actor.source
    return parts


def _topics(reading: Reading, draft: Draft, before: Before) -> tuple[str, ...]:
    """Return the topics of a statement, what is special first; none where AI is not meant."""
    low, high = _bounds(draft)
    own = [one for one in reading.about if _within(one, draft)]
    near = [one for one in reading.about if low - _SLACK <= one.start < high]
    back = before.anchored and any(one.topic.key == "same" for one in near)
    if not own or not (back or any(one.topic.alone for one in near)):
        return ()
    found = [one.topic.key for one in own if one.topic.key not in GENERAL]
    general = ["ai"] if any(one.topic.key == "ai" for one in own) else []
    if not found and back:
        found = list(before.topics)
    if not found and draft.hit.verb.topic:
        found = [draft.hit.verb.topic]
    return tuple(dict.fromkeys(found)) or tuple(general)


def _within(one: About, draft: Draft) -> bool:
    """Tell whether a topic is one of the object, or of an act that acts."""
    if draft.what[0] <= one.start < draft.what[1]:
        return True
    if draft.hit.end <= one.start < draft.end:
        return True
    return draft.actor.act and draft.actor.start <= one.start < draft.actor.end


def _is_quoted(reading: Reading, draft: Draft) -> bool:
    """Tell whether at least half of what is said, and four words of it, is in quotation marks."""
    inside = reading.quoted[draft.what[0] : draft.what[1]]
    return sum(inside) >= max(4, len(inside) / 2)


def _negated(draft: Draft, sources: list[Source]) -> bool:
    source = source_of(sources, draft.hit.start, draft.actor.start)
    denied = source is not None and source.hit is not None and source.hit.verb.kind == "denial"
    return (draft.group.negated or draft.actor.negated) != denied


def _hedged(reading: Reading, draft: Draft) -> bool:
    first = draft.actor.start
    opening = reading.words[max(0, first - 2) : first]
    hedges = closed("hedge")
    return draft.group.hedged or draft.actor.loose or any(word in hedges for word in opening)


def _scenarios(on: Sequence[str], verb: str, codes: set[str]) -> tuple[str, ...]:
    """Return the scenarios that explore a statement on these topics, with this verb and units."""
    offered = dict.fromkeys(key for topic in on for key in topics()[topic].scenarios)
    known = scenarios()
    return tuple(
        key
        for key in offered
        if key in known and verb in known[key].verbs and known[key].units <= codes
    )
