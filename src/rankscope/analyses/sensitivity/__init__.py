"""Which assumption decides the ranks: Sobol' effects, and each option by itself."""

from rankscope.analyses.sensitivity.indices import Effects, effects_of, moments
from rankscope.analyses.sensitivity.one_at_a_time import Alone, alone_frame, one_at_a_time
from rankscope.analyses.sensitivity.result import FactorEffect, Sensitivity
from rankscope.analyses.sensitivity.run import sensitivity
from rankscope.analyses.sensitivity.sobol import Sampling, SobolRun, sobol_effects

__all__ = [
    "Alone",
    "Effects",
    "FactorEffect",
    "Sampling",
    "Sensitivity",
    "SobolRun",
    "alone_frame",
    "effects_of",
    "moments",
    "one_at_a_time",
    "sensitivity",
    "sobol_effects",
]
