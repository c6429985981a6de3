"""The answer of a scenario in one or two sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import ordinal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.scenario.outcome import Outcome

CAVEAT = (
    "This is arithmetic on ranks, not a forecast: it says what the index would show if these "
    "numbers were others and all else stayed as it is."
)


def answer(found: Outcome) -> str:
    """Return what a scenario does to the unit that it is about, or to whom it does most."""
    made = [unit for unit in found.subjects if unit in found.played.merged]
    if made:
        return " ".join(_made(found, unit) for unit in made)
    if not found.subjects:
        return "Nobody's values change, so no score and no rank does."
    about = found.played.befallen or found.subjects
    if len(about) > 1:
        return _several(found, about)
    partners = [unit for unit in found.subjects if unit not in about]
    told = [*_moved(found, about[0]), *(_moved(found, unit)[0] for unit in partners[:3])]
    return " ".join(filter(None, told))


def chance(share: float) -> str:
    """Return a probability in words: ``38% of draws``, ``no draw``, ``every draw``.

    >>> chance(0.381), chance(0.0), chance(1.0), chance(0.001)
    ('38% of draws', 'no draw', 'every draw', 'fewer than 1% of draws')
    """
    if share == 0:
        return "no draw"
    if share == 1:
        return "every draw"
    if share < 0.005:
        return "fewer than 1% of draws"
    return f"{min(round(share * 100), 99)}% of draws"


def name_of(found: Outcome, unit: str) -> str:
    """Return the name of a unit before or after."""
    names = dict(zip(found.before.units, found.before.names, strict=True))
    names |= dict(zip(found.after.units, found.after.names, strict=True))
    return names[unit]


def _moved(found: Outcome, unit: str) -> tuple[str, str]:
    before, after = found.rank_before(unit), found.rank_after(unit)
    name, of = name_of(found, unit), found.after.ranked(view=found.view)
    if not before or not after:
        has = (
            "has no rank before and after"
            if not before and not after
            else (
                f"is {ordinal(after)} of {of} then, and had no rank"
                if after
                else f"was {ordinal(before)}, and has no rank then"
            )
        )
        return f"{name} {has}.", ""
    moves = {0: f"stays {ordinal(before)}", 1: f"rises from {ordinal(before)} to {ordinal(after)}"}
    fall = f"falls from {ordinal(before)} to {ordinal(after)}"
    said = moves.get(int(np.sign(before - after)), fall)
    return f"{name} {said} of {of}{_score(found, unit)}.", _sure(found, unit)


def _score(found: Outcome, unit: str) -> str:
    """Say the score before and after, where it changes as it is printed."""
    one, other = (
        float(result.score(view=found.view)[result.units.index(unit)])
        for result in (found.before, found.after)
    )
    decimals = 1 if max(abs(one), abs(other)) >= 10 else 2 if max(abs(one), abs(other)) >= 1 else 3
    before, after = f"{one:.{decimals}f}", f"{other:.{decimals}f}"
    return "" if before == after else f", with a score of {after} instead of {before}"


def _sure(found: Outcome, unit: str) -> str:
    """Say how often the unit moves, and how far, in the draws of the index's own uncertainty."""
    if found.chances is None or unit not in found.both:
        return ""
    row = found.both.index(unit)
    better, worse = found.chances.better()[row], found.chances.worse()[row]
    low, high = (int(one) for one in found.chances.places((0.05, 0.95))[:, row])
    if better == 0 and worse == 0:
        return "So it is in every draw of what could defensibly be otherwise in the index."
    where = f"it gains places in {chance(better)} and loses some in {chance(worse)}"
    if better == 0:
        where = f"it loses places in {chance(worse)} and gains some in none"
    if worse == 0:
        where = f"it gains places in {chance(better)} and loses some in none"
    return f"Over what could defensibly be otherwise in the index, {where}; {_span(low, high)}."


def _span(low: int, high: int) -> str:
    """Return between how many places lost and gained nine of ten draws are."""
    if low == high:
        return f"in nine of ten it is {_places(low)}"
    return f"nine of ten lie between {_places(low)} and {_places(high)}"


def _places(count: int) -> str:
    if count == 0:
        return "no move"
    noun = "place" if abs(count) == 1 else "places"
    return f"{abs(count)} {noun} {'up' if count > 0 else 'down'}"


def _made(found: Outcome, unit: str) -> str:
    rank, of = found.rank_after(unit), found.after.ranked(view=found.view)
    name = name_of(found, unit)
    members = len(found.played.merged[unit])
    if not rank:
        return f"{name}, {members} units as one, has no rank: too many of its values are missing."
    said = f"{name}, {members} units as one, would rank {ordinal(rank)} of {of}"
    if found.chances is None:
        return f"{said}."
    low, high = found.chances.after.interval()[:, found.after.units.index(unit)]
    return f"{said}; in nine of ten draws between {ordinal(int(low))} and {ordinal(int(high))}."


def _several(found: Outcome, units: Sequence[str]) -> str:
    """Say how many of the changed units rise and fall, and who moves most."""
    moves = {
        unit: found.rank_before(unit) - found.rank_after(unit)
        for unit in units
        if found.rank_before(unit) and found.rank_after(unit)
    }
    rise, fall = (sum(np.sign(one) == way for one in moves.values()) for way in (1, -1))
    said = f"Of {len(moves)} units that it changes, {rise} rise and {fall} fall"
    if not (rise or fall):
        return f"None of the {len(moves)} units that it changes moves."
    unit = max(moves, key=lambda one: abs(moves[one]))
    before, after = found.rank_before(unit), found.rank_after(unit)
    most = f"{name_of(found, unit)} moves most, from {ordinal(before)} to {ordinal(after)}"
    return f"{said}; {most}."
