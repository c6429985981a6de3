"""Is the index well made?  The verdicts on all areas, and the findings behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rankscope.analyses.audit import audit
from rankscope.explorer.questions.asking import Asked, Question, built
from rankscope.explorer.told import findings_told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.catalogue.open import Index

STEPS = (0, 2000)
"""Draws: what needs none comes first."""


def answers(index: Index, asked: Asked) -> Iterator[dict[str, Any]]:
    """Yield lights and findings; at first without what needs draws."""
    result, panel = built(index, asked)
    for at, draws in enumerate(STEPS):
        found = audit(panel or result, view=asked.view, draws=draws)
        yield {
            "progress": (at + 1) / len(STEPS),
            "areas": [
                {"title": area.title, "light": str(area.light), "sentence": area.sentence}
                for area in found.areas
            ],
            "findings": findings_told(found.findings),
        }


QUESTION = Question("audit", Asked, answers)
