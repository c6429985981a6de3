"""Find what a text reports that somebody does about AI."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from rankscope.claims.statements.drafts import drafts_at, of_verb
from rankscope.claims.statements.making import GENERAL, Before, statement_of
from rankscope.claims.statements.pronouns import first_actor, resolver
from rankscope.claims.statements.quotations import quotations
from rankscope.claims.statements.reading import is_anchored, read, topics_of
from rankscope.claims.statements.sentences import clean_sentences
from rankscope.claims.statements.sources import sources_of
from rankscope.claims.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.claims.model import Document, Statement
    from rankscope.claims.statements.drafts import Resolve
    from rankscope.claims.statements.reading import Reading
    from rankscope.claims.statements.sources import Source
    from rankscope.claims.tokens import Token

    Quotes = tuple[Sequence[int], Sequence[int]]
    """Where quotations begin, and where they end."""


def find_statements(document: Document) -> tuple[Statement, ...]:
    """Return what a text reports about restrictions, cooperation and uses of AI.

    Nothing is believed: a statement tells what the text says, and according to whom.
    The work grows with the length of the text: all windows are bounded.
    """
    given = tokens(document.text)
    starts, ends = quotations(given)
    before = Before()
    found: list[Statement] = []
    for sentence in clean_sentences(document.text, given):
        before = _of_sentence(document.text, sentence, (starts, ends), before)
        found.extend(before.statements)
    return tuple(found)


def _is_quoted(token: Token, quotes: Quotes) -> bool:
    starts, ends = quotes
    at = bisect_right(starts, token.start) - 1
    return at >= 0 and token.start < ends[at]


def _of_sentence(text: str, sentence: Sequence[Token], quotes: Quotes, before: Before) -> Before:
    """Return the statements of a sentence, with what the next one may point back to."""
    about = topics_of([token.lower for token in sentence])
    anchored = is_anchored(about, before.anchored)
    if not anchored:
        return Before(tokens=sentence)
    quoted = [_is_quoted(token, quotes) for token in sentence]
    reading = read(sentence, about, anchored=anchored, quoted=quoted)
    sources = sources_of(reading)
    statements = tuple(_statements(text, reading, sources, before))
    topics = [key for one in statements for key in one.topics] or [one.topic.key for one in about]
    return Before(
        anchored=True,
        topics=tuple(key for key in dict.fromkeys(topics) if key not in GENERAL),
        codes=tuple(dict.fromkeys(code for one in reading.mentions for code in one.codes)),
        statements=statements,
        actor=first_actor(reading),
        tokens=sentence,
    )


def _statements(
    text: str, reading: Reading, sources: list[Source], before: Before
) -> Iterator[Statement]:
    found: list[tuple[int, Statement]] = []
    resolve = resolver(reading, sources, before)
    covered = 0
    for at in sorted({*reading.verbs_at, *reading.inverse_at, *reading.nouns_at}):
        if at < covered:
            continue
        for draft in drafts_at(reading, at, resolve):
            statement = statement_of(text, reading, draft, sources, before)
            inside = draft.hit.start == draft.actor.end and draft.actor.start < covered
            if statement is not None and not inside:
                found.append((at, statement))
                covered = max(draft.end, draft.hit.end)
                break
    found += _speeches(text, reading, sources, before, [at for at, _ in found], resolve)
    yield from (one for _, one in sorted(found, key=lambda pair: pair[1].span))


def _speeches(
    text: str,
    reading: Reading,
    sources: list[Source],
    before: Before,
    taken: Sequence[int],
    resolve: Resolve,
) -> Iterator[tuple[int, Statement]]:
    """Yield what somebody acknowledges or announces, where it is no statement by itself."""
    for source in sources:
        if source.hit is None or source.hit.verb.kind not in {"speech", "denial"}:
            continue
        if any(source.covers(at) for at in taken):
            continue
        draft = of_verb(reading, source.hit, resolve)
        statement = draft and statement_of(text, reading, draft, sources, before)
        if statement:
            yield source.at, statement
