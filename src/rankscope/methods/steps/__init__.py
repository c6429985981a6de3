"""Steps at a node after aggregation: one file per step."""

from rankscope.methods.steps.base import Step
from rankscope.methods.steps.rescale import Rescale
from rankscope.methods.steps.rounding import Round

__all__ = ["Rescale", "Round", "Step"]
