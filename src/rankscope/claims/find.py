"""The claims of a text: each rank and score with its unit, index, edition, size and field."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from rankscope.claims import relations
from rankscope.claims.editions import Sentence, edition_at, index_at, sentence_of, size_at
from rankscope.claims.gazetteer import words
from rankscope.claims.leaders import leaders_of
from rankscope.claims.lexemes import Sort, lexemes
from rankscope.claims.lists import pairs_of
from rankscope.claims.model import OVERALL, Claim, Kind, Span
from rankscope.claims.ranked import Ranked, in_field, ranked_at, sort, word
from rankscope.claims.scores import scores_of
from rankscope.claims.subjects import Spoken, Subject, before, listed, subjects_of
from rankscope.claims.tokens import sentences, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.claims.lexemes import Lexeme
    from rankscope.claims.model import Document

_NOT_SO = words("find", "not so")
_HEDGES = words("find", "hedges")
_NEGATIONS = words("find", "negations")
_QUOTED = re.compile(r"[“\"]([^“”\"]{1,2000})[”\"]")
_GOES_TO = words("find", "goes to")


def find_claims(document: Document) -> tuple[Claim, ...]:
    """Return the claims of a document, in the order of its text.

    A grammar over tokens (docs/claims.md): no model, no network; its work is linear in the
    length of the text because a sentence has at most ``LONGEST_SENTENCE`` tokens.
    """
    spoken = Spoken()
    text: list[Sentence] = []
    for found in sentences(tokens(document.text)):
        given = lexemes(found)
        dated = text[-1].dated if text else ""
        text.append(sentence_of(given, subjects_of(given, spoken), dated))
    quotes = [Span(*match.span(1)) for match in _QUOTED.finditer(document.text)]
    claims = [claim for number in range(len(text)) for claim in _of_sentence(text, number)]
    return tuple(_in_quotes(claim, quotes) for claim in sorted(claims, key=lambda one: one.span))


def _of_sentence(text: Sequence[Sentence], number: int) -> list[Claim]:
    """Return the claims of one sentence: ranks, lists, leaders, scores, then what compares."""
    here = text[number]
    if not here.names and not index_at(text, number, 0):
        return []
    claims = [*_ranks(text, number)]
    for found, unit in pairs_of(here):
        claims.extend(_claims_of(text, number, found, [unit]))
    for found, unit in leaders_of(here, claims):
        claims.extend(_claims_of(text, number, found, [unit]))
    claims = _once(claims)
    claims = _with_scores(text, number, claims)
    return [*claims, *relations.claims_of(text, number, claims)]


def _ranks(text: Sequence[Sentence], number: int) -> Iterator[Claim]:
    given = text[number].given
    at, before_end = 0, 0
    run: list[Ranked] = []
    while at < len(given):
        found = ranked_at(given, at)
        if found is None:
            at += 1
            continue
        run.append(found)
        if not found.fields:
            found.fields.extend(_field_before(given, before_end, found))
        at = before_end = max(found.end, at + 1)
    paired = _respectively(text[number], run)
    for found in run:
        yield from _claims_of(
            text, number, found, paired.get(id(found)) or _units(text[number], found)
        )


def _units(here: Sentence, found: Ranked) -> list[Subject]:
    """Return whose rank it is: named after it, else the nearest subject before it."""
    given = here.given
    if found.unit is not None:
        return [one for one in here.subjects if one.at == found.unit]
    nearest = before(given, here.subjects, found.first)
    after = [one for one in here.subjects if one.at >= found.end]
    goes = word(given, found.end) in _GOES_TO or sort(given, found.end) is Sort.UNIT
    if goes and after and after[0].at <= found.end + 3 and (not nearest or _heads(given, found)):
        return [after[0]]
    return list(nearest)


def _heads(given: Sequence[Lexeme], found: Ranked) -> bool:
    """Whether a rank heads its clause: ``; in second place is China``."""
    back = found.first - 1
    while word(given, back) in {"in", "the", "at", "and", "only", "while"}:
        back -= 1
    return back < 0 or word(given, back) in {",", ";", ":", ".", "-", "–"}


def _respectively(here: Sentence, run: Sequence[Ranked]) -> dict[int, list[Subject]]:
    """``Russia and Brazil ranked 31st and 30th respectively``: ranks by the order of units."""
    at = next((i for i, one in enumerate(here.given) if one.lower == "respectively"), None)
    if at is None:
        return {}
    ranks = [one for one in run if one.first < at]
    eligible = [one for one in here.subjects if ranks and one.at < ranks[0].first]
    units = listed(here.given, eligible) if eligible else []
    if len(units) < 2 or len(ranks) < len(units):
        return {}
    return {id(one): [unit] for one, unit in zip(ranks[-len(units) :], units, strict=True)}


def _field_before(given: Sequence[Lexeme], start: int, found: Ranked) -> list[Lexeme]:
    """``In talent it is 33rd``, ``its research ranking is 12th``: the field before a rank."""
    for at in range(found.first - 1, start - 1, -1):
        if given[at].lower == ";":
            return []
        if given[at].sort is not Sort.FIELD:
            continue
        back = at - 1
        while word(given, back) in {"the", "ai", "its", "terms", "of"}:
            back -= 1
        heads = word(given, back) in {"in", "for", "on", "by"} and (
            back <= 0 or given[back - 1].lower in {",", ";", "and", "but", "while", "–"}
        )
        owned = word(given, at - 1) in {"its", "their"} or given[at - 1].possessive
        if heads or (owned and at >= 1 and found.first - at <= 5):
            return [given[at]]
    return []


def _claims_of(
    text: Sequence[Sentence], number: int, found: Ranked, units: Sequence[Subject]
) -> Iterator[Claim]:
    """Return the claims that a rank makes: one for each unit and field, none if not about them."""
    given = text[number].given
    index = index_at(text, number, found.first, found)
    if not index or not units or found.rank < 1:
        return
    if found.other and not (found.firm and text[number].names):
        return
    modal = _between(given, min(units[-1].at, found.first), max(units[-1].at, found.first))
    quote = word(given, found.end) in {'"', "“", "”"}
    if (modal | {word(given, found.end + quote)}) & _NOT_SO or word(
        given, found.first - 1
    ) in _NOT_SO:
        return
    edition = edition_at(text, number, found.first, index, found)
    of = found.of or size_at(text, number, index, edition.year, prior=found.prior)
    names = [one.key for one in found.fields] or [""]
    for unit in units:
        for name in names:
            yield Claim(
                kind=Kind.FIRST_AMONG if found.group else Kind.RANK,
                unit=unit.unit,
                index=index,
                span=Span(
                    min(unit.span.start, found.span.start),
                    max(unit.span.end, given[found.end - 1].end),
                ),
                field=(in_field(name, index) or name) if name else OVERALL,
                edition=edition.year,
                edition_said=edition.said,
                rank=found.rank,
                of=None if found.group else of,
                among=found.group,
                prior=found.prior,
                hedged=bool(_between(given, found.first - 4, found.first) & _HEDGES),
                negated=bool(_since_but(given, found.first) & _NEGATIONS),
                parts=_parts(found, unit, name),
            )


def _between(given: Sequence[Lexeme], start: int, end: int) -> set[str]:
    return {given[at].lower for at in range(max(start, 0), min(end, len(given)))}


def _since_but(given: Sequence[Lexeme], first: int) -> set[str]:
    """Return the few words before a rank, from a ``but`` or a comma on."""
    start = first
    while start > max(first - 5, 0) and given[start - 1].lower not in {"but", ",", ";"}:
        start -= 1
    return _between(given, start, first)


def _parts(found: Ranked, unit: Subject, name: str) -> dict[str, Span]:
    parts = {"unit": unit.span, "rank": found.span}
    named = next((one.span for one in found.fields if one.key == name), None)
    stated = {
        "of": found.of_span,
        "index": found.index.span if found.index is not None else None,
        "edition": found.year.span if found.year is not None else None,
        "field": named,
        "among": found.group_span,
    }
    return parts | {key: span for key, span in stated.items() if span is not None}


def _once(claims: Sequence[Claim]) -> list[Claim]:
    """Leave out what a sentence says twice of a unit: the first, more exact reading stays."""
    kept: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        kept.setdefault(
            (claim.kind, claim.unit, claim.index, claim.field, claim.rank, claim.prior), claim
        )
    return list(kept.values())


def _with_scores(text: Sequence[Sentence], number: int, claims: list[Claim]) -> list[Claim]:
    """Join a score to the rank of its unit in the same sentence, else make it a claim."""
    here = text[number]
    made = list(claims)
    for stated in scores_of(here):
        index = index_at(text, number, stated.at)
        if not index:
            continue
        whole = [
            at
            for at, one in enumerate(made)
            if one.kind is Kind.RANK
            and (one.unit, one.index, one.field, one.prior)
            == (stated.unit.unit, index, OVERALL, False)
            and one.score is None
        ]
        if whole:
            old = made[whole[0]]
            made[whole[0]] = replace(
                old, score=stated.score, parts={**old.parts, "score": stated.span}
            )
            continue
        edition = edition_at(text, number, stated.at, index, None)
        made.append(
            Claim(
                Kind.SCORE,
                stated.unit.unit,
                index,
                Span(
                    min(stated.unit.span.start, stated.span.start),
                    max(stated.unit.span.end, stated.span.end),
                ),
                edition=edition.year,
                edition_said=edition.said,
                of=size_at(text, number, index, edition.year, prior=False),
                score=stated.score,
                parts={"unit": stated.unit.span, "score": stated.span},
            )
        )
    return made


def _in_quotes(claim: Claim, quotes: Sequence[Span]) -> Claim:
    at = bisect_right(quotes, claim.span.start, key=lambda quote: quote.start) - 1
    inside = at >= 0 and claim.span.end <= quotes[at].end
    return replace(claim, quoted=True) if inside else claim
