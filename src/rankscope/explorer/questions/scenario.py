"""What would come of a packaged scenario?  The chances of its ranks follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rankscope.analyses.scenario import what_if
from rankscope.errors import RankscopeError
from rankscope.explorer.questions.asking import Asked, Code, Question, built
from rankscope.explorer.told import outcome_told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.catalogue.open import Index

STEPS = (0, 200, 4000)
"""Draws: none for the answer at once, then more for the chances of each rank."""


class Played(Asked):
    """Which scenario."""

    name: Code


def answers(index: Index, asked: Played) -> Iterator[dict[str, Any]]:
    """Yield what came of the scenario, with ever surer chances.

    Raises
    ------
    RankscopeError
        When the index has no such scenario, or it can not be played.
    """
    wanted = [one for one in index.definition.scenarios if one.name == asked.name]
    if not wanted:
        raise RankscopeError(f"The index has no scenario {asked.name}.")
    result, _ = built(index, asked)
    ties = index.ties()
    for at, draws in enumerate(STEPS):
        found = what_if(result, wanted[0], ties=ties, view=asked.view, draws=draws)
        yield {"progress": (at + 1) / len(STEPS), "outcome": outcome_told(found), "draws": draws}


QUESTION = Question("scenario", Played, answers)
