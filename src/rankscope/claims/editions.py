"""Which index, edition and size a claim is about, from its own words or those around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from rankscope.claims.gazetteer import editions, words
from rankscope.claims.lexemes import Lexeme, Sort
from rankscope.claims.ranked import COUNTRIES, PLACE, Ranked, publishes_table, sort, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.claims.subjects import Subject

REACH_BACK = 8
"""How many sentences an index stays the one at hand."""
REACH_ON = 2
"""How many sentences ahead the index may be named for the first time."""
_OTHER_TABLES = words("editions", "other tables")
_SIZED_BY = words("editions", "sized by")
_SMALLEST_SIZE = 20
_DATED = re.compile(r"/(20[12]\d)[/-](\d{1,2})\b")


class Size(NamedTuple):
    """A size that a text states: where, how many, and for which year where it says so."""

    at: int
    number: int
    year: int | None


@dataclass(slots=True)
class Sentence:
    """A sentence with what it names."""

    given: tuple[Lexeme, ...]
    subjects: tuple[Subject, ...]
    names: list[tuple[int, str]] = field(default_factory=list)
    """Where an index, or a publisher that stands for one, is named, and its key."""
    sizes: list[Size] = field(default_factory=list)
    dated: str = ""
    """Year and month in the last address of the web up to here, which dates what follows."""
    foreign: bool = False
    """Whether it is about a table that is not in ours: ``the World Cup``."""


def sentence_of(
    given: tuple[Lexeme, ...], subjects: tuple[Subject, ...], dated: str = ""
) -> Sentence:
    """Return a sentence with the indices and sizes that it names; ``dated`` until it dates."""
    made = Sentence(given, subjects, dated=_date_in(given) or dated)
    for at, lexeme in enumerate(given):
        if lexeme.sort is Sort.INDEX:
            made.names.append((at, lexeme.key))
    made.names.extend(_publishers(given, named=bool(made.names)))
    made.names.sort()
    made.sizes.extend(_sizes(given))
    made.foreign = not made.names and _names_another(given)
    return made


def _date_in(given: Sequence[Lexeme]) -> str:
    for lexeme in given:
        if lexeme.lower.startswith(("http", "www.")):
            found = _DATED.search(lexeme.lower)
            if found is not None:
                return f"{found[1]}-{int(found[2]):02d}"
    return ""


def _publishers(given: Sequence[Lexeme], *, named: bool) -> list[tuple[int, str]]:
    """Return publishers that stand for their index: ``the Oxford Insights ranking``."""
    beside = [(at, one.key) for at, one in enumerate(given) if publishes_table(given, at)]
    if named or beside:
        return beside
    strong = [(at, one.key) for at, one in enumerate(given) if one.sort is Sort.PUBLISHER]
    if strong:
        return strong
    words = {one.lower for one in given}
    about = words & {"ai", "artificial"} and words & {"countries", "nations", "index", "ranking"}
    return [(at, one.key) for at, one in enumerate(given) if one.sort is Sort.HOUSE and about]


def _names_another(given: Sequence[Lexeme]) -> bool:
    return any(
        lexeme.lower.removesuffix("'s") in _OTHER_TABLES
        and lexeme.capital
        and at > 0
        and given[at - 1].capital
        for at, lexeme in enumerate(given)
    )


def _sizes(given: Sequence[Lexeme]) -> list[Size]:
    found: list[Size] = []
    named = any(lexeme.sort in {Sort.INDEX, Sort.PUBLISHER} for lexeme in given)
    for at, lexeme in enumerate(given):
        if lexeme.sort is not Sort.NUMBER or not _SMALLEST_SIZE <= lexeme.number <= 400:
            continue
        near = [word(given, at + 1), word(given, at + 2)]
        counted = near[0] in COUNTRIES or (
            near[1] in COUNTRIES and sort(given, at + 1) is Sort.WORD and near[0] != "of"
        )
        led = bool({word(given, at - 1), word(given, at - 2)} & _SIZED_BY)
        grew = bool(found) and word(given, at - 1) in {"from", "to"}
        led = led or named or word(given, at - 1) == "("
        inside = word(given, at - 1) == "in" and word(given, at - 2) not in {
            "takes",
            "took",
            "taking",
        }
        if (counted and led and not inside) or grew:
            found.append(Size(at, lexeme.whole, _year_after(given, at)))
        elif word(given, at - 1) == "of" and (_is_rank(given, at - 2) or _out_of(given, at - 2)):
            found.append(Size(at, lexeme.whole, None))
    return found


def _is_rank(given: Sequence[Lexeme], at: int) -> bool:
    return sort(given, at) is Sort.ORDINAL or (
        word(given, at) in PLACE and sort(given, at - 1) is Sort.ORDINAL
    )


def _out_of(given: Sequence[Lexeme], at: int) -> bool:
    """``out of 83``, but not ``53 points out of 100``."""
    points = word(given, at - 1) in {"points", "score"} or sort(given, at - 1) is Sort.NUMBER
    return word(given, at) == "out" and not points


def _year_after(given: Sequence[Lexeme], at: int) -> int | None:
    for near in range(at + 1, at + 4):
        if sort(given, near) is Sort.YEAR and word(given, near - 1) == "in":
            return given[near].whole
    return None


def index_at(text: Sequence[Sentence], number: int, at: int, found: Ranked | None = None) -> str:
    """Return the key of the index that a rank is on; "" where no index is at hand.

    The one named beside the rank, else the last before it in the sentence, else the first
    after it, else the last of the sentences before, else the first of the next two.
    """
    if found is not None and found.index is not None:
        return found.index.key
    here = text[number]
    if here.names:
        earlier = [key for where, key in here.names if where < at]
        return earlier[-1] if earlier else here.names[0][1]
    if here.foreign:
        return ""
    for back in range(number - 1, max(number - 1 - REACH_BACK, -1), -1):
        if text[back].names:
            return text[back].names[-1][1]
        if text[back].foreign:
            return ""
    ahead = text[number + 1 : number + 1 + REACH_ON]
    return next((one.names[0][1] for one in ahead if one.names), "")


class Edited(NamedTuple):
    """The edition of a claim, and whether the text says so rather than lets it be inferred."""

    year: int | None
    said: bool


def edition_at(
    text: Sequence[Sentence], number: int, at: int, index: str, found: Ranked | None
) -> Edited:
    """Return the edition that a claim is about, as said or as inferred."""
    known = editions(index)
    years = {one.year for one in known}
    if found is not None and found.year is not None and not (found.prior and found.index):
        return Edited(found.year.whole, said=True)
    prior = found is not None and found.prior
    said = _said_before(text[number].given, at, years) if not prior else None
    if said is None:
        said = _said_near(text, number, index)
    if said is not None:
        return Edited(_previous(index, said) if prior else said, said=not prior)
    year = _by_size(text, number, index, found)
    if year is None:
        return Edited(None, said=False)
    return Edited(_previous(index, year) if prior else year, said=False)


def _previous(index: str, year: int) -> int | None:
    earlier = [one.year for one in editions(index) if one.year < year]
    return max(earlier, default=None)


def _said_before(given: Sequence[Lexeme], at: int, years: set[int]) -> int | None:
    """``In 2023 it ranked 31st``: the nearest year before the rank, no rank between."""
    for near in range(at - 1, -1, -1):
        if sort(given, near) is Sort.ORDINAL:
            return None
        if sort(given, near) is Sort.YEAR and given[near].whole in (years or {given[near].whole}):
            return given[near].whole
    return None


def _said_near(text: Sequence[Sentence], number: int, index: str) -> int | None:
    """Return the edition named with the index: in this sentence, else in the nearest."""
    named_here = any(key == index for _, key in text[number].names)
    ahead = 0 if named_here else REACH_ON
    order = sorted(
        range(max(number - REACH_BACK, 0), min(number + ahead + 1, len(text))),
        key=lambda other: (abs(other - number), other > number),
    )
    for other in order:
        for at, key in text[other].names:
            year = _named_with(text[other].given, at, index) if key == index else None
            if year is not None:
                return year
    return None


def _named_with(given: Sequence[Lexeme], at: int, index: str) -> int | None:
    """``2024 Global AI Index``, ``Global AI Index 2024``, ``the fifth edition of the …``."""
    years = {one.year for one in editions(index)}
    for near in (at + 1, at - 1, at - 2, at + 2, at + 3, *range(at - 3, at - 7, -1)):
        if near < 0 or near >= len(given):
            continue
        lexeme = given[near]
        beside = abs(near - at) <= 2 or word(given, near + 1) in {"edition", "ranking", "release"}
        if lexeme.sort is Sort.YEAR and beside and (not years or lexeme.whole in years):
            return int(lexeme.whole)
        if lexeme.sort is Sort.ORDINAL and (near == at - 1 or word(given, near + 1) == "edition"):
            return _nth_edition(index, lexeme.whole)
    return next(
        (
            lexeme.whole
            for near, lexeme in enumerate(given)
            if lexeme.sort is Sort.YEAR
            and lexeme.whole in years
            and (
                word(given, near + 1) in {"edition", "report", "index", "ranking"}
                or word(given, near - 1) in {"in", "for"}
            )
            and not any(size.year == lexeme.whole for size in _sizes(given))
            and not {sort(given, near - 2), sort(given, near - 3)} & {Sort.ORDINAL, Sort.NUMBER}
        ),
        None,
    )


def _nth_edition(index: str, ordinal: int) -> int | None:
    return next((one.year for one in editions(index) if one.ordinal == ordinal), None)


def _by_size(text: Sequence[Sentence], number: int, index: str, found: Ranked | None) -> int | None:
    of = found.of if found is not None and found.of else None
    of = of or size_at(text, number, index, None, prior=False)
    fitting = [one.year for one in editions(index) if of is not None and of in one.sizes]
    if len(fitting) == 1:
        return fitting[0]
    dated = text[number].dated
    if not dated:
        return None
    out = [one.year for one in editions(index) if one.since <= dated]
    allowed = [year for year in out if not fitting or year in fitting]
    return max(allowed, default=None)


def size_at(
    text: Sequence[Sentence], number: int, index: str, year: int | None, *, prior: bool
) -> int | None:
    """Return how many units the text says the index ranks, nearest to a sentence; else None."""
    near = range(max(number - REACH_BACK, 0), min(number + REACH_BACK + 1, len(text)))
    for other in sorted(near, key=lambda one: abs(one - number)):
        for size in text[other].sizes:
            if index_at(text, other, size.at) != index:
                continue
            fits = size.year == year if size.year is not None and year is not None else not prior
            if fits:
                return size.number
    return None
