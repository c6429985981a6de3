"""A sentence as it is read: its words, who is named, which topics and acts stand where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.claims.model import Span
from rankscope.claims.statements.mentions import Mention, atoms
from rankscope.claims.statements.phrases import joined
from rankscope.claims.statements.tables import forms, inverse_forms, nouns, topic_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rankscope.claims.statements.phrasebook import Phrases
    from rankscope.claims.statements.tables import Topic, Verb
    from rankscope.claims.tokens import Token


@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens ``start`` up to ``end`` that may stand for an act."""

    start: int
    end: int
    verb: Verb


@dataclass(frozen=True, slots=True)
class About:
    """Tokens ``start`` up to ``end`` that are on a topic."""

    start: int
    end: int
    topic: Topic


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is known of one sentence before its clauses are looked at.

    ``anchored`` tells whether it is about AI, by itself or by pointing to the one before.
    ``quoted`` tells of each token whether it stands between quotation marks.
    """

    tokens: Sequence[Token]
    words: Sequence[str]
    about: Sequence[About]
    anchored: bool
    quoted: Sequence[bool]
    mentions: Sequence[Mention]
    by_start: Mapping[int, Mention]
    by_end: Mapping[int, Mention]
    atoms_by_end: Mapping[int, Mention]
    nouns_by_end: Mapping[int, Hit]
    verbs_at: Mapping[int, Sequence[Hit]]
    inverse_at: Mapping[int, Sequence[Hit]]
    nouns_at: Mapping[int, Sequence[Hit]]

    def span(self, start: int, end: int) -> Span:
        """Return where tokens stand in the text."""
        return Span(self.tokens[start].start, self.tokens[end - 1].end)

    def word(self, at: int) -> str:
        """Return a word, "" before and after the sentence."""
        return self.words[at] if 0 <= at < len(self.words) else ""


def topics_of(words: Sequence[str]) -> list[About]:
    """Return where words are on a topic; a row ``none`` hides what it covers."""
    found: list[About] = []
    hidden = 0
    for at in range(len(words)):
        seen: set[str] = set()
        for phrase in topic_words().at(words, at):
            end = at + len(phrase.words)
            if phrase.item.key == "none":
                hidden = max(hidden, end)
            if at >= hidden and phrase.item.key not in seen:
                seen.add(phrase.item.key)
                found.append(About(at, end, phrase.item))
    return found


def is_anchored(about: Sequence[About], before: bool) -> bool:
    """Tell whether a sentence is on AI; ``before`` tells it of the sentence before it."""
    return any(one.topic.alone or (before and one.topic.key == "same") for one in about)


def read(
    given: Sequence[Token], about: Sequence[About], *, anchored: bool, quoted: Sequence[bool]
) -> Reading:
    """Read the actors and acts of a sentence."""
    words = [token.lower for token in given]
    single = atoms(given, words)
    mentions = joined(single, words)
    named = _hits(words, nouns())
    return Reading(
        given,
        words,
        about,
        anchored,
        quoted,
        mentions,
        {one.start: one for one in mentions},
        {one.end: one for one in mentions},
        {one.end: one for one in single},
        {hit.end: hit for hits in named.values() for hit in hits},
        _hits(words, forms()),
        _hits(words, inverse_forms()),
        named,
    )


def _hits(words: Sequence[str], table: Phrases[Verb]) -> dict[int, list[Hit]]:
    """Return by the word at which they begin the phrases of a table, the longest first."""
    return {
        at: [Hit(at, at + len(one.words), one.item) for one in found]
        for at in range(len(words))
        if (found := table.at(words, at))
    }
