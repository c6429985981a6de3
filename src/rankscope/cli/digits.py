"""How many decimals scores are shown with: enough to tell units apart on any scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.pages.numbers import score_decimals

if TYPE_CHECKING:
    from rankscope.pipeline.result import Result

USUAL = 1
"""Decimals on a scale of 0 to 100, and the fewest there are."""


def decimals_of_scores(result: Result) -> int:
    """Return how many decimals tell the scores of an index apart.

    They follow from its largest score, 1 of 100 and 3 of 1, and are at least those
    that its ranks are taken from.
    """
    scores = np.abs(result.scores[:, :, result.plan.root])
    largest = float(np.nanmax(scores, initial=0.0))
    found = score_decimals(largest) if largest else USUAL
    return max(USUAL, found, result.plan.definition.method.ranking.decimals or 0)
