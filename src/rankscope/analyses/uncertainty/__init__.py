"""How firm is every rank: draws over all that the assumptions allow to vary, jointly."""

from rankscope.analyses.uncertainty.compile_design import design_of
from rankscope.analyses.uncertainty.design import Design
from rankscope.analyses.uncertainty.draws import DesignDraws
from rankscope.analyses.uncertainty.factors import Factor, Option
from rankscope.analyses.uncertainty.run import Uncertainty, uncertainty

__all__ = [
    "Design",
    "DesignDraws",
    "Factor",
    "Option",
    "Uncertainty",
    "design_of",
    "uncertainty",
]
