"""Imputation: one file per method (OECD/JRC Handbook 2008, step 3)."""

from rankscope.methods.imputation.base import Imputation
from rankscope.methods.imputation.median import Median
from rankscope.methods.imputation.nearest_neighbours import NearestNeighbours
from rankscope.methods.imputation.none import NoImputation

__all__ = ["Imputation", "Median", "NearestNeighbours", "NoImputation"]
