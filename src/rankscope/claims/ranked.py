"""Ranks as a sentence states them: the number, what qualifies it, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rankscope.claims.gazetteer import fields_called, words
from rankscope.claims.lexemes import Lexeme, Sort
from rankscope.claims.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACE = words("ranked", "place")
"""Nouns for a rank."""
RANK_VERBS = words("ranked", "rank verbs")
"""Verbs that are about ranks by themselves."""
COUNTRIES = words("ranked", "countries")
"""What an index ranks, as nouns after its size."""
TABLE_WORDS = words("ranked", "table words")
"""Words that mean the index at hand."""
_WORLD = frozenset(["globally", "worldwide", "internationally", "overall"])
_BEFORE_FIGURE = words("ranked", "before figure")
_MONTHS = words("ranked", "months")
_MAY_FOLLOW = words("ranked", "may follow")
_BEFORE_PRIOR = frozenset({"from", "previously", "formerly"})
_MOVES = words("relations", "up") | words("relations", "down")
_REGION = frozenset({"region", "continent", "bloc", "group", "neighbourhood"})
_LONGEST_REACH = 9
"""How many lexemes may stand between a rank and the index it is on."""


@dataclass(slots=True)
class Ranked:
    """A rank in a sentence: lexemes ``first`` up to, not with, ``end``, and its qualifiers."""

    rank: int
    first: int
    end: int
    span: Span
    firm: bool = False
    """Whether words about ranks stand beside it: ``31st place``, ``ranks 31st``, ``No. 31``."""
    of: int | None = None
    of_span: Span | None = None
    index: Lexeme | None = None
    index_spanned: bool = False
    fields: list[Lexeme] = field(default_factory=list)
    group: str = ""
    group_span: Span | None = None
    year: Lexeme | None = None
    prior: bool = False
    unit: int | None = None
    """The lexeme of the unit where it follows the rank: ``31st place for Russia``."""
    other: bool = False
    """Whether it is about something else: ``second in oil exports``."""


def word(given: Sequence[Lexeme], at: int) -> str:
    """Return a lexeme's words in lower case; "" beyond either end."""
    return given[at].lower if 0 <= at < len(given) else ""


def sort(given: Sequence[Lexeme], at: int) -> Sort | None:
    """Return what a lexeme is; None beyond either end."""
    return given[at].sort if 0 <= at < len(given) else None


def ranked_at(given: Sequence[Lexeme], at: int) -> Ranked | None:
    """Return the rank that a lexeme states, with its qualifiers; None where it states none."""
    found = _bare(given, at)
    if found is None:
        return None
    if word(given, found.end) in PLACE:
        found.firm = True
        found.end += 1
    elif word(given, found.end) == "-" and word(given, found.end + 1) in {"placed", "ranked"}:
        found.firm, found.unit, found.end = True, found.end + 2, found.end + 2
        return found if sort(given, found.end) is Sort.UNIT else None
    qualify(given, found)
    return found if found.firm or _may_end(given, found) else None


def _bare(given: Sequence[Lexeme], at: int) -> Ranked | None:
    """Return a rank without what follows: an ordinal, or a number that words before make a rank."""
    lexeme = given[at]
    if lexeme.sort is Sort.ORDINAL:
        return None if _is_no_rank(given, at) else _started(given, at, at, _beside(given, at))
    if lexeme.sort is Sort.NUMBER and lexeme.number == lexeme.whole and 1 <= lexeme.whole <= 400:
        return _numbered(given, at)
    return None


def _is_no_rank(given: Sequence[Lexeme], at: int) -> bool:
    """Dates, fractions, centuries and ``first,`` at the head of a sentence."""
    before, after = word(given, at - 1), word(given, at + 1)
    return (
        before in _MONTHS
        or (before in {"a", "one", "two"} and after in {"of", "", "."} and given[at].whole <= 10)
        or (at == 0 and after == "," and given[at].whole <= 10)
        or sort(given, at + 1) in {Sort.INDEX, Sort.PUBLISHER}
        or after in {"edition", "annual", "century", "time", "quarter", "half"}
    )


def _beside(given: Sequence[Lexeme], at: int) -> bool:
    near = {word(given, at - back) for back in (1, 2, 3)}
    return bool(near & RANK_VERBS)


def _numbered(given: Sequence[Lexeme], at: int) -> Ranked | None:
    """``No. 7``, ``number 14``, ``ranks 31``, ``at 57 of 181``, ``31 out of 83``, ``31/83``."""
    first = at
    if word(given, first - 1) == "." and word(given, first - 2) in {"no", "nr"}:
        first -= 1
    before = word(given, first - 1)
    if before == "at" and _unit_before(given, first - 2) and not _counted(given, at):
        return _started(given, at, at, firm=True)
    if before == "to" and word(given, first - 2) in _MOVES and not _counted(given, at):
        return _started(given, at, at, firm=True)
    if before in _BEFORE_FIGURE or (before in RANK_VERBS and not _counted(given, at)):
        return _started(given, at, first - (before in _BEFORE_FIGURE), firm=True)
    if before == "at" and {word(given, first - 2), word(given, first - 3)} & (
        RANK_VERBS
        | {"in", "stands", "sits", "is", "was", "stood", "sat", "trails", "follows", "trailed"}
    ):
        return None if _counted(given, at) else _started(given, at, at, firm=True)
    if _sized(given, at + 1) is not None and not _counted(given, at):
        return _started(given, at, at, firm=True)
    return None


def _unit_before(given: Sequence[Lexeme], at: int) -> bool:
    """``Nigeria at 69``, ``Qatar, at 34,``."""
    return sort(given, at - (word(given, at) == ",")) is Sort.UNIT


def _counted(given: Sequence[Lexeme], at: int) -> bool:
    """Whether a number counts things: ``ranks 83 countries``, ``at 22 percent``."""
    following = given[at + 1] if at + 1 < len(given) else None
    if following is None or following.sort in {Sort.SIGN, Sort.ORDINAL}:
        return word(given, at + 1) in {"%", "-", "."} and word(given, at + 2)[:1].isdigit()
    return following.sort is Sort.WORD and following.lower not in _MAY_FOLLOW | PLACE


def _started(given: Sequence[Lexeme], at: int, first: int, firm: bool) -> Ranked:
    span = Span(given[max(first, 0)].start, given[at].end)
    prior = word(given, first - 1) in _BEFORE_PRIOR or (
        word(given, first - 1) in {"the", "its", "a"} and word(given, first - 2) in _BEFORE_PRIOR
    )
    return Ranked(given[at].whole, max(first, 0), at + 1, span, firm, prior=prior)


def _sized(given: Sequence[Lexeme], at: int) -> tuple[int, int] | None:
    """``out of 83``, ``of 83 countries``, ``among the 83 nations``, ``/83``: number and end."""
    start = at
    if word(given, at) in {"place", "position", "spot"}:
        start = at + 1
    if word(given, start) == "/":
        return (start + 1, start + 2) if sort(given, start + 1) is Sort.NUMBER else None
    if word(given, start) == "out" and word(given, start + 1) == "of":
        start += 2
    elif word(given, start) in {"of", "among", "amongst"}:
        start += 1
    else:
        return None
    while word(given, start) in {"the", "a", "all", "total"} or (
        word(given, start) == "of" and word(given, start - 1) == "total"
    ):
        start += 1
    if sort(given, start) is not Sort.NUMBER:
        return None
    return start, start + 1


def qualify(given: Sequence[Lexeme], found: Ranked) -> None:
    """Read what qualifies a rank, as far as it goes, and move its end along."""
    steps = (_size, _world, _fields, _group, _region, _when, _index, _for_unit)
    moved = True
    while moved:
        start = found.end
        if word(given, start) == "," and _after_comma(given, start + 1):
            start += 1
        if word(given, start) in {"position", "place", "spot"}:
            start += 1
        moved = any(step(given, start, found) for step in steps)
    found.other = _about_other(given, found)


def _after_comma(given: Sequence[Lexeme], at: int) -> bool:
    """Whether a qualifier goes on after a comma: only sizes and ``up from`` do."""
    return word(given, at) in {"out", "of", "among"} and _sized(given, at) is not None


def _size(given: Sequence[Lexeme], at: int, found: Ranked) -> bool:
    sized = _sized(given, at)
    if sized is None or found.of is not None:
        return False
    number, end = sized
    found.of, found.of_span = given[number].whole, given[number].span
    skip = end
    while skip < end + 3 and sort(given, skip) is Sort.WORD and word(given, skip) not in COUNTRIES:
        skip += 1
    found.end = skip + 1 if word(given, skip) in COUNTRIES else end
    return True


def _world(given: Sequence[Lexeme], at: int, found: Ranked) -> bool:
    if word(given, at) in _WORLD:
        found.end = at + 1
        return True
    if word(given, at) in {"in", "of", "around", "across", "at"} and word(given, at + 1) == "the":
        end = at + 2
        if word(given, end) in {"world", "globe"}:
            found.end = end + 1
            return True
        while word(given, end) in {"overall", "global", "world", "latest", "new", "same", "main"}:
            end += 1
        if word(given, end) in TABLE_WORDS | {"rankings", "standings"}:
            found.end = end + 1
            return True
    if word(given, at) == "in" and word(given, at + 1) == "place":
        found.end = at + 2
        return True
    return False


def _fields(given: Sequence[Lexeme], at: int, found: Ranked) -> bool:
    if word(given, at) not in {"for", "in", "on", "under", "by", "across"} and not (
        word(given, at) == "when" and word(given, at + 1) == "it"
    ):
        return False
    start = at + 1
    while word(given, start) in {"the", "its", "both", "ai", "terms", "of", "a", "their", "global"}:
        start += 1
    read = fields_list(given, start)
    if not read:
        return False
    found.fields.extend(given[i] for i in read)
    end = read[-1] + 1
    nouns = {"pillar", "category", "categories", "dimension", "sub", "pillars", "component"}
    while word(given, end) in nouns | {"-", "index", "subpillar", "score", "ranking", "rankings"}:
        end += 1
    found.end = end
    return True


def fields_list(given: Sequence[Lexeme], start: int) -> list[int]:
    """Return where the fields of ``talent, research and commercial`` stand."""
    read: list[int] = []
    at = start
    while sort(given, at) is Sort.FIELD and not _opens_rank(given, at + 1, read):
        read.append(at)
        at += 1
        joint = at + (word(given, at) == ",")
        joint += word(given, joint) in {"and", "as"}
        if joint == at or sort(given, joint) is not Sort.FIELD:
            break
        at = joint
    return read


def _opens_rank(given: Sequence[Lexeme], at: int, read: list[int]) -> bool:
    """Whether a field already belongs to the next rank: ``research 12th``."""
    return bool(read) and sort(given, at) is Sort.ORDINAL


def _group(given: Sequence[Lexeme], at: int, found: Ranked) -> bool:
    if word(given, at) not in {"in", "among", "amongst", "of", "within", "across", "regionally"}:
        return False
    start = at + 1
    while word(given, start) in {"the", "all", "fellow", "its"}:
        start += 1
    if sort(given, start) is Sort.NUMBER and sort(given, start + 1) is Sort.GROUP:
        start += 1
    if sort(given, start) is not Sort.GROUP:
        return False
    found.group, found.group_span = given[start].key, given[start].span
    found.end = start + 1
    return True


def _region(given: Sequence[Lexeme], at: int, found: Ranked) -> bool:
    if word(given, at) == "regionally":
        found.group, found.group_span, found.end = "region", given[at].span, at + 1
        return True
    led = word(given, at) in {"in", "among"} and word(given, at + 1) in {"the", "its"}
    if not led or word(given, at + 2) not in _REGION:
        return False
    found.group, found.group_span, found.end = "region", given[at + 2].span, at + 3
    return True


def _when(given: Sequence[Lexeme], at: int, found: Ranked) -> bool:
    if word(given, at) in {"last", "previous"} and word(given, at + 1) in {"year", "time"}:
        found.prior, found.end = True, at + 2
        return True
    if word(given, at) in {"this", "that"} and word(given, at + 1) in {"year", "time"}:
        found.end = at + 2
        return True
    a_year = word(given, at) in {"a", "the"} and word(given, at + 1) == "year"
    if a_year and word(given, at + 2) in {"ago", "earlier", "before"}:
        found.prior, found.end = True, at + 3
        return True
    start = at + (word(given, at) in {"in", "for", "during", "as", "("})
    start += word(given, start) in {"of", "the"}
    if sort(given, start) is Sort.YEAR and start > at and not _of_name(given, start):
        found.year, found.end = given[start], start + 1
        end = start + 1
        if word(given, end) in {"edition", "index", "ranking", "rankings", "report"}:
            found.end = end + 1
        return True
    return _previous(given, at, found)


def _previous(given: Sequence[Lexeme], at: int, found: Ranked) -> bool:
    """``in the previous edition``, ``in last year's ranking``."""
    if word(given, at) not in {"in", "on"}:
        return False
    start = at + 1 + (word(given, at + 1) in {"the", "its"})
    if word(given, start) in {"previous", "prior", "preceding", "earlier", "last"}:
        end = start + 1 + (word(given, start + 1) in {"year's", "year"})
        if word(given, end) in TABLE_WORDS | {"edition", "report", "round", "year"}:
            found.prior, found.end = True, end + 1
            return True
    return False


def _of_name(given: Sequence[Lexeme], at: int) -> bool:
    """Whether a year belongs to what follows: ``the 2024 Global AI Index``, ``2024 points``."""
    if sort(given, at + 1) in {Sort.INDEX, Sort.PUBLISHER, Sort.HOUSE}:
        return True
    return word(given, at + 1) in COUNTRIES | {"points", "universities", "companies"}


def _index(given: Sequence[Lexeme], at: int, found: Ranked) -> bool:
    if word(given, at) not in {"on", "in", "of", "by", "according", "under", "from", "at", "per"}:
        return False
    for reach in range(at + 1, min(at + _LONGEST_REACH, len(given))):
        lexeme = given[reach]
        if lexeme.sort is Sort.INDEX:
            found.index, found.end, found.firm = lexeme, reach + 1, True
            if sort(given, reach + 1) is Sort.YEAR:
                found.year, found.end = given[reach + 1], reach + 2
            elif sort(given, reach - 1) is Sort.YEAR:
                found.year = given[reach - 1]
            return True
        if publishes_table(given, reach):
            found.index, found.end, found.firm = lexeme, reach + 1, True
            return True
        passing = lexeme.sort in {Sort.PUBLISHER, Sort.HOUSE, Sort.YEAR, Sort.DEMONYM}
        ordinal = lexeme.sort is Sort.ORDINAL and sort(given, reach + 1) is Sort.INDEX
        words = lexeme.sort is Sort.WORD and lexeme.lower not in {"and", "but", "while", "which"}
        sign = lexeme.lower in {"'", "’", "-", '"', "“"}
        if not (passing or ordinal or words or sign):
            return False
    return False


def publishes_table(given: Sequence[Lexeme], at: int) -> bool:
    """Whether a publisher's name stands for its index: ``Oxford Insights' ranking``."""
    if sort(given, at) not in {Sort.PUBLISHER, Sort.HOUSE}:
        return False
    after = [at + ahead for ahead in range(1, 5)]
    clause = next((one for one in after if sort(given, one) is not Sort.WORD), after[-1])
    by = word(given, at - 1) in {"of", "by", "from"} and word(given, at - 2) in TABLE_WORDS
    return by or any(word(given, one) in TABLE_WORDS for one in after if one <= clause)


def _for_unit(given: Sequence[Lexeme], at: int, found: Ranked) -> bool:
    if word(given, at) not in {"for", "by"} or found.unit is not None:
        return False
    start = at + 1 + (word(given, at + 1) == "the")
    if sort(given, start) is Sort.UNIT and not given[start].possessive:
        found.unit, found.end = start, start + 1
        return True
    return False


def _about_other(given: Sequence[Lexeme], found: Ranked) -> bool:
    """Whether what follows is a field that no index at hand has: ``second in oil exports``."""
    at = found.end
    if word(given, at) not in {"in", "for", "by"}:
        return False
    at += 1
    while word(given, at) in {"the", "its", "terms", "of", "a"}:
        at += 1
    return sort(given, at) in {Sort.WORD, Sort.DEMONYM} and word(given, at) not in {
        "ai",
        "artificial",
        "all",
        "this",
        "that",
        *TABLE_WORDS,
        "latest",
        "new",
        "same",
        "overall",
        "global",
        "second",
    }


def _may_end(given: Sequence[Lexeme], found: Ranked) -> bool:
    """Whether a bare ordinal may stand alone here: ``22nd in the world``, not ``22nd century``."""
    after = sort(given, found.end)
    if after in {None, Sort.SIGN, Sort.ORDINAL}:
        return word(given, found.end) not in {"-", "%"}
    if after is Sort.UNIT or after is Sort.YEAR:
        return True
    return after is Sort.WORD and word(given, found.end) in _MAY_FOLLOW


def in_field(name: str, index: str) -> str | None:
    """Return the field of an index that goes by a name; None where the index has none such."""
    return fields_called(name).get(index)
