"""Words and numbers that several sections of the audit report share."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rankscope._words import join_words
from rankscope.pages.numbers import fixed, percent, significant
from rankscope.pages.words import starting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rankscope.analyses.audit import Audit

NO_GROUP = "No group has two parts that could be compared."
NOTHING = "This could not be worked out."
_LARGE = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
_ALL_OF = "analysis of how firm the ranks are"


def two(value: float) -> str:
    """Return a number with two decimals, a dash where it is missing."""
    return fixed(value, 2)


def one(value: float) -> str:
    """Return a number with one decimal, a dash where it is missing."""
    return fixed(value, 1)


def share(value: float) -> str:
    """Return a share as a whole percentage; what is there is never 0%."""
    if math.isfinite(value) and 0 < value < 0.005:
        return "<1%"
    return percent(value)


def weight(value: float) -> str:
    """Return a weight in percent with a decimal."""
    return f"{fixed(value * 100, 1)}%"


def half(value: float) -> str:
    """Return a rank that may lie between two: ``4`` or ``4.5``."""
    return fixed(value, 0 if float(value).is_integer() else 1)


def magnitude(value: float) -> str:
    """Return a figure for a narrow column: large ones as ``1.56 tn``, ``33.6 bn`` or ``9.6 m``."""
    for size, word in _LARGE:
        if math.isfinite(value) and abs(value) >= size:
            return f"{significant(value / size)} {word}"
    return significant(value)


def probability(value: float) -> str:
    """Return a p-value as tables print it."""
    if not math.isfinite(value):
        return fixed(value, 3)
    return "<0.001" if value < 0.001 else fixed(value, 3)


def listed(names: Iterable[str], most: int = 5) -> str:
    """Return names as a list in words; beyond ``most`` only their number is said."""
    known = list(names)
    if len(known) > most + 1:
        known = [*known[:most], f"{len(known) - most:,} more"]
    return join_words(known, "and")


def why_not(found: Audit, *parts: str) -> str:
    """Return why there is no such part of an audit, in the words of the audit."""
    for part in (*parts, _ALL_OF):
        for problem in found.problems:
            if problem.startswith(f"There is no {part}"):
                return problem
    return NOTHING


def sentence(text: str) -> str:
    """Return a finding's sentence with a capital letter first."""
    return starting(text)
