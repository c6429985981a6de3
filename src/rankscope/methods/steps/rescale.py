"""Rescaling: the worst score becomes the low end, the best the high end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import Ends, parameter, register
from rankscope.methods.steps.base import Step

if TYPE_CHECKING:
    from rankscope.shapes import Batch


@register
@dataclass(frozen=True, slots=True)
class Rescale(Step):
    """Min-max over the ranked units, as publishers do for totals from 0 to 100."""

    name: ClassVar[str] = "rescale"
    to: tuple[float, float] = parameter((0.0, 100.0), Ends(), "the ends of the new scale")

    def fit(self, scores: Batch) -> Batch:
        """Learn both ends, of shape (2, *draws, 1)."""
        missing = np.isnan(scores)
        low = np.where(missing, np.inf, scores).min(axis=-1, keepdims=True, initial=np.inf)
        high = np.where(missing, -np.inf, scores).max(axis=-1, keepdims=True, initial=-np.inf)
        return np.stack([low, high])

    def transform(self, scores: Batch, state: Batch) -> Batch:
        """Map linearly; NaN where all scores are equal."""
        worst, best = state
        low, high = self.to
        with np.errstate(invalid="ignore", divide="ignore"):
            span = np.where(best > worst, best - worst, np.nan)
            scaled: Batch = low + (high - low) * (scores - worst) / span
        return scaled
