"""Words: lists in prose, the nearest names, and text made safe to show."""

from __future__ import annotations

import difflib
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def join_words(words: Iterable[str], last: str = "or") -> str:
    """Join words as prose does.

    >>> join_words("abc")
    'a, b or c'
    """
    items = list(words)
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def nearest(word: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Return up to ``count`` known words that look most like ``word``."""
    by_fold = {name.casefold(): name for name in known}
    folds = difflib.get_close_matches(word.casefold(), list(by_fold), n=count, cutoff=0.6)
    return [by_fold[fold] for fold in folds]


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Return ``Did you mean ...?``, else the list of what is known when it is short."""
    close = nearest(word, known)
    if close:
        return f"Did you mean {join_words(map(visible, close))}?"
    if 0 < len(known) <= 12:
        return f"Known are {join_words(map(visible, sorted(known)), 'and')}."
    return ""


def visible(text: str, limit: int = 80) -> str:
    """Return text of unknown origin fit for a message.

    Control and direction marks are written as escapes, so that a country's name
    can not move the cursor or turn the line around; long text is cut.
    """
    shown = "".join(c if _harmless(c) else f"\\u{ord(c):04x}" for c in text)
    return shown if len(shown) <= limit else f"{shown[: limit - 1]}…"


def _harmless(character: str) -> bool:
    """Whether a character neither controls a terminal nor turns the writing direction."""
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def ordinal(number: int) -> str:
    """Return ``1st``, ``2nd``, ``3rd``, ``11th``."""
    teens = 10 <= number % 100 <= 20
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"
