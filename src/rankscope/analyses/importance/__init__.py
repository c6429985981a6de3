"""Importance: weights against what really drives a score, and weights for a wanted importance."""

from __future__ import annotations

from rankscope.analyses.importance.drivers import Importance, importance
from rankscope.analyses.importance.wanted import WantedWeights, weights_for

__all__ = ["Importance", "WantedWeights", "importance", "weights_for"]
