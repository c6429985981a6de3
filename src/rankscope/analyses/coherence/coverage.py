"""How much of an index was observed: by unit and by indicator."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence import rules
from rankscope.analyses.coherence.subject import subject_of
from rankscope.data.table import Status
from rankscope.findings import warning
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from rankscope.analyses.coherence.subject import Subject
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Mask, Matrix, Vector

_NAMED = 10


@dataclass(frozen=True, slots=True)
class DataCoverage:
    """What was observed, of the indicators that count; masks are (units, indicators).

    ``observed`` cells have a value before any is filled in, ``imputed`` ones were filled in,
    and ``absent`` ones are zeros read from a complete census, which are neither data nor gaps.
    ``ranked`` (units,) are in the ranking; ``reasons`` say why others are not.
    """

    units: tuple[str, ...]
    names: tuple[str, ...]
    codes: tuple[str, ...]
    indicators: tuple[str, ...]
    observed: Mask
    imputed: Mask
    absent: Mask
    ranked: Mask
    reasons: tuple[str, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def of_units(self) -> Vector:
        """Return the share of indicators observed for each unit, (units,); NaN where none can."""
        return _share(self.observed, ~self.absent, axis=1)

    @property
    def of_indicators(self) -> Vector:
        """Return the share of ranked units that each indicator was observed for, (indicators,)."""
        return _share(self.observed[self.ranked], ~self.absent[self.ranked], axis=0)

    def frame(self) -> pd.DataFrame:
        """Return a data frame with a row for each unit."""
        import pandas as pd

        columns = {
            "name": self.names,
            "ranked": self.ranked,
            "observed": self.observed.sum(axis=1),
            "imputed": self.imputed.sum(axis=1),
            "absent": self.absent.sum(axis=1),
            "indicators": np.full(len(self.units), len(self.codes)),
            "coverage": self.of_units,
            "reason": self.reasons,
        }
        return pd.DataFrame(columns, index=pd.Index(self.units, name="unit"))

    def indicator_frame(self) -> pd.DataFrame:
        """Return a data frame with a row for each indicator, over the ranked units."""
        import pandas as pd

        columns = {
            "name": self.indicators,
            "observed": self.observed[self.ranked].sum(axis=0),
            "imputed": self.imputed[self.ranked].sum(axis=0),
            "absent": self.absent[self.ranked].sum(axis=0),
            "units": np.full(len(self.codes), int(self.ranked.sum())),
            "coverage": self.of_indicators,
        }
        return pd.DataFrame(columns, index=pd.Index(self.codes, name="code"))


def data_coverage(
    result: Result,
    *,
    view: str = HEADLINE,
    node: str | None = None,
    period: str | None = None,
) -> DataCoverage:
    """Return what was observed of the indicators below a node, for all units of a period.

    Raises
    ------
    MethodError
        When there is no such node or view, or the node is an indicator.
    DataError
        When there is no such period.
    """
    subject = subject_of(result, view=view, node=node, period=period)
    rows, plan = subject.period_rows, result.plan
    leaves = [[plan.nodes[one].leaf for one in plan.below(own)] for own in subject.indicators]
    columns = [plan.leaves[own[0]].column for own in leaves]
    status = plan.table.status[rows][:, columns]
    known = ~np.isnan(result.leaves.record("denomination").matrix[rows])
    imputed = _any_of(result.leaves.imputed[rows], leaves)
    absent, ranked = status == Status.ABSENT, set(subject.rows.tolist())
    found = DataCoverage(
        units=tuple(result.units[row] for row in rows),
        names=tuple(result.names[row] for row in rows),
        codes=subject.codes(subject.indicators),
        indicators=tuple(subject.name(one) for one in subject.indicators),
        observed=~_any_of(~known, leaves) & (status != Status.IMPUTED) & ~absent,
        imputed=imputed,
        absent=absent,
        ranked=np.isin(rows, subject.rows),
        reasons=tuple(_reason(subject, row, ranked) for row in rows.tolist()),
    )
    return replace(found, findings=rules.sourced((*_units(found), *_indicators(found))))


def _share(those: Mask, of: Mask, *, axis: int) -> Vector:
    total = of.sum(axis=axis)
    found: Vector = np.divide(
        those.sum(axis=axis), total, out=np.full(total.shape, np.nan), where=total > 0
    )
    return found


def _any_of(mask: Mask, leaves: list[list[int]]) -> Mask:
    """Return which indicators hold in any of their leaves, (units, indicators)."""
    found: Matrix = np.zeros((len(mask), len(leaves)))
    for at, own in enumerate(leaves):
        found[:, at] = mask[:, own].any(axis=1)
    return found > 0


def _reason(subject: Subject, row: int, ranked: set[int]) -> str:
    """Say why a row has no rank; empty where it has one."""
    if row in ranked:
        return ""
    plan, result = subject.plan, subject.result
    if plan.table.units[row] in plan.definition.units.unranked:
        return "not to be ranked, by the definition"
    if not result.leaves.ranked[row]:
        return "screened out: too few data"
    if np.isnan(result.score(subject.node, subject.view)[row]):
        return "no score: too few parts have one"
    return "not ranked in this view or group"


def _units(found: DataCoverage) -> Iterator[Finding]:
    """Yield the ranked units with too few data, up to ten one by one."""
    shares = np.where(found.ranked, found.of_units, np.nan)
    few = [int(at) for at in np.argsort(shares, kind="stable") if shares[at] < rules.COVERAGE]
    for at in few[:_NAMED]:
        said = rules.percent(shares[at], rules.COVERAGE)
        yield warning(
            "coherence-unit-coverage",
            found.units[at],
            f"{found.names[at]} is ranked although only {said} of the indicators were observed for "
            f"it, less than {rules.COVERAGE:.0%}.",
            "Find data, or leave it out (method.screening).",
        )
    if len(few) > _NAMED:
        yield warning(
            "coherence-unit-coverage",
            "",
            f"{len(few) - _NAMED} more ranked units have less than {rules.COVERAGE:.0%} of the "
            "data.",
            "Find data, or leave them out (method.screening).",
        )


def _indicators(found: DataCoverage) -> Iterator[Finding]:
    for at, share in enumerate(found.of_indicators.tolist()):
        if share < rules.COVERAGE:
            said = rules.percent(share, rules.COVERAGE)
            yield warning(
                "coherence-indicator-coverage",
                found.codes[at],
                f"{found.indicators[at]} was observed for {said} of the ranked units, less than "
                f"{rules.COVERAGE:.0%}.",
                "Find another source, or take it out.",
            )
