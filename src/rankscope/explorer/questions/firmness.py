"""How firm are the ranks of these weights?  A few draws at once, then more, then the proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rankscope.explorer.facts import firm
from rankscope.explorer.questions.asking import Asked, Question, built
from rankscope.report.firmness import firmness_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.catalogue.open import Index

STEPS = (128, 1024, 4096)
"""Draws: enough for a first look within a second, then for intervals that stay."""


def answers(index: Index, asked: Asked) -> Iterator[dict[str, Any]]:
    """Yield how firm the ranks are, from ever more draws; the last with proved bounds."""
    result, panel = built(index, asked)
    for at, draws in enumerate(STEPS):
        last = at == len(STEPS) - 1
        compact = not last or len(result.units) > 400
        known = firmness_of(result, panel=panel, draws=draws, compact=compact)
        yield {"progress": (at + 1) / len(STEPS), "firmness": firm(known)}


QUESTION = Question("firmness", Asked, answers)
