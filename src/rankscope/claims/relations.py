"""Claims without a figure of their own: in the top ten, ahead of, best of a group, moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.claims.editions import Sentence, edition_at, index_at
from rankscope.claims.gazetteer import words
from rankscope.claims.lexemes import Sort
from rankscope.claims.model import OVERALL, Claim, Kind, Span
from rankscope.claims.ranked import TABLE_WORDS, fields_list, in_field, sort, word
from rankscope.claims.subjects import before

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_UP = words("relations", "up")
_DOWN = words("relations", "down")
_PLACES = words("relations", "places")
_AHEAD = words("relations", "ahead")
_BEHIND = frozenset(["behind", "below", "trailing", "trails", "trailed"])
_BEST = frozenset(["top", "best", "highest", "first"])
_NOT = words("relations", "not")


@dataclass(frozen=True, slots=True)
class _Said:
    kind: Kind
    at: int
    end: int
    rank: int | None = None
    places: int | None = None
    than: tuple[str, ...] = ()
    among: str = ""
    fields: tuple[str, ...] = ()
    not_so: bool = False


def claims_of(text: Sequence[Sentence], number: int, known: Sequence[Claim]) -> Iterator[Claim]:
    """Yield what a sentence says of ranks without stating them.

    Only where it names an index or states a rank: ``behind China`` alone may be about trade.
    """
    here = text[number]
    ranked = any(claim.kind in {Kind.RANK, Kind.SCORE} for claim in known) or any(
        one.lower in TABLE_WORDS for one in here.given
    )
    readers: tuple[Callable[[Sentence, int], _Said | None], ...] = (_within, _moved, _beside, _best)
    for at in range(len(here.given)):
        for read in readers:
            said = read(here, at)
            if said is not None and (
                here.names or ranked or said.kind in {Kind.WITHIN, Kind.BEYOND}
            ):
                yield from _claims(text, number, said)


def _claims(text: Sequence[Sentence], number: int, said: _Said) -> Iterator[Claim]:
    here = text[number]
    units = before(here.given, here.subjects, said.at)
    index = index_at(text, number, said.at)
    if not units or not index or units[0].unit in said.than:
        return
    words = {one.lower for one in here.given[units[0].at : said.at]}
    if words & {"would", "could", "should", "might", "hopes", "aims", "wants", "plans", "if"}:
        return
    edition = edition_at(text, number, said.at, index, None)
    for name in said.fields or ("",):
        yield Claim(
            said.kind,
            units[0].unit,
            index,
            Span(units[0].span.start, here.given[said.end - 1].end),
            field=(in_field(name, index) or name) if name else OVERALL,
            edition=edition.year,
            edition_said=edition.said,
            rank=said.rank,
            places=said.places,
            than=said.than,
            among=said.among,
            negated=said.not_so,
            parts={"unit": units[0].span},
        )


def _within(here: Sentence, at: int) -> _Said | None:
    """``in the top ten``, ``not in the top 20``, ``reached the top five in infrastructure``."""
    given = here.given
    number = at + 1 + (word(given, at + 1) == "-")
    if word(given, at) != "top" or sort(given, number) is not Sort.NUMBER:
        return None
    if word(given, number + 1) in {":", "are", "were", "is"} or given[number].number > 150:
        return None
    end = number + 1
    fields: tuple[str, ...] = ()
    if word(given, end) in {"in", "for", "on"}:
        start = end + 1 + (word(given, end + 1) in {"the", "its"})
        read = fields_list(given, start)
        fields = tuple(given[one].key for one in read)
        end = read[-1] + 1 if read else end
    near = {word(given, back) for back in range(max(at - 6, 0), at)}
    kind = Kind.BEYOND if near & _NOT else Kind.WITHIN
    return _Said(kind, at, end, rank=given[number].whole, fields=fields)


def _moved(here: Sentence, at: int) -> _Said | None:
    """``climbed eight places``, ``17 positions up``; ``two places above Brazil`` is no move."""
    given = here.given
    if sort(given, at) is not Sort.NUMBER or word(given, at + 1) not in _PLACES:
        return None
    near = {word(given, i) for i in (at - 3, at - 2, at - 1, at + 2)}
    sign = 1 if near & _UP else -1 if near & _DOWN else 0
    if not sign or word(given, at + 2) in {"above", "below", "behind", "ahead"}:
        return None
    return _Said(Kind.MOVED, at, at + 2, places=sign * given[at].whole)


def _beside(here: Sentence, at: int) -> _Said | None:
    """``ahead of the US and China``, ``behind India and Brazil``, ``overtaking the UAE``."""
    given = here.given
    ahead = word(given, at) in _AHEAD or (
        word(given, at) == "ahead" and word(given, at + 1) == "of"
    )
    if not ahead and word(given, at) not in _BEHIND:
        return None
    start = at + (2 if word(given, at) == "ahead" else 1)
    than: list[str] = []
    end = start
    for one in here.subjects:
        skipped = {word(given, i) for i in range(end, one.at)}
        if one.at < start or sort(given, one.at) is not Sort.UNIT:
            continue
        if (
            not skipped <= {",", "and", "the", "fellow", "members", "both", "brics", "only", "of"}
            or one.unit in than
        ):
            break
        than.append(one.unit)
        end = one.at + 1
    if not than:
        return None
    return _Said(Kind.AHEAD if ahead else Kind.BEHIND, at, end, than=tuple(than))


def _best(here: Sentence, at: int) -> _Said | None:
    """Read ``the top Arab state``, ``the best-placed Arab nation``."""
    given = here.given
    if word(given, at) not in _BEST:
        return None
    end = at + 1
    while word(given, end) in {"-", "placed", "ranked", "ranking", "performing"}:
        end += 1
    if sort(given, end) is not Sort.GROUP or word(given, at) == "first":
        return None
    return _Said(Kind.FIRST_AMONG, at, end + 1, rank=1, among=given[end].key)
