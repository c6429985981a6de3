"""Numbers as people read them: separators, sensible digits, a true minus, a dash for nothing."""

from __future__ import annotations

import math

from rankscope._words import ordinal

__all__ = [
    "MISSING",
    "coordinate",
    "figure",
    "fixed",
    "ordinal",
    "percent",
    "score_decimals",
    "significant",
]

MISSING = "–"
_MINUS = "−"
_MOST_DECIMALS = 6
_NO_DECIMALS = 1e3
_LARGE = ((1e12, "trillion"), (1e9, "billion"))

_SLACK = 1e-9


def fixed(value: float, decimals: int) -> str:
    """Return a number with that many decimals; a dash where it is missing."""
    if not math.isfinite(value):
        return MISSING
    text = f"{value:,.{decimals}f}"
    return text.replace("-", _MINUS) if float(text.replace(",", "")) else text.lstrip("-")


def significant(value: float, digits: int = 3) -> str:
    """Return a number with about that many digits that matter; whole digits are never rounded."""
    if not math.isfinite(value):
        return MISSING
    if value == 0:
        return "0"
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    if decimals > _MOST_DECIMALS:
        return f"{value:.{digits}g}".replace("-", _MINUS)
    return fixed(value, decimals)


def figure(value: float, decimals: int | None = None) -> str:
    """Return a figure with the decimals that its definition asks for, else with sensible digits.

    From a thousand on decimals say nothing, from a thousand millions on digits do not.
    """
    if not math.isfinite(value):
        return MISSING
    for size, word in _LARGE:
        if abs(value) >= size:
            return f"{significant(value / size)} {word}"
    if decimals is None or value == 0:
        return significant(value)
    return fixed(value, 0 if abs(value) >= _NO_DECIMALS else decimals)


def score_decimals(largest: float) -> int:
    """Return how many decimals tell scores apart, from the largest score there is."""
    if not math.isfinite(largest) or largest <= 0:
        return 2
    return min(_MOST_DECIMALS, max(0, 3 - math.ceil(math.log10(largest))))


def percent(share: float) -> str:
    """Return a share as a percentage without decimals, never rounding up to all.

    A sum of weights may miss 1 in its last bits and is all nevertheless.

    >>> percent(0.996), percent(1 - 4e-16)
    ('99%', '100%')
    """
    if not math.isfinite(share):
        return MISSING
    return f"{min(99, round(share * 100)) if share < 1 - _SLACK else 100}%"


def coordinate(value: float) -> str:
    """Return a number for a drawing: at most two decimals and no zeros behind them."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
