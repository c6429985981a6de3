"""Imputation: one file per method (OECD/JRC Handbook 2008, step 3)."""

from rankscope.methods.imputation.base import Imputation
from rankscope.methods.imputation.constant import Constant
from rankscope.methods.imputation.expectation_maximisation import ExpectationMaximisation
from rankscope.methods.imputation.extreme import Extreme
from rankscope.methods.imputation.hot_deck import HotDeck
from rankscope.methods.imputation.iterative import Iterative
from rankscope.methods.imputation.latest import Latest
from rankscope.methods.imputation.linear import Linear
from rankscope.methods.imputation.mean import Mean
from rankscope.methods.imputation.median import Median
from rankscope.methods.imputation.nearest_neighbours import NearestNeighbours
from rankscope.methods.imputation.none import NoImputation
from rankscope.methods.imputation.regression import Regression
from rankscope.methods.imputation.row_mean import RowMean

__all__ = [
    "Constant",
    "ExpectationMaximisation",
    "Extreme",
    "HotDeck",
    "Imputation",
    "Iterative",
    "Latest",
    "Linear",
    "Mean",
    "Median",
    "NearestNeighbours",
    "NoImputation",
    "Regression",
    "RowMean",
]
