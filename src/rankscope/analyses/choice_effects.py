"""What one option does against another of its factor, over all combinations of the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.rank_moves import mean_of, rank_moves
from rankscope.analyses.uncertainty.factors import with_methods

if TYPE_CHECKING:
    from rankscope.analyses.uncertainty import Design
    from rankscope.shapes import Batch, Whole


@dataclass(frozen=True, slots=True)
class ChoiceEffect:
    """What one option does against another of its factor, all else alike.

    ``mean_shift`` is the mean absolute difference in places over all combinations of the
    other factors and all units that both rank; ``largest_shift`` that of the unit
    ``largest``.  ``against`` is the published option, or the first where it is not listed.
    """

    factor: str
    title: str
    option: str
    against: str
    mean_shift: float
    largest_shift: float
    largest: str


def choice_effects(design: Design, choices: Whole, ranks: Whole) -> tuple[ChoiceEffect, ...]:
    """Return what each option does against the published one, factor by factor.

    ``choices`` (combinations, factors) are all combinations of options, ``ranks``
    (combinations, rows) what they give.
    """
    found = []
    for number, factor in enumerate(design.factors):
        chosen, base = choices[:, number], _published(design, number)
        before = ranks[chosen == base]
        for option in range(len(factor.options)):
            if option != base:
                moves = rank_moves(before, ranks[chosen == option], design.ranking)
                found.append(_effect(design, (number, option, base), moves))
    return tuple(found)


def _published(design: Design, number: int) -> int:
    """Return which option of a factor is published, the first where none is."""
    method = design.result.plan.definition.method
    for place, option in enumerate(design.factors[number].options):
        if option.out is None and with_methods(method, option.methods) == method:
            return place
    return 0


def _effect(design: Design, places: tuple[int, int, int], moves: Batch) -> ChoiceEffect:
    factor = design.factors[places[0]]
    option, against = (factor.options[place].label for place in places[1:])
    shifts = np.abs(moves)
    by_unit = mean_of(shifts, axis=0)
    most = int(np.argmax(np.nan_to_num(by_unit, nan=-1.0)))
    return ChoiceEffect(
        factor=factor.name,
        title=factor.title,
        option=option,
        against=against,
        mean_shift=float(mean_of(mean_of(shifts), axis=0)),
        largest_shift=float(by_unit[most]),
        largest=design.result.units[most] if by_unit[most] > 0 else "",
    )
