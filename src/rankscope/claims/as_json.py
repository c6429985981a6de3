"""A check as plain data: the documented form of ``rankscope check --json`` (docs/claims.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rankscope.claims.gazetteer import titles
from rankscope.claims.model import Kind, Verdict
from rankscope.claims.statements import in_words
from rankscope.units import iso3166

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.claims.model import Checked, Document, Evidence, Judged, Span

_RATINGS = {
    Verdict.HOLDS: 5,
    Verdict.REPEATED: 3,
    Verdict.OTHER_EDITION: 2,
    Verdict.INCONSISTENT: 1,
    Verdict.DOES_NOT_HOLD: 1,
}
"""``reviewRating`` of schema.org's ClaimReview: 1 is false, 5 is true; none where unknown."""


def claim_rows(checked: Checked) -> Iterator[dict[str, Any]]:
    """Yield one row per claim, in the order of the text."""
    for number, judged in enumerate(checked.claims, start=1):
        yield _row(checked.document, number, judged)


def statement_rows(checked: Checked) -> Iterator[dict[str, Any]]:
    """Yield one row per statement: what the text says that somebody does."""
    document = checked.document
    for number, one in enumerate(checked.statements, start=1):
        yield {
            "document": document.name,
            "number": number,
            "told": in_words(one),
            "actor": one.actor,
            "verb": one.verb,
            "meaning": one.meaning,
            "toward": one.toward,
            "units": list(one.units),
            "topic": one.topic,
            "what": one.what,
            "when": one.when,
            "according_to": one.according_to,
            "quoted": one.quoted,
            "negated": one.negated,
            "hedged": one.hedged,
            "touches": list(one.touches),
            "scenarios": list(one.scenarios),
            "page": document.page_of(one.span),
            "span": list(one.span),
        }


def _row(document: Document, number: int, judged: Judged) -> dict[str, Any]:
    claim = judged.claim
    figure = claim.kind is Kind.RANK
    return {
        "document": document.name,
        "number": number,
        "claim": document.text[claim.span.start : claim.span.end],
        "kind": claim.kind.value,
        "unit": claim.unit,
        "country": iso3166().get(claim.unit).name,
        "index": titles()[claim.index],
        "index_key": claim.index,
        "edition": claim.edition,
        "edition_said": claim.edition_said,
        "field": claim.field,
        "rank": claim.rank if figure else None,
        "of": claim.of,
        "score": claim.score,
        "limit": None if figure else claim.rank,
        "places": claim.places,
        "than": list(claim.than),
        "among": claim.among,
        "prior": claim.prior,
        "hedged": claim.hedged,
        "negated": claim.negated,
        "quoted": claim.quoted,
        "page": document.page_of(claim.span),
        "span": list(claim.span),
        "parts": {part: list(span) for part, span in claim.parts.items()},
        "verdict": judged.verdict.value,
        "why": judged.sentence,
        "right": judged.right,
        "firmness": judged.firmness,
        "evidence": [_evidence(one) for one in judged.evidence],
        "claim_review": _review(document, judged),
    }


def _evidence(one: Evidence) -> dict[str, Any]:
    return {
        "origin": one.origin.value,
        "edition": one.edition,
        "rank": one.rank,
        "of": one.of,
        "score": one.score,
        "source": one.source,
    }


def _review(document: Document, judged: Judged) -> dict[str, Any]:
    """Return the fields of schema.org's ClaimReview that a check can fill."""
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": judged.verdict.value}
    if judged.verdict in _RATINGS:
        rating |= {"ratingValue": _RATINGS[judged.verdict], "bestRating": 5, "worstRating": 1}
    return {
        "@type": "ClaimReview",
        "claimReviewed": _quote(document, judged.claim.span),
        "reviewRating": rating,
        "reviewBody": judged.sentence,
        "itemReviewed": {
            "@type": "Claim",
            "firstAppearance": {"@type": "CreativeWork", "name": document.name},
        },
    }


def _quote(document: Document, span: Span) -> str:
    return " ".join(document.text[span.start : span.end].split())
