"""What becomes of a claim: it is set against the text itself, then against what is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rankscope.claims.gazetteer import editions, members, titles
from rankscope.claims.model import OVERALL, Claim, Evidence, Judged, Kind, Origin, Verdict
from rankscope.claims.wording import name_of, nth

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rankscope.claims.evidence import Known

_FIRST = (Origin.TABLE, Origin.PACKAGED, Origin.PUBLISHER, Origin.INDEPENDENT, Origin.SAME_STORY)
"""Whose word counts for more, first to last."""


def judge(claims: Sequence[Claim], known: Known) -> tuple[Judged, ...]:
    """Return each claim with its verdict, a sentence that says why, and the evidence.

    Where a text leaves the edition of an index open, the edition that most of its figures
    fit is taken as meant, if it is the only one.
    """
    meant = {index: _meant(index, claims, known) for index in {one.index for one in claims}}
    dated = tuple(_dated(claim, meant[claim.index]) for claim in claims)
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in dated:
        for unit in {claim.unit, *claim.than}:
            groups.setdefault((claim.index, unit), []).append(claim)
    said = {key: _distinct(found) for key, found in groups.items()}
    return tuple(_judged(one, _near(one, said), known) for one in dated)


def _near(claim: Claim, said: Mapping[tuple[str, str], Sequence[Claim]]) -> list[Claim]:
    """Return what the text says of the units of a claim."""
    return [
        one
        for unit in {claim.unit: 0, **dict.fromkeys(claim.than, 0)}
        for one in said[claim.index, unit]
    ]


def _distinct(claims: Sequence[Claim]) -> list[Claim]:
    """Leave out what says the same again."""
    kept = {
        (
            one.kind,
            one.unit,
            one.field,
            one.edition,
            one.edition_said,
            one.rank,
            one.of,
            one.prior,
            one.negated,
        ): one
        for one in reversed(claims)
    }
    return list(reversed(kept.values()))


def _dated(claim: Claim, meant: int | None) -> Claim:
    open_ = claim.edition is None and not claim.prior
    return replace(claim, edition=meant) if open_ and meant is not None else claim


def _meant(index: str, claims: Sequence[Claim], known: Known) -> int | None:
    """Return the edition that most claims without one fit; None where two fit as many."""
    fits = Counter(
        year
        for one in claims
        if (one.index, one.edition, one.prior) == (index, None, False)
        for year in {
            figure.edition
            for figure in known.of(one.index, one.unit, one.field)
            if _may_be(one, figure) and _speaks(one, figure) and _fits(one, figure)
        }
    )
    best = fits.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _judged(claim: Claim, claims: Sequence[Claim], known: Known) -> Judged:
    against = _against_itself(claim, claims)
    if against:
        return Judged(claim, Verdict.INCONSISTENT, against, _evidence(claim, known))
    decide = _DECIDE[claim.kind]
    found = decide(claim, known)
    return _negated(found) if claim.negated and claim.kind is not Kind.BEYOND else found


def _negated(found: Judged) -> Judged:
    turned = {Verdict.HOLDS: Verdict.DOES_NOT_HOLD, Verdict.DOES_NOT_HOLD: Verdict.HOLDS}
    verdict = turned.get(found.verdict, found.verdict)
    told = f"The text denies it. {found.sentence}"
    return Judged(found.claim, verdict, told, found.evidence, found.right)


# ── the text against itself ──────────────────────────────────────────────────


def _against_itself(claim: Claim, claims: Sequence[Claim]) -> str:
    """Say what in the text contradicts a claim; empty where nothing does."""
    if claim.rank is not None and claim.of is not None and claim.rank > claim.of:
        return f"There is no rank {claim.rank} among {claim.of}."
    for other in claims:
        if other is claim or other.index != claim.index or other.negated or claim.negated:
            continue
        if _apart(claim, other):
            continue
        said = _two_ranks(claim, other) or _order(claim, other, claims)
        if said:
            return said
    return ""


def _apart(one: Claim, other: Claim) -> bool:
    """Whether two claims may both hold because they are about other fields or editions."""
    said = one.edition_said or other.edition_said
    editions_differ = one.edition != other.edition and (
        said or None not in (one.edition, other.edition)
    )
    return one.field != other.field or one.prior != other.prior or editions_differ


def _two_ranks(claim: Claim, other: Claim) -> str:
    both = claim.kind is other.kind is Kind.RANK and claim.unit == other.unit
    if both and claim.rank != other.rank:
        return f"The text also says {_place(other)}."
    if both and None not in (claim.of, other.of) and claim.of != other.of:
        return f"The text also says {_place(other)}: the sizes differ."
    return ""


def _order(claim: Claim, other: Claim, claims: Sequence[Claim]) -> str:
    """``ahead of`` and ``behind`` against the ranks that the text states."""
    if claim.kind not in {Kind.AHEAD, Kind.BEHIND} or other.kind is not Kind.RANK:
        return ""
    own = [
        one.rank
        for one in claims
        if one.kind is Kind.RANK and one.unit == claim.unit and not _apart(claim, one)
    ]
    if not own or own[0] is None or other.rank is None or other.unit not in claim.than:
        return ""
    fits = own[0] < other.rank if claim.kind is Kind.AHEAD else own[0] > other.rank
    return (
        ""
        if fits
        else f"By the text itself {name_of(claim.unit)} is {nth(own[0])} and {_place(other)}."
    )


# ── against what is known ────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Sides:
    """Evidence of the editions that a claim may be about, and of the others."""

    here: tuple[Evidence, ...]
    elsewhere: tuple[Evidence, ...]


def _evidence(claim: Claim, known: Known) -> tuple[Evidence, ...]:
    found = known.of(claim.index, claim.unit, claim.field)
    return tuple(sorted(found, key=lambda one: (_FIRST.index(one.origin), -(one.edition or 0))))


def _sides(claim: Claim, known: Known) -> _Sides:
    found = _evidence(claim, known)
    if claim.edition is None:
        return _Sides(tuple(one for one in found if _may_be(claim, one)), ())
    return _Sides(
        tuple(one for one in found if one.edition == claim.edition),
        tuple(one for one in found if one.edition != claim.edition),
    )


def _may_be(claim: Claim, one: Evidence) -> bool:
    """Whether a figure's edition may be meant, by the size that the text states."""
    sizes = {
        s for edition in editions(claim.index) if edition.year == one.edition for s in edition.sizes
    }
    return claim.of is None or not sizes or claim.of in sizes


def _figure(claim: Claim, known: Known) -> Judged:
    """Judge a rank or a score by the best witness of its edition."""
    sides = _sides(claim, known)
    told = tuple(one for one in sides.here if _speaks(claim, one))
    trusted = [one for one in told if one.origin is not Origin.SAME_STORY]
    agree = [one for one in trusted if _fits(claim, one)]
    if agree and (
        claim.edition is None
        or trusted[0] in agree
        or trusted[0].origin in {Origin.INDEPENDENT, Origin.PUBLISHER}
    ):
        return _holds(claim, agree, trusted)
    if trusted:
        return _differs(claim, trusted, sides)
    if any(_fits(claim, one) for one in told):
        return Judged(
            claim,
            Verdict.REPEATED,
            f"Only pages that retell the same story say so{_about(told[0])}: that is one witness.",
            told,
        )
    return _unknown(claim, sides)


def _holds(claim: Claim, agree: Sequence[Evidence], trusted: Sequence[Evidence]) -> Judged:
    wrong_size = _size_problem(claim, agree)
    if wrong_size:
        return Judged(claim, Verdict.DOES_NOT_HOLD, wrong_size, tuple(agree), _right(agree[0]))
    said = f"{_witness(agree[0])} says so{_about(agree[0])}."
    others = [one for one in trusted if one not in agree]
    if others:
        said += f" {_witness(others[0])} says {_value(claim, others[0])}."
    return Judged(claim, Verdict.HOLDS, said, tuple(trusted))


def _differs(claim: Claim, trusted: Sequence[Evidence], sides: _Sides) -> Judged:
    right = _right(trusted[0])
    earlier = [one for one in sides.elsewhere if _speaks(claim, one) and _fits(claim, one)]
    if earlier:
        said = f"True of the edition of {earlier[0].edition}. {_says(trusted[0])}"
        return Judged(claim, Verdict.OTHER_EDITION, said, (*trusted, *earlier), right)
    return Judged(claim, Verdict.DOES_NOT_HOLD, _says(trusted[0]), tuple(trusted), right)


def _unknown(claim: Claim, sides: _Sides) -> Judged:
    earlier = [one for one in sides.elsewhere if _speaks(claim, one)]
    fitting = [one for one in earlier if _fits(claim, one)]
    if fitting and not claim.edition_said:
        said = f"It fits the edition of {fitting[0].edition}: {_witness(fitting[0])} says so."
        return Judged(claim, Verdict.HOLDS, said, tuple(fitting))
    title = titles()[claim.index]
    said = f"No figure of {name_of(claim.unit)} in the {title}"
    said += f", edition {claim.edition}, is at hand." if claim.edition else " is at hand."
    if earlier:
        said += f" In {earlier[0].edition} it was {_right(earlier[0])} ({_witness(earlier[0])})."
    return Judged(claim, Verdict.NOT_CHECKABLE, said, tuple(earlier))


def _speaks(claim: Claim, one: Evidence) -> bool:
    return (claim.rank is not None and one.rank is not None) or (
        claim.score is not None and one.score is not None
    )


def _fits(claim: Claim, one: Evidence) -> bool:
    if claim.rank is not None and one.rank is not None:
        if not one.rank <= claim.rank <= (one.worst or one.rank):
            return False
        if claim.score is None:
            return True
    if claim.score is not None and one.score is not None:
        return _same_score(claim.score, one.score)
    return claim.rank is not None and one.rank is not None


def _same_score(said: float, printed: float) -> bool:
    """Whether two scores agree as printed: to half a unit of the coarser one's last digit."""
    decimals = min(_decimals(said), _decimals(printed))
    return abs(said - printed) <= 0.5 * 10.0**-decimals + 1e-9


def _decimals(value: float) -> int:
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])


def _size_problem(claim: Claim, agree: Sequence[Evidence]) -> str:
    """Say that the size is wrong where every witness and the table of editions differ."""
    if claim.of is None:
        return ""
    sizes = {one.of for one in agree if one.of is not None and one.edition == agree[0].edition}
    for edition in editions(claim.index):
        if edition.year == agree[0].edition:
            sizes.update(edition.sizes)
    if not sizes or claim.of in sizes:
        return ""
    told = " or ".join(map(str, sorted(sizes)))
    return f"The rank is right; the index ranked {told}, not {claim.of}."


# ── claims without a figure of their own ─────────────────────────────────────


def _limit(claim: Claim, known: Known) -> Judged:
    """``in the top ten`` and its opposite."""
    limit = claim.rank or 0
    return _by_rank(
        claim, known, lambda rank: rank > limit if claim.kind is Kind.BEYOND else rank <= limit
    )


def _by_rank(claim: Claim, known: Known, holds: Callable[[int], bool]) -> Judged:
    sides = _sides(claim, known)
    ranks = [one for one in sides.here if one.rank is not None]
    if not ranks:
        return _unknown(claim, sides)
    best = ranks[0]
    verdict = Verdict.HOLDS if holds(best.rank or 0) else Verdict.DOES_NOT_HOLD
    if verdict is Verdict.HOLDS and best.origin is Origin.SAME_STORY:
        verdict = Verdict.REPEATED
    right = "" if verdict is Verdict.HOLDS else _right(best)
    return Judged(claim, verdict, _says(best), (best,), right)


def _order_known(claim: Claim, known: Known) -> Judged:
    """``ahead of`` and ``behind``: both ranks in one edition."""
    own = _rank_of(claim, claim.unit, known)
    others = [_rank_of(claim, unit, known) for unit in claim.than]
    found = [one for one in (own, *others) if one is not None]
    if own is None or None in others or len({one.edition for one in found}) > 1:
        return _unknown(claim, _Sides((), ()))
    ahead = claim.kind is Kind.AHEAD
    wrong = [
        one
        for one in found[1:]
        if not ((own.rank or 0) < (one.rank or 0) if ahead else (own.rank or 0) > (one.rank or 0))
    ]
    ranks = ", ".join(f"{name_of(one.unit)} {nth(one.rank or 0)}" for one in found)
    verdict = Verdict.DOES_NOT_HOLD if wrong else Verdict.HOLDS
    return Judged(
        claim, verdict, f"{_witness(own)}: {ranks}.", tuple(found), ranks if wrong else ""
    )


def _rank_of(claim: Claim, unit: str, known: Known) -> Evidence | None:
    found = sorted(
        known.of(claim.index, unit, claim.field), key=lambda one: _FIRST.index(one.origin)
    )
    fitting = [
        one for one in found if claim.edition in {None, one.edition} and one.rank is not None
    ]
    return fitting[0] if fitting else None


def _in_group(claim: Claim, known: Known) -> Judged:
    """``second in Africa``: needs a table with every unit of the group."""
    group = members(claim.among)
    listed = {
        one.unit: one.rank
        for one in known.complete(claim.index)
        if one.unit in group and one.rank and claim.edition in {None, one.edition}
    }
    if claim.field != OVERALL or claim.unit not in listed:
        said = f"To place it in {claim.among} takes a whole table (--table)."
        return Judged(claim, Verdict.NOT_CHECKABLE, said, _evidence(claim, known))
    place = 1 + sum(rank < (listed[claim.unit] or 0) for rank in listed.values())
    verdict = Verdict.HOLDS if place == claim.rank else Verdict.DOES_NOT_HOLD
    right = f"{nth(place)} of {len(listed)} in {claim.among}"
    return Judged(
        claim, verdict, f"By the table it is {right}.", _evidence(claim, known)[:1], right
    )


def _move(claim: Claim, known: Known) -> Judged:
    """Judge a move of so many places between two editions that follow each other."""
    years = [one.year for one in editions(claim.index)]
    year = claim.edition if claim.edition in years else None
    at = years.index(year) if year is not None else 0
    now = [one for one in _evidence(claim, known) if one.edition == year and one.rank]
    then = [
        one for one in _evidence(claim, known) if at and one.edition == years[at - 1] and one.rank
    ]
    if not now or not then:
        return _unknown(claim, _Sides((), ()))
    moved = (then[0].rank or 0) - (now[0].rank or 0)
    verdict = Verdict.HOLDS if moved == claim.places else Verdict.DOES_NOT_HOLD
    said = f"{_in_edition(then[0])}, {_in_edition(now[0])}."
    return Judged(claim, verdict, said, (now[0], then[0]), "" if verdict is Verdict.HOLDS else said)


_DECIDE: dict[Kind, Callable[[Claim, Known], Judged]] = {
    Kind.RANK: _figure,
    Kind.SCORE: _figure,
    Kind.WITHIN: _limit,
    Kind.BEYOND: _limit,
    Kind.AHEAD: _order_known,
    Kind.BEHIND: _order_known,
    Kind.FIRST_AMONG: _in_group,
    Kind.MOVED: _move,
}


# ── words ────────────────────────────────────────────────────────────────────


def _witness(one: Evidence) -> str:
    if one.origin is Origin.TABLE:
        return f"The table {one.source}"
    if one.origin is Origin.PACKAGED:
        return "The packaged index"
    said = {Origin.PUBLISHER: "The publisher", Origin.INDEPENDENT: "An independent page"}
    return said.get(one.origin, "A page of the same story")


def _says(one: Evidence) -> str:
    return f"{_witness(one)} says {_right(one)}{_about(one)}."


def _about(one: Evidence) -> str:
    return f" of the edition of {one.edition}" if one.edition else ""


def _value(claim: Claim, one: Evidence) -> str:
    if claim.rank is None and one.score is not None:
        return f"{one.score:g}"
    return _right(one)


def _right(one: Evidence) -> str:
    if one.rank is None:
        return f"a score of {one.score:g}" if one.score is not None else ""
    rank = nth(one.rank)
    if one.worst is not None and one.worst > one.rank:
        rank = f"{rank} to {nth(one.worst)} (equal printed scores)"
    score = f" with a score of {one.score:g}" if one.score is not None else ""
    return f"{rank} of {one.of}{score}" if one.of else f"{rank}{score}"


def _in_edition(one: Evidence) -> str:
    return f"{nth(one.rank or 0)} in {one.edition}"


def _place(claim: Claim) -> str:
    of = f" of {claim.of}" if claim.of else ""
    return f"{name_of(claim.unit)} is {nth(claim.rank or 0)}{of}"
