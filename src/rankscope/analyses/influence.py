"""Influence: what each indicator, pillar, unit and year does to the ranks, by leaving it out."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Protocol

import numpy as np

from rankscope._words import did_you_mean, join_words, visible
from rankscope.analyses.influence_findings import findings_of
from rankscope.analyses.influence_left_out import LeftOut
from rankscope.analyses.influence_trials import KINDS, Asked
from rankscope.analyses.influence_unit import UnitInfluence, UnitMove
from rankscope.analyses.variant_results import chosen_period
from rankscope.errors import MethodError
from rankscope.pipeline.plan import HEADLINE
from rankscope.pipeline.ranks import ranking_of
from rankscope.pipeline.result import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from rankscope.analyses.influence_left_out import Baseline
    from rankscope.findings import Finding
    from rankscope.shapes import Matrix, Whole


class Buildable(Protocol):
    """An opened index."""

    def build(self) -> Result:
        """Return the built index."""


@dataclass(frozen=True, slots=True)
class Influence:
    """What each thing does to the ranks of a view, of one period where there are several.

    ``left_out`` has an entry for each thing; ``ranks`` of shape (things, units) are the new
    ranks, 0 where a unit has none.  Of that shape are ``before``, the published ranks counted
    among the units that have both, and ``shifts``, the places gained against these, NaN for
    the others.
    """

    units: tuple[str, ...]
    names: tuple[str, ...]
    baseline: Baseline
    left_out: tuple[LeftOut, ...]
    ranks: Whole
    before: Whole
    shifts: Matrix
    view: str
    period: str | None
    findings: tuple[Finding, ...]

    def of(self, kind: str) -> tuple[LeftOut, ...]:
        """Return what is left out of one kind, such as ``unit``, the most influential first."""
        found = [one for one in self.left_out if one.kind == kind]
        return tuple(sorted(found, key=lambda one: (-np.nan_to_num(one.mean_shift), one.code)))

    def reversed_pairs(self, code: str, kind: str | None = None) -> tuple[tuple[str, str], ...]:
        """Return the pairs of units whose order turns without a thing, who was ahead first.

        Raises
        ------
        KeyError
            When nothing of this code was left out.
        """
        for at, one in enumerate(self.left_out):
            if one.code == code and kind in (None, one.kind):
                return self.baseline.turned(self.ranks[at])
        raise KeyError(code)

    def of_unit(self, code: str) -> UnitInfluence:
        """Return what each thing does to the rank of one unit.

        Raises
        ------
        KeyError
            When there is no such unit.
        """
        if code not in self.units:
            raise KeyError(code)
        row = self.units.index(code)
        others = [
            at for at, one in enumerate(self.left_out) if one.code != code or one.kind != "unit"
        ]
        found = [self._move(at, row) for at in others if not np.isnan(self.shifts[at, row])]
        rank = int(self.baseline.ranks[row])
        lost = [self.left_out[at] for at in others if rank and not self.ranks[at, row]]
        group = self.baseline.groups == self.baseline.groups[row]
        return UnitInfluence(
            unit=code,
            name=self.names[row],
            rank=rank,
            of=int((self.baseline.ranks[group] > 0).sum()),
            moves=tuple(sorted(found, key=lambda move: -abs(move.change))),
            costs=tuple(one.code for one in lost if not one.refused),
        )

    def frame(self) -> pd.DataFrame:
        """Return a data frame, a row a thing left out."""
        import pandas as pd

        names = [field.name for field in fields(LeftOut)]
        rows = [[getattr(one, name) for name in names] for one in self.left_out]
        return pd.DataFrame(rows, columns=pd.Index(names)).set_index(["kind", "code"])

    def ranks_frame(self) -> pd.DataFrame:
        """Return the new ranks, a row a thing left out and a column a unit; NaN for none."""
        import pandas as pd

        index = [(one.kind, one.code) for one in self.left_out]
        return pd.DataFrame(
            np.where(self.ranks > 0, self.ranks, np.nan),
            index=pd.MultiIndex.from_tuples(index, names=["kind", "code"]),
            columns=pd.Index(self.units, name="unit"),
        )

    def _move(self, at: int, row: int) -> UnitMove:
        one, change = self.left_out[at], int(self.shifts[at, row])
        rank = int(self.before[at, row])
        return UnitMove(one.kind, one.code, one.name, rank, rank - change, change)


def influence(
    index: Result | Buildable,
    *,
    of: Sequence[str] = tuple(KINDS),
    view: str = HEADLINE,
    period: str | None = None,
    workers: int = 1,
) -> Influence:
    """Leave out each indicator, pillar, unit and year, one at a time, and compare the ranks.

    An indicator or pillar is left out by weight 0, on the leaves as they are; what has
    weight 0 already is passed over.  A unit is left out of every fit (of scales, outliers,
    imputation, weights derived from data) and of the ranking, and the others are compared
    among themselves: pairs whose order turns do so only because scales have moved, the rank
    reversals of Wang & Triantaphyllou (2008), Omega 36(1), 45-63,
    https://doi.org/10.1016/j.omega.2005.12.003, first test.  A year of a panel is left out
    of every fit in the same way, and ``period``, by default the last, is compared.  Give the
    whole panel: a single period of it would be fitted by itself.  Where gaps are filled by
    draws (hot deck), the draws change with the units, and shifts hold their chance too.

    ``workers`` threads share the fits, which pays for tables of thousands of rows.

    >>> from rankscope.catalogue import open_index
    >>> found = influence(open_index("ai-capacity"), of=["pillars"])
    >>> {one.kind for one in found.left_out}
    {'pillar'}

    Raises
    ------
    MethodError
        When ``of`` names nothing that can be left out.
    DataError
        When there is no such period.
    KeyError
        When there is no such view.
    """
    _refuse(of, workers)
    result = index if isinstance(index, Result) else index.build()
    asked = Asked(result, view, chosen_period(result, result.plan.definition.title, period))
    baseline = asked.baseline()
    trials = [asked.trials(kind, workers) for kind in KINDS if kind in of]
    omissions = [one for trial in trials for one in trial.omissions]
    scores = np.concatenate([np.empty((0, len(result.units))), *(one.scores for one in trials)])
    ranks = ranking_of(result.plan, view).ranks(scores)[:, asked.rows]
    left_out = tuple(baseline.against(one, new) for one, new in zip(omissions, ranks, strict=True))
    shape = (len(omissions), len(asked.rows))
    names = dict(zip(result.units, result.names, strict=True))
    return Influence(
        units=baseline.units,
        names=tuple(result.names[row] for row in asked.rows),
        baseline=baseline,
        left_out=left_out,
        ranks=ranks,
        before=np.array([baseline.counted(new) for new in ranks], dtype=np.int64).reshape(shape),
        shifts=np.array([baseline.shifts(new) for new in ranks]).reshape(shape),
        view=view,
        period=asked.period,
        findings=(
            *(one for trial in trials for one in trial.findings),
            *findings_of(left_out, names),
        ),
    )


def _refuse(of: Sequence[str], workers: int) -> None:
    """Refuse what can not be left out."""
    if not of:
        raise MethodError(f"of must name what is left out: {join_words(KINDS)}, got nothing.")
    for kind in of:
        if kind not in KINDS:
            known = did_you_mean(kind, list(KINDS))
            raise MethodError(f"of must be {join_words(KINDS)}, got {visible(kind)!r}. {known}")
    if workers < 1:
        raise MethodError(f"workers must be a whole number of at least 1, got {workers}.")
