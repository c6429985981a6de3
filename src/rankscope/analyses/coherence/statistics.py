"""Descriptive statistics of columns, stage by stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence import rules
from rankscope.methods.statistics import (
    excess_kurtosis,
    mean_and_deviation,
    medians,
    skewness,
    smallest_and_largest,
)

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.findings import Finding
    from rankscope.shapes import Mask, Matrix, Whole

STAGES = ("raw", "denominated", "treated", "normalised")
"""As it was read, divided by its denominator, filled and without outliers, and as a score."""


@dataclass(frozen=True, slots=True)
class DescriptiveStatistics:
    """Statistics of indicators, all of shape (stages, indicators), in the order of ``stages``.

    ``counts`` are the values that are there, of ``units``; ``same`` the share of the most
    frequent value among them, ``zeros`` that of zeros, and ``distinct`` how many different
    values there are, as a share.  Skewness and excess kurtosis are corrected for bias (G1, G2);
    ``outliers`` is where both are beyond their thresholds.  What is not defined is NaN.
    ``counted`` (indicators,) are those with a weight.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    stages: tuple[str, ...]
    units: int
    counted: Mask
    counts: Whole
    minima: Matrix
    maxima: Matrix
    means: Matrix
    medians: Matrix
    deviations: Matrix
    skewness: Matrix
    kurtosis: Matrix
    same: Matrix
    zeros: Matrix
    distinct: Matrix
    findings: tuple[Finding, ...] = ()

    @property
    def missing(self) -> Matrix:
        """Return the share of units without a value, (stages, indicators)."""
        return 1 - self.counts / self.units if self.units else np.full(self.counts.shape, np.nan)

    @property
    def outliers(self) -> Mask:
        """Return which indicators are skewed by a few values, (stages, indicators)."""
        return (np.abs(self.skewness) > rules.SKEWNESS) & (self.kurtosis > rules.KURTOSIS)

    def frame(self) -> pd.DataFrame:
        """Return a data frame with a row for each stage and indicator."""
        import pandas as pd

        columns = {
            "name": np.tile(np.array(self.names, dtype=object), len(self.stages)),
            "counted": np.tile(self.counted, len(self.stages)),
            "n": self.counts.ravel(),
            "missing": self.missing.ravel(),
            "min": self.minima.ravel(),
            "max": self.maxima.ravel(),
            "mean": self.means.ravel(),
            "median": self.medians.ravel(),
            "deviation": self.deviations.ravel(),
            "skewness": self.skewness.ravel(),
            "kurtosis": self.kurtosis.ravel(),
            "same_value": self.same.ravel(),
            "zeros": self.zeros.ravel(),
            "distinct": self.distinct.ravel(),
            "outliers": self.outliers.ravel(),
        }
        index = pd.MultiIndex.from_product([self.stages, self.codes], names=["stage", "code"])
        return pd.DataFrame(columns, index=index)


def statistics_of(
    matrices: tuple[Matrix, ...],
    codes: tuple[str, ...],
    *,
    names: tuple[str, ...],
    counted: Mask,
) -> DescriptiveStatistics:
    """Return the statistics of columns, (rows, indicators), one matrix for each of `STAGES`."""
    ends = [smallest_and_largest(matrix) for matrix in matrices]
    middles = [mean_and_deviation(matrix) for matrix in matrices]
    alike = np.array([_alike(matrix) for matrix in matrices])
    return DescriptiveStatistics(
        codes=codes,
        names=names,
        stages=STAGES,
        units=len(matrices[0]),
        counted=counted,
        counts=np.array([(~np.isnan(matrix)).sum(axis=0) for matrix in matrices]),
        minima=np.array([low for low, _ in ends]),
        maxima=np.array([high for _, high in ends]),
        means=np.array([mean for mean, _ in middles]),
        medians=np.array([medians(matrix) for matrix in matrices]),
        deviations=np.array([deviation for _, deviation in middles]),
        skewness=np.array([skewness(matrix) for matrix in matrices]),
        kurtosis=np.array([excess_kurtosis(matrix) for matrix in matrices]),
        same=alike[:, 0],
        zeros=alike[:, 1],
        distinct=alike[:, 2],
    )


def _alike(matrix: Matrix) -> Matrix:
    """Return the shares of the most frequent value, of zeros, and of distinct values, (3, columns).

    Of the values that are there; NaN where there is none.
    """
    found = np.full((3, matrix.shape[1]), np.nan)
    for at, column in enumerate(matrix.T):
        there = column[~np.isnan(column)]
        if there.size:
            often = np.unique(there, return_counts=True)[1]
            found[:, at] = [often.max(), (there == 0).sum(), often.size]
            found[:, at] /= there.size
    return found
