"""A text cut into pieces: plain, under a claim, and the places of the footnotes' numbers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rankscope.claims.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.claims.model import Checked, Judged

_GRAVE = (
    Verdict.DOES_NOT_HOLD,
    Verdict.INCONSISTENT,
    Verdict.OTHER_EDITION,
    Verdict.REPEATED,
    Verdict.NOT_CHECKABLE,
    Verdict.HOLDS,
)
"""Where claims overlap, the gravest verdict colours the words."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, the verdict on it ("" for none), and the footnotes that end there."""

    text: str
    verdict: str
    notes: tuple[int, ...]


def pieces(checked: Checked) -> Iterator[Piece]:
    """Yield the pieces of a document; joined, their texts are the document."""
    text = checked.document.text
    ends = [_end(judged) for judged in checked.claims]
    cuts = {0, len(text), *ends}
    for judged in checked.claims:
        cuts |= set(judged.claim.span)
    places = sorted(cuts)
    for start, end in pairwise(places):
        notes = tuple(number for number, at in enumerate(ends, start=1) if at == end)
        yield Piece(text[start:end], _verdict(checked.claims, start, end), notes)


def _end(judged: Judged) -> int:
    """Return where the number of a footnote stands: after the figure, else after the claim."""
    parts = judged.claim.parts
    return (parts.get("rank") or parts.get("score") or judged.claim.span).end


def _verdict(claims: Sequence[Judged], start: int, end: int) -> str:
    over = {
        one.verdict for one in claims if one.claim.span.start <= start and end <= one.claim.span.end
    }
    return next((slug(verdict) for verdict in _GRAVE if verdict in over), "")


def slug(verdict: Verdict) -> str:
    """Return a verdict as a class of the style sheet: ``does-not-hold``."""
    return verdict.value.replace(",", "").replace(" ", "-")
