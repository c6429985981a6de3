"""According to whom: ``According to X, …``, ``X said that …``, ``…, X said``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.claims.statements.groups import group_of
from rankscope.claims.statements.subjects import subject_of
from rankscope.claims.statements.who import as_actor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.claims.model import Span
    from rankscope.claims.statements.reading import Hit, Reading
    from rankscope.claims.statements.who import Actor

LONGEST = 15
"""How many words the name of a source may have."""
_REPORTS = frozenset({"report", "speech", "denial", "claim"})
_CLOSERS = frozenset({",", "”", '"', "’"})


@dataclass(frozen=True, slots=True)
class Source:
    """Tokens ``start`` up to ``end`` are said by somebody, at the verb ``at``."""

    start: int
    end: int
    at: int
    span: Span
    actor: Actor | None = None
    hit: Hit | None = None

    def covers(self, token: int) -> bool:
        """Tell whether it says what stands at a token."""
        return self.start <= token < self.end


def sources_of(reading: Reading) -> list[Source]:
    """Return all sources that a sentence names, in its order."""
    places = {at for at, word in enumerate(reading.words) if word == "according"}
    places.update(reading.verbs_at)
    return [source for at in sorted(places) for source in _sources_at(reading, at)]


def source_of(sources: list[Source], token: int, actor: int) -> Source | None:
    """Return the nearest source that says what stands at a token, not at its own words."""
    found = [one for one in sources if one.covers(token) and one.covers(actor) and one.at != token]
    return max(found, key=lambda one: (one.at < token, one.start), default=None)


def _sources_at(reading: Reading, at: int) -> Iterator[Source]:
    if reading.words[at] == "according" and reading.word(at + 1) == "to":
        yield from _according(reading, at)
    else:
        hits = [hit for hit in reading.verbs_at.get(at, ()) if hit.verb.kind in _REPORTS]
        for hit in hits[:1]:
            yield from _reported(reading, hit)


def _according(reading: Reading, at: int) -> Iterator[Source]:
    start = at + 2
    end = _name_end(reading, start)
    if end <= start:
        return
    span = reading.span(start, end)
    opens = at == 0 or reading.words[at - 1] in {";", "“", "and", "but"}
    if opens:
        yield Source(end, len(reading.words), at, span)
    else:
        yield Source(0, at, at, span)


def _name_end(reading: Reading, start: int) -> int:
    """Return where the name of a source ends: at the end of its mention, or at a sign."""
    mention = reading.by_start.get(start)
    if mention is not None and not mention.possessive:
        after = reading.word(mention.end)
        if after in {",", ".", ";", "(", "", "”"}:
            return mention.end
    for at in range(start, min(len(reading.words), start + LONGEST)):
        word = reading.words[at]
        if word in {",", ";", ":", "(", "”", "“", "—", "–"} or (
            word == "." and at >= len(reading.words) - 2
        ):
            return at
    return min(len(reading.words), start + LONGEST)


def _reported(reading: Reading, hit: Hit) -> Iterator[Source]:
    group = group_of(reading.words, hit)
    if group.passive:
        return
    actor = subject_of(reading, group, hit)
    inverted = reading.by_start.get(hit.end)
    quoted_before = hit.start > 0 and reading.words[hit.start - 1] in _CLOSERS
    if inverted is not None and quoted_before and not inverted.possessive:
        said = as_actor(reading, inverted)
        yield Source(0, hit.start, hit.start, said.span, said)
    elif actor is not None:
        span = actor.source or actor.span
        trailing = _trails(reading, hit, actor)
        if trailing:
            yield Source(0, actor.start, hit.start, span, actor, hit)
        else:
            yield Source(hit.end, len(reading.words), hit.start, span, actor, hit)


def _trails(reading: Reading, hit: Hit, actor: Actor) -> bool:
    """Tell whether ``…, X said.`` ends what is said."""
    before = reading.word(actor.start - 1) in _CLOSERS and actor.start > 3
    after = reading.word(hit.end) in {".", "", ",", "on", "in"} or (
        reading.word(hit.end) in {"last", "this", "earlier"}
    )
    return before and after and hit.verb.kind == "report"
