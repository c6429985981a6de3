"""The thresholds of an audit, and the publications that its rules come from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rankscope.methods.references import COINR, HANDBOOK, IMPORTANCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rankscope.findings import Finding

SKEWNESS, KURTOSIS = 2.0, 3.5
"""Values beyond both have outliers."""

COVERAGE = 0.65
"""The least share of data for an indicator, and for a unit."""

MOST_ALIKE = 0.5
"""The largest share of units that may have the very same value."""

LEAST_DISTINCT = 0.5
"""The least share of distinct values among those that are there."""

NEGATIVE, WEAK, REDUNDANT = -0.4, 0.3, 0.9
"""Correlations below the first work against each other, below the second are weak, and beyond
the third say the same twice."""

SIGNIFICANT = 0.05
"""Correlations with a larger p-value are left blank."""

DRIVEN = 0.6
"""From this correlation on, size is more than a third of what an indicator tells."""

RELIABLE = 0.7
"""The least alpha of a group of indicators that is to measure one thing."""

ADEQUATE = 0.6
"""The least sampling adequacy for an analysis of factors."""

INFLATED = 10.0
"""From this variance inflation factor on, the others tell nine tenths of an item."""

PLACES = 10
"""Ranks that differ by so many places tell different stories."""

_MOST_DECIMALS = 6

KAISER = (
    "Kaiser (1974) An index of factorial simplicity, Psychometrika 39(1), 31-36, "
    "doi:10.1007/BF02291575"
)
HORN = (
    "Horn (1965) A rationale and test for the number of factors in factor analysis, "
    "Psychometrika 30(2), 179-185, doi:10.1007/BF02289447; Glorfeld (1995) Educational and "
    "Psychological Measurement 55(3), 377-393, doi:10.1177/0013164495055003002"
)
CRONBACH = (
    "Cronbach (1951) Coefficient alpha and the internal structure of tests, Psychometrika 16(3), "
    "297-334, doi:10.1007/BF02310555; the bar of 0.7: Nunnally (1978) Psychometric Theory"
)
INFLATION = (
    "Marquardt (1970) Generalized inverses, ridge regression, biased linear estimation, and "
    "nonlinear estimation, Technometrics 12(3), 591-612, doi:10.1080/00401706.1970.10488699"
)
DOUBT = (
    "Cherchye, Moesen, Rogge & Van Puyenbroeck (2007) Social Indicators Research 82(1), 111-145, "
    "doi:10.1007/s11205-006-9029-7"
)
_STATISTICS = f"Thresholds of get_stats in {COINR}"
_CORRELATIONS = f"Thresholds of plot_corr in {COINR}"
_PRACTICE = "Practice of the audits by the Joint Research Centre of the European Commission"

SOURCES = {
    "coherence-outliers": _STATISTICS,
    "coherence-constant": HANDBOOK,
    "coherence-zeros": _STATISTICS,
    "coherence-same-value": _STATISTICS,
    "coherence-few-values": _STATISTICS,
    "coherence-unit-coverage": _STATISTICS,
    "coherence-indicator-coverage": _STATISTICS,
    "coherence-negative-siblings": _CORRELATIONS,
    "coherence-negative": _CORRELATIONS,
    "coherence-weak": _CORRELATIONS,
    "coherence-misplaced": _PRACTICE,
    "coherence-size": HANDBOOK,
    "coherence-several-dimensions": HORN,
    "coherence-no-dimension": HORN,
    "coherence-few-rows": HANDBOOK,
    "coherence-alpha": CRONBACH,
    "coherence-alpha-dropped": CRONBACH,
    "coherence-adequacy": f"{KAISER}; {HANDBOOK}",
    "coherence-spherical": (
        "Bartlett (1950) Tests of significance in factor analysis, British Journal of "
        "Statistical Psychology 3(2), 77-85, doi:10.1111/j.2044-8317.1950.tb00285.x"
    ),
    "coherence-dependent": HANDBOOK,
    "coherence-redundant": _CORRELATIONS,
    "coherence-inflated": INFLATION,
    "coherence-no-added-value": _PRACTICE,
    "coherence-outside": f"{HANDBOOK}, step 9: links to other indicators",
    "coherence-outside-same": f"{HANDBOOK}, step 9: links to other indicators",
    "coherence-benefit-many": DOUBT,
    "coherence-benefit-refused": DOUBT,
    "coherence-unbalanced": IMPORTANCE,
    "importance-silent": IMPORTANCE,
    "importance-negative": IMPORTANCE,
}
"""Where each rule comes from, by the id of its finding."""


def sourced(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings with the source of their rule."""
    return tuple(replace(one, source=one.source or SOURCES.get(one.id, "")) for one in findings)


def number(value: float, bound: float) -> str:
    """Return a number with two decimals, or as many as tell it from a bound.

    >>> number(-0.4032, -0.4), number(0.25, 0.3)
    ('-0.403', '0.25')
    """
    decimals = 2
    while decimals < _MOST_DECIMALS and f"{value:.{decimals}f}" == f"{bound:.{decimals}f}":
        decimals += 1
    return f"{value:.{decimals}f}"


def percent(share: float, bound: float) -> str:
    """Return a share as a percentage, with as many decimals as tell it from a bound.

    >>> percent(0.6475, 0.65), percent(0.5, 0.65)
    ('64.8%', '50%')
    """
    decimals = 0
    while decimals < _MOST_DECIMALS and f"{share:.{decimals}%}" == f"{bound:.{decimals}%}":
        decimals += 1
    return f"{share:.{decimals}%}"
