"""A claim in a few words, as tables and pages print it: ``31st of 83``, ``in the top ten``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._words import join_words
from rankscope.claims.model import Kind, Verdict
from rankscope.units import iso3166

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.claims.model import Claim


_PLURAL = {
    Verdict.HOLDS: "hold",
    Verdict.DOES_NOT_HOLD: "do not hold",
    Verdict.OTHER_EDITION: "were true of another edition",
    Verdict.INCONSISTENT: "are inconsistent with the text itself",
    Verdict.REPEATED: "are repeated, not confirmed",
    Verdict.NOT_CHECKABLE: "can not be checked",
}
_SINGULAR = {
    Verdict.INCONSISTENT: "is inconsistent with the text itself",
    Verdict.REPEATED: "is repeated, not confirmed",
}


def tally(verdicts: Sequence[Verdict]) -> str:
    """Return how many claims there are, and what becomes of them, in one sentence."""
    if not verdicts:
        return "No claim about a country's place in an index that is known."
    told = []
    for verdict in Verdict:
        number = verdicts.count(verdict)
        if number:
            words = _SINGULAR.get(verdict, verdict.value) if number == 1 else _PLURAL[verdict]
            told.append(f"{number} {words}")
    claims = "1 claim" if len(verdicts) == 1 else f"{len(verdicts)} claims"
    return f"{claims}: {'; '.join(told)}."


def nth(rank: int) -> str:
    """Return an ordinal: ``31st``."""
    last = rank % 10 if rank % 100 not in {11, 12, 13} else 0
    return f"{rank}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def name_of(unit: str) -> str:
    """Return the name of a unit."""
    return iso3166().get(unit).name


def figure(rank: int | None, of: int | None, score: float | None) -> str:
    """Return a rank and a score, as far as they are there."""
    if rank is None:
        return f"a score of {score:g}" if score is not None else ""
    place = f"{nth(rank)} of {of}" if of else nth(rank)
    return f"{place} with a score of {score:g}" if score is not None else place


def said(claim: Claim) -> str:
    """Return what a claim says of its unit, and in brackets how it says so."""
    notes = [word for word in ("prior", "hedged", "negated", "quoted") if getattr(claim, word)]
    return f"{_bare(claim)} ({join_words(notes)})" if notes else _bare(claim)


def _bare(claim: Claim) -> str:
    if claim.kind in {Kind.RANK, Kind.SCORE}:
        return figure(claim.rank, claim.of, claim.score)
    if claim.kind in {Kind.AHEAD, Kind.BEHIND}:
        others = join_words([name_of(unit) for unit in claim.than], "and")
        return f"ahead of {others}" if claim.kind is Kind.AHEAD else f"behind {others}"
    if claim.kind is Kind.MOVED:
        places = claim.places or 0
        return f"{'up' if places > 0 else 'down'} {abs(places)} places"
    if claim.kind is Kind.FIRST_AMONG:
        return f"{nth(claim.rank or 1)} in {claim.among}"
    return f"{'in' if claim.kind is Kind.WITHIN else 'not in'} the top {claim.rank}"
