"""Treatment of outliers and skew: one file per method."""

from rankscope.methods.treatment.base import Treatment
from rankscope.methods.treatment.log import Log
from rankscope.methods.treatment.none import NoTreatment
from rankscope.methods.treatment.skew_kurtosis import SkewKurtosis
from rankscope.methods.treatment.winsorise import Winsorise

__all__ = ["Log", "NoTreatment", "SkewKurtosis", "Treatment", "Winsorise"]
