"""What a publisher did: the weights that published components and totals, or ranks, allow."""

from rankscope.analyses.recover.claimed import Claimed
from rankscope.analyses.recover.models import Model, Verdict
from rankscope.analyses.recover.periods import RecoveredPeriods, WeightChange, recover_by_period
from rankscope.analyses.recover.ranks import Centre, centre_of, recover_from_ranks
from rankscope.analyses.recover.recover import recover_weights
from rankscope.analyses.recover.result import Recovered, WrongUnits
from rankscope.analyses.recover.total import Total
from rankscope.analyses.recover.whole_numbers import WholeNumbers

__all__ = [
    "Centre",
    "Claimed",
    "Model",
    "Recovered",
    "RecoveredPeriods",
    "Total",
    "Verdict",
    "WeightChange",
    "WholeNumbers",
    "WrongUnits",
    "centre_of",
    "recover_by_period",
    "recover_from_ranks",
    "recover_weights",
]
