"""Overtaking: the smallest change of weights that turns two units, and how firm ranks are."""

from rankscope.analyses.overtake.answer import Overtaking
from rankscope.analyses.overtake.change import Change, SingleWeight
from rankscope.analyses.overtake.overtaking import ALL_LEVELS, overtake
from rankscope.analyses.overtake.radius import RobustnessRadius, robustness_radius

__all__ = [
    "ALL_LEVELS",
    "Change",
    "Overtaking",
    "RobustnessRadius",
    "SingleWeight",
    "overtake",
    "robustness_radius",
]
