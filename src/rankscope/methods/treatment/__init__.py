"""Treatment of outliers and skew: one file per method."""

from rankscope.methods.treatment.base import Treatment
from rankscope.methods.treatment.box_cox import BoxCox
from rankscope.methods.treatment.cap import Cap
from rankscope.methods.treatment.chain import Chain
from rankscope.methods.treatment.interquartile_fences import InterquartileFences
from rankscope.methods.treatment.log import Log
from rankscope.methods.treatment.logit import Logit
from rankscope.methods.treatment.median_deviation import MedianDeviation
from rankscope.methods.treatment.none import NoTreatment
from rankscope.methods.treatment.power import Power, SquareRoot
from rankscope.methods.treatment.skew_kurtosis import SkewKurtosis
from rankscope.methods.treatment.where_skewed import WhereSkewed
from rankscope.methods.treatment.winsorise import Winsorise
from rankscope.methods.treatment.winsorise_points import WinsorisePoints
from rankscope.methods.treatment.yeo_johnson import YeoJohnson
from rankscope.methods.treatment.z_score_cap import ZScoreCap
from rankscope.methods.treatment.zero_below import ZeroBelow

__all__ = [
    "BoxCox",
    "Cap",
    "Chain",
    "InterquartileFences",
    "Log",
    "Logit",
    "MedianDeviation",
    "NoTreatment",
    "Power",
    "SkewKurtosis",
    "SquareRoot",
    "Treatment",
    "WhereSkewed",
    "Winsorise",
    "WinsorisePoints",
    "YeoJohnson",
    "ZScoreCap",
    "ZeroBelow",
]
