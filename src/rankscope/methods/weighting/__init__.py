"""Weighting: one file per method (OECD/JRC Handbook 2008, step 6)."""

from rankscope.methods.weighting.ahp import TOLERABLE, AnalyticHierarchy, Consistency, consistency
from rankscope.methods.weighting.base import Weighting
from rankscope.methods.weighting.budget import Budget
from rankscope.methods.weighting.correlation_balanced import CorrelationBalanced
from rankscope.methods.weighting.critic import Critic
from rankscope.methods.weighting.entropy import Entropy
from rankscope.methods.weighting.equal import Equal
from rankscope.methods.weighting.gini import Gini
from rankscope.methods.weighting.given import Given
from rankscope.methods.weighting.information_maximising import InformationMaximising
from rankscope.methods.weighting.merec import Merec
from rankscope.methods.weighting.pca import PrincipalComponents
from rankscope.methods.weighting.rank_order_centroid import RankOrderCentroid
from rankscope.methods.weighting.rank_reciprocal import RankReciprocal
from rankscope.methods.weighting.rank_sum import RankSum
from rankscope.methods.weighting.standard_deviation import StandardDeviation

__all__ = [
    "TOLERABLE",
    "AnalyticHierarchy",
    "Budget",
    "Consistency",
    "CorrelationBalanced",
    "Critic",
    "Entropy",
    "Equal",
    "Gini",
    "Given",
    "InformationMaximising",
    "Merec",
    "PrincipalComponents",
    "RankOrderCentroid",
    "RankReciprocal",
    "RankSum",
    "StandardDeviation",
    "Weighting",
    "consistency",
]
