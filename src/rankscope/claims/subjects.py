"""Who a sentence is about: units, epithets and pronouns, and which of them may have a rank."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rankscope.claims.gazetteer import words
from rankscope.claims.lexemes import Lexeme, Sort
from rankscope.claims.ranked import sort, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.claims.model import Span

_OBLIQUE = words("subjects", "oblique")
"""Words after which a unit is what another is set against."""
_IN = frozenset({"in", "across", "into", "within", "throughout"})
_MAKER = words("subjects", "maker")
_PRONOUNS = frozenset({"it", "its"})
_GENERIC = frozenset({"country", "nation", "state", "republic", "federation"})
_SHARE = frozenset({"tied", "joint", "jointly", "share", "shared", "both"})


@dataclass(frozen=True, slots=True)
class Subject:
    """A unit where a sentence names it; ``oblique`` where another is set against it."""

    unit: str
    at: int
    span: Span
    oblique: bool


@dataclass(slots=True)
class Spoken:
    """The units of a text so far: the last subject, and all in the order of their last mention."""

    subject: str = ""
    recent: list[str] = field(default_factory=list)

    def mention(self, unit: str) -> None:
        """Note that a unit was named."""
        if unit in self.recent:
            self.recent.remove(unit)
        self.recent.append(unit)
        del self.recent[:-40]

    def of(self, candidates: Sequence[str]) -> str:
        """Return the candidate that was named last; the first where none was."""
        named = [unit for unit in reversed(self.recent) if unit in candidates]
        return named[0] if named else candidates[0]


def subjects_of(given: Sequence[Lexeme], spoken: Spoken) -> tuple[Subject, ...]:
    """Return the units of a sentence in order, pronouns and epithets resolved.

    ``spoken`` is moved on: what is named here is what the next sentence may mean.
    """
    found: list[Subject] = []
    for at, lexeme in enumerate(given):
        unit = _unit(given, at, spoken, found)
        if not unit:
            continue
        if lexeme.sort is Sort.DEMONYM and (_maker(given, at) or _demonym_of_person(given, at)):
            continue
        found.append(Subject(unit, at, lexeme.span, _is_oblique(given, at, found)))
        if lexeme.sort is not Sort.DEMONYM:
            spoken.mention(unit)
    first = next((one.unit for one in found if not one.oblique), "")
    spoken.subject = first or spoken.subject
    return tuple(found)


def _unit(given: Sequence[Lexeme], at: int, spoken: Spoken, found: Sequence[Subject]) -> str:
    lexeme = given[at]
    if lexeme.sort is Sort.UNIT:
        return "" if word(given, at + 1) == "-" and _maker(given, at) else lexeme.key
    if lexeme.sort is Sort.DEMONYM:
        return lexeme.key
    before = word(given, at - 1)
    if lexeme.sort is Sort.EPITHET and before in {"the", "this", "that", "oil", "tiny", "small"}:
        return spoken.of(lexeme.key.split(";"))
    if lexeme.lower in _PRONOUNS or (
        lexeme.lower.removesuffix("'s") in _GENERIC and before in {"the", "this", "that"}
    ):
        here = next((one.unit for one in reversed(found) if not one.oblique), "")
        return here or spoken.subject
    return ""


def _maker(given: Sequence[Lexeme], at: int) -> bool:
    """``UK-based Tortoise``, ``the British firm``."""
    after = word(given, at + 1)
    if after == "-":
        return word(given, at + 2) in {"based", "headquartered", "born", "owned", "led", "made"}
    return after in _MAKER or sort(given, at + 1) in {Sort.PUBLISHER, Sort.HOUSE}


def _demonym_of_person(given: Sequence[Lexeme], at: int) -> bool:
    return word(given, at + 1) in {"president", "columnist", "analyst", "economist", "minister's"}


def _is_oblique(given: Sequence[Lexeme], at: int, found: Sequence[Subject]) -> bool:
    """Whether another is set against the unit, or it is one of a list of such."""
    before = at - 1
    while word(given, before) in {
        "the",
        "both",
        "of",
        "members",
        "member",
        "neighbours",
        "neighbors",
    } or (sort(given, before) is Sort.GROUP):
        if word(given, before) == "of" and word(given, before - 1) != "ahead":
            return False
        before -= 1
    if word(given, before) in _OBLIQUE or word(given, before) == "ahead":
        return not _leads(given, before)
    if word(given, before) in _IN:
        return True
    joint = word(given, before) in {",", "and", "or", "&"}
    if not (joint and found):
        return False
    last = found[-1]
    between = {word(given, i) for i in range(last.at + 1, at)}
    return (
        last.oblique
        and between <= {",", "and", "or", "the", "&", "fellow", "as", "well"}
        and (_ends_list(given, at))
    )


def _relative(given: Sequence[Lexeme], unit: int, at: int) -> bool:
    """``behind Chile, which was 53rd``: the clause is about what another was set against."""
    start = unit + 1 + (word(given, unit + 1) == ",")
    clause = {word(given, i) for i in range(start + 1, at)}
    return word(given, start) in {"which", "that"} and "," not in clause


def _leads(given: Sequence[Lexeme], at: int) -> bool:
    """``after China`` at the head of a sentence sets nothing against it; ``to China`` may not."""
    return word(given, at) == "by" and word(given, at - 1) in {"held", "taken", "occupied"}


def _ends_list(given: Sequence[Lexeme], at: int) -> bool:
    """Whether what follows a unit goes on or ends a list, and is no verb of its own."""
    return sort(given, at + 1) in {None, Sort.SIGN} or word(given, at + 1) in {
        "and",
        "between",
        "or",
        "to",
        "as",
        "in",
        "on",
        "at",
        "while",
        "but",
        "with",
        "by",
    }


def before(given: Sequence[Lexeme], found: Sequence[Subject], at: int) -> tuple[Subject, ...]:
    """Return the units whose rank stands at a lexeme: the nearest subject before it.

    More than one where they share it (``India and Brazil are tied for 30th``).
    """
    close = [
        one
        for one in found
        if one.at == at - 1 or (one.at == at - 2 and word(given, at - 1) == "(")
    ]
    if close:
        return (close[0],)
    eligible = [
        one for one in found if one.at < at and (not one.oblique or _relative(given, one.at, at))
    ]
    if not eligible:
        return ()
    nearest = eligible[-1]
    if not {word(given, i) for i in range(nearest.at, at)} & _SHARE:
        return (nearest,)
    return tuple(listed(given, eligible))


def listed(given: Sequence[Lexeme], eligible: Sequence[Subject]) -> list[Subject]:
    """Return the last units that are joined by commas and ``and``, in order."""
    chosen = [eligible[-1]]
    for one in reversed(eligible[:-1]):
        between = {word(given, i) for i in range(one.at + 1, chosen[0].at)}
        if not between <= {",", "and", "the", "both", "&"}:
            break
        chosen.insert(0, one)
    return chosen
