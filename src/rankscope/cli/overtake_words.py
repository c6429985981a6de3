"""What an overtaking is in words: one sentence, and what is proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._words import join_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.overtake import Change, Overtaking

_NAMED = 3
"""So many nodes are named in a sentence; the others are counted."""

_SEEN = 5e-5
"""A change of weight below this is not shown."""


def points(share: float) -> str:
    """Return a share of all weight in points of 100: ``4.2``, and small ones with two digits."""
    value = 100 * share
    return f"{value:.1f}" if value >= 1 or value == 0 else f"{value:.2g}"


def levels_in_words(levels: Sequence[int]) -> str:
    """Say at which levels weights may move."""
    return f"at level{'s' if len(levels) > 1 else ''} {join_words(map(str, levels), 'and')}"


def set_in_words(weights: str, levels: Sequence[int]) -> str:
    """Say what may move: ``any weights at level 1``."""
    named = "any weights" if weights == "simplex" else f"weights within {weights}"
    return f"{named} {levels_in_words(levels)}"


def sentence(found: Overtaking) -> str:
    """Say in one sentence whether and when the lower unit passes the higher one."""
    lower, higher, change = found.lower.name, found.higher.name, found.fewest
    if not found.levels:
        return (
            f"No weights may move here: {lower} or {higher} has gaps, and where these are "
            "shares stay as they are."
        )
    where = set_in_words(found.weights, found.levels)
    if change.turns:
        return f"{lower} passes {higher} when {moved(change)}."
    if change.ties and change.highest > 0:
        return (
            f"{lower} should pass {higher} when {moved(change)}, and the ranks of the index do "
            "not show it."
        )
    if change.ties:
        return f"{lower} can draw level with {higher} but not pass it, with {where}."
    return f"{lower} can not pass {higher} with {where}: {reason(found)}."


def moved(change: Change) -> str:
    """Say how much weight moves, and from where to where."""
    if change.tie is None or change.points < _SEEN:
        return "hardly any weight moves: the two are level"
    pairs = zip(change.tie - change.before, change.names, strict=True)
    moves = sorted((float(by), name) for by, name in pairs if abs(by) > _SEEN)
    given = [name for by, name in moves if by < 0]
    taken = [name for by, name in reversed(moves) if by > 0]
    sides = [_listed(side) for side in (given, taken)]
    return (
        f"{points(change.points)} points of weight in 100 move, for example from {sides[0]} "
        f"to {sides[1]}"
    )


def reason(found: Overtaking) -> str:
    """Say why no weights do: it is ahead nowhere, or how far it stays behind at best."""
    if found.behind_everywhere:
        return f"it is ahead in none of {_listed(found.names)}"
    return f"at best it stays {-found.fewest.highest:.3g} {found.measure} behind"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    if more <= 0:
        return join_words(names, "and")
    return f"{', '.join(names[:_NAMED])} and {more} more"
