"""The effects of the factors of a design, for readers: of the mean shift, and of each unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.analyses.uncertainty.factors import TITLES

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.analyses.sensitivity.indices import Effects
    from rankscope.analyses.sensitivity.one_at_a_time import Alone
    from rankscope.analyses.sensitivity.sobol import SobolRun
    from rankscope.analyses.uncertainty import Design
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result

WEIGHTS = "weights"


class FactorEffect(NamedTuple):
    """The effect of one factor on one output, each estimate with its 95 % interval.

    ``first`` is the share of the variance that the factor explains alone, ``total`` that
    with its interactions; NaN where there is nothing to explain or an output is missing.
    """

    factor: str
    title: str
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """Sobol' effects of each factor of a design, (factors, outputs).

    ``shift`` has one output, the mean absolute shift against the published ranks; ``ranks``
    and ``scores`` have one for each row.  ``halves`` are the effects on the shift, the ranks
    and the scores, one after another, at a quarter of the points, at half and at all: where
    they differ, more points are wanted.  ``alone`` is what each option does by itself.
    """

    design: Design
    points: int
    scramblings: int
    seed: int
    shift: Effects
    ranks: Effects
    scores: Effects
    halves: SobolRun
    alone: tuple[Alone, ...]
    findings: tuple[Finding, ...]

    @property
    def result(self) -> Result:
        """Return the index as published."""
        return self.design.result

    @property
    def factors(self) -> tuple[str, ...]:
        """Return the names of the factors, the weights last."""
        return self.design.names()

    @property
    def titles(self) -> tuple[str, ...]:
        """Return what the factors are called in print."""
        weights = (TITLES[WEIGHTS],) if self.design.varies_weights() else ()
        return (*(factor.title for factor in self.design.factors), *weights)

    @property
    def evaluations(self) -> int:
        """Return how many times the index was computed for the effects."""
        return self.points * self.scramblings * (len(self.factors) + 2)

    def of_shift(self) -> tuple[FactorEffect, ...]:
        """Return the effects on the mean absolute rank shift, the largest total effect first."""
        return self._sorted(self.shift, 0)

    def of_unit(self, code: str, *, of: str = "rank") -> tuple[FactorEffect, ...]:
        """Return the effects on a unit's ``rank`` or ``score``, the largest total effect first.

        The first one is the single choice that matters most for the unit.

        Raises
        ------
        KeyError
            When no unit has this code.
        """
        return self._sorted({"rank": self.ranks, "score": self.scores}[of], self._row(code))

    def frame(self, unit: str | None = None, *, of: str = "rank") -> pd.DataFrame:
        """Return a data frame, a row a factor: effects on the mean shift, or of a unit."""
        import pandas as pd

        rows = self.of_shift() if unit is None else self.of_unit(unit, of=of)
        return pd.DataFrame(rows, columns=list(FactorEffect._fields)).set_index("factor")

    def units_frame(self, *, of: str = "rank", total: bool = True) -> pd.DataFrame:
        """Return a data frame, a row a ranked unit, of each factor's total or first effects."""
        import pandas as pd

        effects = {"rank": self.ranks, "score": self.scores}[of]
        design, result = self.design, self.result
        rows = result.order(design.node, design.view)
        values = (effects.total if total else effects.first).T[rows]
        index = pd.Index([result.units[row] for row in rows], name="unit")
        return pd.DataFrame(values, index=index, columns=list(self.factors))

    def convergence(self, unit: str | None = None, *, of: str = "rank") -> pd.DataFrame:
        """Return a data frame of effects at more and more points: on the mean shift, or of a unit.

        Raises
        ------
        KeyError
            When no unit has this code.
        """
        import pandas as pd

        start = {"rank": 1, "score": 1 + len(self.result.units)}[of]
        output = 0 if unit is None else start + self._row(unit)
        parts = []
        for effects in self.halves:
            part = pd.DataFrame(self._sorted(effects, output), columns=list(FactorEffect._fields))
            parts.append(part.assign(points=effects.points))
        return pd.concat(parts).set_index(["points", "factor"])

    def _row(self, code: str) -> int:
        if code not in self.result.units:
            raise KeyError(code)
        return self.result.units.index(code)

    def _sorted(self, effects: Effects, output: int) -> tuple[FactorEffect, ...]:
        found = [self._effect(effects, factor, output) for factor in range(len(self.factors))]
        return tuple(sorted(found, key=lambda one: -np.nan_to_num(one.total)))

    def _effect(self, effects: Effects, factor: int, output: int) -> FactorEffect:
        first = effects.first_interval()[:, factor, output]
        total = effects.total_interval()[:, factor, output]
        return FactorEffect(
            factor=self.factors[factor],
            title=self.titles[factor],
            first=float(effects.first[factor, output]),
            first_low=float(first[0]),
            first_high=float(first[1]),
            total=float(effects.total[factor, output]),
            total_low=float(total[0]),
            total_high=float(total[1]),
        )
