"""What is found in a text: claims, statements, evidence and verdicts, each with its place."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rankscope.findings import Finding

OVERALL = "overall"
"""The field of a claim about the whole index."""


class Span(NamedTuple):
    """A stretch of a document's text: characters ``start`` up to, not with, ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was read: its name, its characters, where its pages begin, what was seen."""

    name: str
    text: str
    pages: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()

    def page_of(self, span: Span) -> int | None:
        """Return the page, from 1, on which a span begins; None where a text has no pages."""
        return sum(start <= span.start for start in self.pages) or None


class Kind(StrEnum):
    """What a claim says of its unit."""

    RANK = "rank"
    """It has this rank: ``31st of 83``."""
    SCORE = "score"
    """It has this score: ``20.1 points``."""
    WITHIN = "within"
    """Its rank is at most ``rank``: ``in the top ten``."""
    BEYOND = "beyond"
    """Its rank is worse than ``rank``: ``outside the top twenty``."""
    AHEAD = "ahead"
    """It ranks before the units in ``than``."""
    BEHIND = "behind"
    """It ranks after the units in ``than``."""
    FIRST_AMONG = "first among"
    """It is the best of the group ``among``, or of the rank ``rank`` in it."""
    MOVED = "moved"
    """It rose (``places`` above 0) or fell by that many places since the edition before."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing a text says about a unit's rank or score in an index.

    ``unit`` is a code of the register, ``index`` a key of the table of indices,
    ``field`` the sub-pillar by its common name or ``overall``.  ``edition`` is None where
    the text leaves it open; ``edition_said`` tells what is written from what is inferred.
    ``prior`` marks what was so in an earlier edition (``up from 22nd``).  ``parts`` holds
    the span of each part that the text states: ``unit``, ``index``, ``rank``, ``of``,
    ``score``, ``edition``, ``field``, ``than``, ``among``.
    """

    kind: Kind
    unit: str
    index: str
    span: Span
    field: str = OVERALL
    edition: int | None = None
    edition_said: bool = False
    rank: int | None = None
    of: int | None = None
    score: float | None = None
    places: int | None = None
    than: tuple[str, ...] = ()
    among: str = ""
    prior: bool = False
    hedged: bool = False
    negated: bool = False
    quoted: bool = False
    according_to: str = ""
    parts: Mapping[str, Span] = dataclasses.field(default_factory=dict)


class Verdict(StrEnum):
    """What became of a claim."""

    HOLDS = "holds"
    DOES_NOT_HOLD = "does not hold"
    OTHER_EDITION = "was true of another edition"
    INCONSISTENT = "inconsistent with itself"
    REPEATED = "repeated, not confirmed"
    NOT_CHECKABLE = "can not be checked"


class Origin(StrEnum):
    """Who stands behind a figure."""

    TABLE = "a table that was passed"
    PUBLISHER = "the publisher"
    INDEPENDENT = "an independent page"
    SAME_STORY = "the same story as the text"
    PACKAGED = "an index of this project"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A figure that speaks for or against a claim, and where it stands."""

    origin: Origin
    unit: str
    index: str
    edition: int | None
    field: str
    rank: int | None = None
    of: int | None = None
    score: float | None = None
    worst: int | None = None
    """The last of the ranks that units of equal printed scores share; None without ties."""
    source: str = ""
    """A web address, or the name of a table."""
    accessed: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its verdict, one sentence that says why, and the evidence.

    ``right`` is what the figure should be where it is known and differs; ``firmness`` says
    how sure such a rank can be at all, where a robustness analysis tells.
    """

    claim: Claim
    verdict: Verdict
    sentence: str
    evidence: tuple[Evidence, ...] = ()
    right: str = ""
    firmness: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What the text says that somebody does: reported, not believed.

    ``verb`` is a key of the table of verbs and ``meaning`` what it stands for there;
    ``actor`` and ``toward`` are words of the text, ``units`` the units that stand behind
    them; ``topic`` is a key of the table of topics; ``touches`` are codes of nodes of the
    AI Capacity Index and ``scenarios`` keys of its scenarios.
    """

    actor: str
    verb: str
    meaning: str
    span: Span
    toward: str = ""
    units: tuple[str, ...] = ()
    topic: str = ""
    what: str = ""
    when: str = ""
    according_to: str = ""
    quoted: bool = False
    negated: bool = False
    hedged: bool = False
    touches: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    parts: Mapping[str, Span] = dataclasses.field(default_factory=dict)
    topics: tuple[str, ...] = ()
    """All topics, ``topic`` first."""


@dataclass(frozen=True, slots=True)
class Checked:
    """All that a check of one document found, in the order of the text."""

    document: Document
    claims: tuple[Judged, ...]
    statements: tuple[Statement, ...]
    findings: tuple[Finding, ...] = ()
