"""A unit's change of rank in one sentence."""

from __future__ import annotations

import math
from typing import NamedTuple

from rankscope._words import join_words, ordinal, visible


class Move(NamedTuple):
    """A unit's ranks in both editions, and the places gained by each cause; NaN: not known."""

    name: str
    before: int
    after: int
    shares: tuple[tuple[str, float], ...]


def move_sentence(move: Move) -> str:
    """Say how a rank changed and by what, the largest cause first.

    >>> move_sentence(Move("Brazil", 12, 9, (("Weights", -1.0), ("Data", 4.0))))
    'Brazil rises from 12th to 9th: +4 places by data, -1 by weights.'
    >>> move_sentence(Move("Chad", 5, 5, (("Data", 0.0),)))
    'Chad stays 5th.'
    """
    where = _where(move)
    if any(math.isnan(share) for _, share in move.shares):
        return f"{where}; by what can not be said, for it has no rank in some mixture of both."
    told = [(share, cause) for cause, share in move.shares if _digits(share) != "0"]
    parts = [
        f"{_signed(share)}{_places(share) if first else ''} by {_inside(cause)}"
        for first, (share, cause) in _largest_first(told)
    ]
    return f"{where}: {', '.join(parts)}." if parts else f"{where}."


def entered_sentence(names: tuple[str, ...], left: tuple[str, ...]) -> str:
    """Say who entered the ranking and who left it; empty where nobody did."""
    parts = []
    if names:
        parts.append(f"{_listed(names)} entered the ranking")
    if left:
        parts.append(f"{_listed(left)} left {'it' if names else 'the ranking'}")
    return f"{' and '.join(parts)}." if parts else ""


def _listed(names: tuple[str, ...], most: int = 6) -> str:
    shown = [visible(name) for name in names[:most]]
    more = len(names) - most
    return join_words([*shown, f"{more:,} more"] if more > 0 else shown, "and")


def _where(move: Move) -> str:
    name = visible(move.name)
    if move.before == move.after:
        return f"{name} stays {ordinal(move.after)}"
    verb = "rises" if move.after < move.before else "falls"
    return f"{name} {verb} from {ordinal(move.before)} to {ordinal(move.after)}"


def _largest_first(told: list[tuple[float, str]]) -> list[tuple[bool, tuple[float, str]]]:
    ordered = sorted(told, key=lambda one: -abs(one[0]))
    return [(place == 0, one) for place, one in enumerate(ordered)]


def _digits(share: float) -> str:
    """Return the size of a share with one decimal, without that where it is zero."""
    return f"{abs(share):.1f}".removesuffix(".0")


def _signed(share: float) -> str:
    return f"{'+' if share > 0 else '-'}{_digits(share)}"


def _places(share: float) -> str:
    return " place" if _digits(share) == "1" else " places"


def _inside(cause: str) -> str:
    """Return the name of a cause as it stands inside a sentence."""
    return cause[:1].lower() + cause[1:]
