"""Aggregation: one file per method (OECD/JRC Handbook 2008, step 6)."""

from rankscope.methods.aggregation.arithmetic import Arithmetic
from rankscope.methods.aggregation.base import Aggregation, ChartedMean
from rankscope.methods.aggregation.benefit_of_the_doubt import BenefitOfTheDoubt
from rankscope.methods.aggregation.charts import Chart, Identity, Logarithm, Power, ScaledLogarithm
from rankscope.methods.aggregation.copeland import Copeland
from rankscope.methods.aggregation.difference import Difference
from rankscope.methods.aggregation.extremes import Maximum, Minimum
from rankscope.methods.aggregation.first_available import FirstAvailable
from rankscope.methods.aggregation.generalised import Generalised
from rankscope.methods.aggregation.geometric import Geometric
from rankscope.methods.aggregation.harmonic import Harmonic
from rankscope.methods.aggregation.mazziotta_pareto import AdjustedMazziottaPareto, MazziottaPareto
from rankscope.methods.aggregation.mean_min import MeanMin
from rankscope.methods.aggregation.mean_of_best import MeanOfBest
from rankscope.methods.aggregation.median import MedianOfChildren
from rankscope.methods.aggregation.ordered_weighted import OrderedWeighted
from rankscope.methods.aggregation.penalised_mean import PenalisedMean
from rankscope.methods.aggregation.product import Product
from rankscope.methods.aggregation.ratio import Ratio
from rankscope.methods.aggregation.scaled_geometric import ScaledGeometric
from rankscope.methods.aggregation.sum import Sum
from rankscope.methods.aggregation.topsis import Topsis
from rankscope.methods.aggregation.wroclaw_taxonomic import WroclawTaxonomic

__all__ = [
    "AdjustedMazziottaPareto",
    "Aggregation",
    "Arithmetic",
    "BenefitOfTheDoubt",
    "Chart",
    "ChartedMean",
    "Copeland",
    "Difference",
    "FirstAvailable",
    "Generalised",
    "Geometric",
    "Harmonic",
    "Identity",
    "Logarithm",
    "Maximum",
    "MazziottaPareto",
    "MeanMin",
    "MeanOfBest",
    "MedianOfChildren",
    "Minimum",
    "OrderedWeighted",
    "PenalisedMean",
    "Power",
    "Product",
    "Ratio",
    "ScaledGeometric",
    "ScaledLogarithm",
    "Sum",
    "Topsis",
    "WroclawTaxonomic",
]
