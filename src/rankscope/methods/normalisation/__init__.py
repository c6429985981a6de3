"""Normalisation: one file per method (OECD/JRC Handbook 2008, step 5)."""

from rankscope.methods.normalisation.above_or_below_mean import AboveOrBelowMean
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.categorical import Categorical
from rankscope.methods.normalisation.centred import Centred
from rankscope.methods.normalisation.cumulative_normal import CumulativeNormal
from rankscope.methods.normalisation.distance_to_best import DistanceToBest
from rankscope.methods.normalisation.distance_to_reference import DistanceToReference
from rankscope.methods.normalisation.distance_to_target import DistanceToTarget
from rankscope.methods.normalisation.exponential_rank import ExponentialRank
from rankscope.methods.normalisation.extreme_means import ExtremeMeans
from rankscope.methods.normalisation.fixed_z_score import FixedZScore
from rankscope.methods.normalisation.goalposts import Goalposts
from rankscope.methods.normalisation.logistic import Logistic
from rankscope.methods.normalisation.min_max import MinMax
from rankscope.methods.normalisation.none import NoNormalisation
from rankscope.methods.normalisation.normal_scores import NormalScores
from rankscope.methods.normalisation.percentile_rank import PercentileRank
from rankscope.methods.normalisation.piecewise_linear import PiecewiseLinear
from rankscope.methods.normalisation.quantile_bands import QuantileBands
from rankscope.methods.normalisation.quantile_groups import QuantileGroups, QuantileGroupsFromTop
from rankscope.methods.normalisation.quantile_min_max import QuantileMinMax
from rankscope.methods.normalisation.rank import Borda, Rank, RankFromTop
from rankscope.methods.normalisation.ratio_to_mean import RatioToMean
from rankscope.methods.normalisation.ratio_to_target import RatioToTarget
from rankscope.methods.normalisation.robust import QuantileRange, RobustZScore
from rankscope.methods.normalisation.share_of_best import ShareOfBest
from rankscope.methods.normalisation.shares import ShareOfTotal, VectorNormalisation
from rankscope.methods.normalisation.standard_deviation_bands import StandardDeviationBands
from rankscope.methods.normalisation.thresholds import Thresholds
from rankscope.methods.normalisation.weighted_percentile import WeightedPercentile
from rankscope.methods.normalisation.z_score import ZScore

__all__ = [
    "AboveOrBelowMean",
    "Borda",
    "Categorical",
    "Centred",
    "CumulativeNormal",
    "DistanceToBest",
    "DistanceToReference",
    "DistanceToTarget",
    "ExponentialRank",
    "ExtremeMeans",
    "FixedZScore",
    "Goalposts",
    "Logistic",
    "MinMax",
    "NoNormalisation",
    "NormalScores",
    "Normalisation",
    "PercentileRank",
    "PiecewiseLinear",
    "QuantileBands",
    "QuantileGroups",
    "QuantileGroupsFromTop",
    "QuantileMinMax",
    "QuantileRange",
    "Rank",
    "RankFromTop",
    "RatioToMean",
    "RatioToTarget",
    "RobustZScore",
    "ShareOfBest",
    "ShareOfTotal",
    "StandardDeviationBands",
    "Thresholds",
    "VectorNormalisation",
    "WeightedPercentile",
    "ZScore",
]
