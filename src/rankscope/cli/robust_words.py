"""Robustness in words: what may vary, how far ranks move, which can be told apart."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rankscope._words import join_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.uncertainty import Design, Uncertainty

SHARE = 0.9
"""The share of draws that intervals hold."""

_NAMED = 5


def whole_ranks(low: float, high: float) -> tuple[int, int] | None:
    """Return an interval in whole ranks that holds it, None where there is none.

    >>> whole_ranks(2.0, 11.05)
    (2, 12)
    """
    if math.isnan(low + high):
        return None
    return math.floor(low + 1e-9), math.ceil(high - 1e-9)


def span_in_words(span: tuple[int, int] | None) -> str:
    """Return an interval as a reader sees it: ``30 to 34``, or ``31`` where it is one rank."""
    if span is None:
        return "–"
    return f"{span[0]}" if span[0] == span[1] else f"{span[0]} to {span[1]}"


def noun_of(design: Design, count: int = 2) -> str:
    """Return what units are called."""
    if design.result.plan.definition.units.register_ == "iso3166":
        return "country" if count == 1 else "countries"
    return "unit" if count == 1 else "units"


def movement_in_words(found: Uncertainty) -> str:
    """Say within how many places half of the units stay of their published rank."""
    there = sorted(move for move in found.moves(SHARE).tolist() if not math.isnan(move))
    if not there:
        return "No unit has a rank in these draws."
    half = int(there[(len(there) - 1) // 2])
    places = f"within {half} place{'' if half == 1 else 's'} of" if half else "at"
    nouns = noun_of(found.design)
    return (
        f"Half of the {len(there):,} {nouns} stay {places} their published rank in "
        f"{SHARE:.0%} of {found.draws:,} draws."
    )


def tiers_in_words(found: Uncertainty) -> str | None:
    """Say how many tiers there are, and who is in the first; None where pairs were not counted."""
    if found.pairs is None:
        return None
    tiers = found.tiers()
    count = int(tiers.max(initial=0))
    if not count:
        return None
    first = [found.result.names[row] for row in found.order if tiers[row] == 1]
    if count == 1:
        return f"No {noun_of(found.design, 1)} can be told apart from the first: all are one tier."
    return (
        f"Ranks within a tier can not be told apart from its first. There are {count} tiers; the "
        f"first is {names_in_words(first)}."
    )


def weights_in_words(design: Design) -> str:
    """Return the name of the admissible weights and where they vary."""
    varied = design.published.varied
    levels = levels_of_groups(design)
    where = f"level{'s' if len(levels) > 1 else ''} {join_words(map(str, levels), 'and')}"
    return f"{varied.admissible.label()} at {where}"


def levels_of_groups(design: Design) -> list[int]:
    """Return the levels at which weights vary, 1 for the children of the root."""
    nodes = design.result.plan.nodes

    def level(number: int) -> int:
        return 1 if nodes[number].parent < 0 else 1 + level(nodes[number].parent)

    return sorted({level(group.parent) for group in design.published.varied.groups})


def varying_in_words(design: Design) -> str:
    """Say what varies: the set of weights by its name, and the other factors."""
    weights = [f"weights ({weights_in_words(design)})"] if design.varies_weights() else []
    others = [f"{one.title} ({len(one.options)})" for one in design.factors]
    parts = [*weights, *others]
    return f"What varies: {join_words(parts, 'and')}." if parts else "Nothing varies."


def names_in_words(names: Sequence[str]) -> str:
    """Return the first names, and how many others there are."""
    if len(names) <= _NAMED:
        return join_words(names, "and")
    return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
