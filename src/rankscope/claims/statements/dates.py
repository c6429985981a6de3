"""When something is said to have happened: ``In 2023``, ``on Thursday``, ``last year``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.claims.statements.tables import closed

if TYPE_CHECKING:
    from collections.abc import Sequence

FARTHEST = 12
"""How many words beside a statement its date may stand."""
_BEFORE = frozenset({"in", "on", "since", "by", "until", "during", "from"})


def date_near(words: Sequence[str], start: int, end: int) -> tuple[int, int] | None:
    """Return the tokens of the date in a statement, or else of the nearest beside it."""
    low, high = max(0, start - FARTHEST), min(len(words), end + 4)
    found = [one for at in range(low, high) if (one := _date_at(words, at)) is not None]
    if not found:
        return None
    return min(found, key=lambda one: max(start - one[0], one[0] - end, 0))


def _date_at(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """Return the date that begins at a word, its preposition with it."""
    begin = at + 1 if words[at] in _BEFORE else at
    end = _bare_date(words, begin)
    if end is None:
        return None
    led = at > 0 and words[at - 1] in _BEFORE
    alone = (
        begin == at and not led and (words[at] in closed("time") or words[at] in closed("weekday"))
    )
    return (at, end) if alone or begin > at else None


def _bare_date(words: Sequence[str], at: int) -> int | None:
    """Return where a date without preposition ends."""
    word = words[at] if at < len(words) else ""
    following = words[at + 1] if at + 1 < len(words) else ""
    if word in closed("time"):
        if following in closed("period") or following in closed("weekday"):
            return at + 2
        return _bare_date(words, at + 1) if word in {"early", "late", "mid"} else None
    if word in closed("weekday"):
        return at + 1
    if is_year(word):
        return at + 1
    return _with_month(words, at)


def _with_month(words: Sequence[str], at: int) -> int | None:
    """``March``, ``3 March 2025``, ``March 3, 2025``."""
    if at < len(words) and _is_day(words[at]):
        at += 1
    if at >= len(words) or words[at] not in closed("month"):
        return None
    end = at + 1
    if end < len(words) and _is_day(words[end]):
        end += 1
    if end + 1 < len(words) and words[end] == "," and is_year(words[end + 1]):
        end += 1
    return end + 1 if end < len(words) and is_year(words[end]) else end


def _is_day(word: str) -> bool:
    return word.rstrip("stndrh").isdigit() and len(word.rstrip("stndrh")) <= 2


def is_year(word: str) -> bool:
    """Tell whether a word is a year of our time."""
    return len(word) == 4 and word.isascii() and word.isdigit() and "1950" <= word <= "2099"
