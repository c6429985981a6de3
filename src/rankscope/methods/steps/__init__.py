"""Steps at a node after aggregation: one file per step; treatments and normalisations serve too."""

from rankscope.methods.steps.base import Step
from rankscope.methods.steps.rounding import Round

__all__ = ["Round", "Step"]
