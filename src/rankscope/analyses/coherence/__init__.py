"""Coherence: whether an index is well made, by the statistics of an audit."""

from __future__ import annotations

from rankscope.analyses.coherence.added_value import AddedValue, added_value
from rankscope.analyses.coherence.adequacy import (
    Adequacies,
    bartlett,
    kaiser_meyer_olkin,
    sampling_adequacy,
)
from rankscope.analyses.coherence.audit import Coherence, coherence
from rankscope.analyses.coherence.balance import Balance, weights_and_importance
from rankscope.analyses.coherence.benefit import Benefit, benefit_of_the_doubt
from rankscope.analyses.coherence.correlations import Correlations, correlations
from rankscope.analyses.coherence.coverage import DataCoverage, data_coverage
from rankscope.analyses.coherence.denominators import (
    DenominatorCorrelations,
    denominator_correlations,
)
from rankscope.analyses.coherence.descriptive import descriptive_statistics
from rankscope.analyses.coherence.dimensions import Dimensions, dimensions
from rankscope.analyses.coherence.links import Links, links
from rankscope.analyses.coherence.own_and_others import OwnAndOthers, own_and_others
from rankscope.analyses.coherence.parallel import chance_eigenvalues
from rankscope.analyses.coherence.redundancy import Redundancy, redundancy
from rankscope.analyses.coherence.reliability import Reliabilities, cronbach_alpha, reliability
from rankscope.analyses.coherence.statistics import DescriptiveStatistics

__all__ = [
    "AddedValue",
    "Adequacies",
    "Balance",
    "Benefit",
    "Coherence",
    "Correlations",
    "DataCoverage",
    "DenominatorCorrelations",
    "DescriptiveStatistics",
    "Dimensions",
    "Links",
    "OwnAndOthers",
    "Redundancy",
    "Reliabilities",
    "added_value",
    "bartlett",
    "benefit_of_the_doubt",
    "chance_eigenvalues",
    "coherence",
    "correlations",
    "cronbach_alpha",
    "data_coverage",
    "denominator_correlations",
    "descriptive_statistics",
    "dimensions",
    "kaiser_meyer_olkin",
    "links",
    "own_and_others",
    "redundancy",
    "reliability",
    "sampling_adequacy",
    "weights_and_importance",
]
