"""Reach in words: what the weights may do, and where a unit can stand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rankscope.cli.overtake_words import levels_in_words
from rankscope.cli.sheet import percent

if TYPE_CHECKING:
    from rankscope.analyses.exact.answer import Reach, UnitReach

_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def ordinal(rank: int) -> str:
    """Return a rank as a word: 1st, 2nd, 11th."""
    ending = "th" if 10 < rank % 100 < 14 else _ENDINGS.get(rank % 10, "th")
    return f"{rank}{ending}"


def while_weights(found: Reach) -> str:
    """Say what all weights of the set have in common."""
    from rankscope.methods.admissible import Bounded, Perturbed, Recovered, Simplex

    setting = found.settings[0]
    admissible, where = setting.varied.admissible, levels_in_words(setting.levels)
    if isinstance(admissible, Bounded):
        return (
            f"while every weight {where} stays within {percent_of(admissible.by)} of its "
            "published share"
        )
    if isinstance(admissible, Perturbed):
        by = percent_of(admissible.by)
        return f"while every weight {where} is changed by {by} at most and all are rescaled"
    if isinstance(admissible, Simplex):
        return f"with any weights {where}"
    if isinstance(admissible, Recovered):
        return f"with any weights {where} that the published table allows"
    return f"with weights of the set {admissible.label()} {where}"


def percent_of(share: float) -> str:
    """Return a share in per cent with the digits that it needs."""
    return f"{100 * share:.6g}%"


def end_in_words(end: tuple[int, int]) -> str:
    """Return one end: ``32nd``, or ``between 30th and 32nd``."""
    if end[0] == end[1]:
        return ordinal(end[0])
    return f"between {ordinal(end[0])} and {ordinal(end[1])}"


def of_unit_in_words(found: Reach, one: UnitReach) -> str:
    """Say in one sentence where a unit can stand."""
    name, weights = one.name, while_weights(found)
    if one.exact and one.best == one.worst:
        return f"{name} is {ordinal(one.rank)} of {one.of} whatever the weights, {weights}."
    proof = "here are the weights that prove both" if one.exact else "here are the weights found"
    return (
        f"{name} is {end_in_words(one.best)} at best and {end_in_words(one.worst)} at worst "
        f"{weights}; {proof}."
    )


def in_short(found: Reach) -> str:
    """Say in one line how much is proved, and how many pairs no weights turn."""
    exact, of = int(found.exact.sum()), len(found.codes)
    ranks = f"The best and worst ranks of all {of} units are exact"
    if exact < of:
        ranks = f"The best and worst ranks of {exact} of {of} units are exact"
    if math.isnan(found.settled):
        return f"{ranks}, {while_weights(found)}."
    return (
        f"{ranks}, {while_weights(found)}; {percent(found.settled)} of all pairs of units keep "
        "their order whatever these weights are."
    )
