"""Those who act, as a sentence writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.claims.statements.mentions import Mention, Sort
from rankscope.claims.statements.tables import closed

if TYPE_CHECKING:
    from rankscope.claims.model import Span
    from rankscope.claims.statements.reading import Reading

_BOUNDARIES = frozenset({",", ";", ":", "—", "–", "(", "“", '"', "‘", "-", "…", "!", "?"})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: where it is written, its units, and where it stands in the sentence.

    ``start`` is the first token of the subject; for a pronoun ``span`` is elsewhere.
    ``source`` is a document that says so; ``loose`` marks one whom somebody else makes act.
    """

    span: Span
    codes: tuple[str, ...]
    start: int
    end: int
    source: Span | None = None
    loose: bool = False
    negated: bool = False
    act: bool = False


def as_actor(reading: Reading, mention: Mention, *, loose: bool = False) -> Actor:
    """Return a mention as one who acts; of an owned document, its owner."""
    end = mention.owner_end or mention.end
    span = reading.span(mention.start, end)
    if reading.words[end - 1].endswith("'s"):
        span = span._replace(end=span.end - 2)
    elif reading.words[end - 1] in {"'", "’"}:
        span = span._replace(end=span.end - 1)
    source = reading.span(mention.start, mention.end) if mention.owner_end else None
    none = reading.words[mention.start] in {"no", "neither"}
    return Actor(span, mention.codes, mention.start, mention.end, source, loose, none)


def is_pure_preposition(word: str) -> bool:
    """Tell whether a word is a preposition and can not begin a clause."""
    return word in closed("preposition") and word not in closed("conjunction")


def heads_clause(reading: Reading, mention: Mention) -> bool:
    """Tell whether a mention stands where a clause may begin."""
    before = reading.word(mention.start - 1)
    opens = not before or before in _BOUNDARIES or before in closed("conjunction")
    return opens and not mention.possessive and mention.tail != Sort.DOCUMENT
