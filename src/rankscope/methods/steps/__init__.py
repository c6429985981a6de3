"""Steps at a node after aggregation: one file per step; treatments and normalisations serve too."""

from rankscope.methods.steps.absolute import Absolute
from rankscope.methods.steps.base import Step
from rankscope.methods.steps.exponential import Exponential
from rankscope.methods.steps.fill import Fill
from rankscope.methods.steps.goalposts import ScoreGoalposts
from rankscope.methods.steps.linear import Linear, Mirror
from rankscope.methods.steps.reciprocal import Reciprocal
from rankscope.methods.steps.rounding import Round
from rankscope.methods.steps.significant_digits import SignificantDigits

__all__ = [
    "Absolute",
    "Exponential",
    "Fill",
    "Linear",
    "Mirror",
    "Reciprocal",
    "Round",
    "ScoreGoalposts",
    "SignificantDigits",
    "Step",
]
