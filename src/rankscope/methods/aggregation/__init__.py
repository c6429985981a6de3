"""Aggregation: one file per method (OECD/JRC Handbook 2008, step 6)."""

from rankscope.methods.aggregation.arithmetic import Arithmetic
from rankscope.methods.aggregation.base import Aggregation, Chart, Identity, Logarithm, Power
from rankscope.methods.aggregation.generalised import Generalised
from rankscope.methods.aggregation.geometric import Geometric

__all__ = [
    "Aggregation",
    "Arithmetic",
    "Chart",
    "Generalised",
    "Geometric",
    "Identity",
    "Logarithm",
    "Power",
]
