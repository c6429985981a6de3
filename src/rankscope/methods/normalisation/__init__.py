"""Normalisation: one file per method (OECD/JRC Handbook 2008, step 5)."""

from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.goalposts import Goalposts
from rankscope.methods.normalisation.min_max import MinMax
from rankscope.methods.normalisation.none import NoNormalisation
from rankscope.methods.normalisation.percentile_rank import PercentileRank
from rankscope.methods.normalisation.z_score import ZScore

__all__ = ["Goalposts", "MinMax", "NoNormalisation", "Normalisation", "PercentileRank", "ZScore"]
