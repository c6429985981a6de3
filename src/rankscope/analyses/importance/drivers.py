"""Importance: what really drives the score of a node, beside what its weights say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.importance.by_units import shapley_of, spearman_of
from rankscope.analyses.importance.correlations import in_shares, relate
from rankscope.analyses.importance.parts import Of, parts_of
from rankscope.analyses.importance.remarks import remarks
from rankscope.analyses.importance.spline import correlation_ratios, noise_floor
from rankscope.errors import MethodError
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Mask, Vector, Whole

_PURPOSE = 16


@dataclass(frozen=True, slots=True)
class Importance:
    """Weights of the parts of a node, and what they turn out to be worth; all are (parts,).

    ``nominal`` are weights among siblings, ``effective`` those in the whole index, ``weights``
    those in the node.  ``squared_shares``, ``covariance_shares`` and ``shapley`` are shares of
    importance; ``noise_floors`` are what ``ratios``, correlation ratios, come to by chance.
    ``counts`` are the units that have both scores, of ``units`` that the node ranks.  What is
    not defined is NaN; so are shares of a part of weight 0, which is shown and not counted
    (conventions §4.3).
    """

    node: str
    name: str
    view: str
    period: str | None
    of: Of
    units: int
    codes: tuple[str, ...]
    names: tuple[str, ...]
    nominal: Vector
    effective: Vector
    weights: Vector
    counts: Whole
    correlations: Vector
    spearman: Vector
    squared_shares: Vector
    covariance_shares: Vector
    ratios: Vector
    noise_floors: Vector
    shapley: Vector
    permutations: int
    seed: int
    findings: tuple[Finding, ...]

    @property
    def shares(self) -> Vector:
        """Return covariance shares as shares of their sum, to be held against the weights."""
        return np.asarray(in_shares(self.covariance_shares))

    @property
    def silent(self) -> Mask:
        """Return which parts with a weight explain no more than chance would, (parts,)."""
        return (self.weights > 0) & (self.ratios <= self.noise_floors)

    def frame(self) -> pd.DataFrame:
        """Return a data frame with a row for each part, by its code; missing is NaN."""
        import pandas as pd

        columns = {
            "name": self.names,
            "nominal_weight": self.nominal,
            "effective_weight": self.effective,
            "weight": self.weights,
            "units": self.counts,
            "correlation": self.correlations,
            "spearman": self.spearman,
            "squared_correlation": self.correlations**2,
            "squared_correlation_share": self.squared_shares,
            "covariance_share": self.covariance_shares,
            "correlation_ratio": self.ratios,
            "noise_floor": self.noise_floors,
            "silent": self.silent,
            "shapley_share": self.shapley,
        }
        return pd.DataFrame(columns, index=pd.Index(self.codes, name="code"))


def importance(
    result: Result,
    *,
    node: str | None = None,
    view: str = HEADLINE,
    of: Of = "children",
    period: str | None = None,
    permutations: int = 200,
    seed: int = 0,
) -> Importance:
    """Return what drives the score of a node, by its code, over the units that it ranks.

    Four measures for its children, or for all indicators below it:

    - squared correlations with the score, to first order (Paruolo, Saisana & Saltelli 2013,
      https://doi.org/10.1111/j.1467-985X.2012.01059.x);
    - covariance shares, which hand out the variance of the score: weight x covariance over
      variance; they sum to 1 for arithmetic means without gaps;
    - correlation ratios by splines, beside what they are by chance: the mean over
      ``permutations`` of the scores;
    - Shapley shares of R-squared, among twelve parts at most, over units without a gap.

    In a gap a part is left out of its own numbers alone.  Of a panel one period is looked at,
    by default the last.

    >>> from rankscope.catalogue import open_index
    >>> found = importance(open_index("ai-capacity").build(), permutations=20)
    >>> round(float(found.shapley.sum()), 9)
    1.0

    Raises
    ------
    MethodError
        When there is no such node or view, the node has nothing below it, or there is no
        permutation.
    DataError
        When there is no such period.
    """
    if permutations < 1:
        raise MethodError(f"permutations must be a whole number of at least 1, got {permutations}.")
    parts = parts_of(result, node, view=view, of=of, period=period)
    related = relate(parts.scores, parts.whole)
    counted = parts.counted
    covariance = np.where(counted, parts.weights * related.slopes, np.nan)
    floors = [
        noise_floor(column, parts.whole, permutations, _random(seed, number))
        for column, number in zip(parts.scores.T, parts.numbers, strict=True)
    ]
    ratios = np.array(
        [correlation_ratios(column, parts.whole[None])[0] for column in parts.scores.T]
    )
    shapley = shapley_of(parts)
    return Importance(
        node=parts.plan.nodes[parts.node].code,
        name=parts.name,
        view=view,
        period=parts.period,
        of=of,
        units=len(parts.rows),
        codes=tuple(one.code for one in parts.nodes),
        names=tuple(one.name for one in parts.nodes),
        nominal=parts.nominal,
        effective=parts.effective,
        weights=parts.weights,
        counts=related.counts,
        correlations=np.asarray(related.correlations),
        spearman=spearman_of(parts),
        squared_shares=np.asarray(in_shares(np.where(counted, related.correlations**2, np.nan))),
        covariance_shares=covariance,
        ratios=ratios,
        noise_floors=np.array(floors),
        shapley=shapley,
        permutations=permutations,
        seed=seed,
        findings=remarks(parts, covariance, ratios, np.array(floors), shapley),
    )


def _random(seed: int, number: int) -> np.random.Generator:
    """Return the source of random numbers of one part: the same whatever else is asked."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(_PURPOSE, number)))
