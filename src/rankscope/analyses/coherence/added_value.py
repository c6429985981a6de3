"""What the overall rank adds to the ranks of the parts: how often the two stories differ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence import rules
from rankscope.analyses.coherence.subject import subject_of
from rankscope.analyses.rank_agreement import rank_agreement, rank_shifts
from rankscope.analyses.variant_results import rivals_of
from rankscope.errors import MethodError
from rankscope.findings import note
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from rankscope.analyses.coherence.subject import Subject
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Matrix, Vector, Whole

_HARDLY = 0.1
"""With fewer units that differ, one part tells the story of the whole."""


@dataclass(frozen=True, slots=True)
class AddedValue:
    """How far the ranks of a node are from those of each of its parts.

    ``shifts`` (units, parts) are places gained from the whole to the part, among the units
    that have both ranks, NaN for others; ``shares`` (parts,) the units whose ranks differ by
    ``places`` or more.  All are NaN where there is nothing to compare.
    """

    node: str
    name: str
    places: int
    units: tuple[str, ...]
    codes: tuple[str, ...]
    names: tuple[str, ...]
    shifts: Matrix
    counts: Whole
    shares: Vector
    mean_shifts: Vector
    spearman: Vector
    findings: tuple[Finding, ...] = ()

    @property
    def from_any(self) -> float:
        """Return the share of units that differ so much from one part at least."""
        return self._share(np.where(np.isnan(self.shifts), -1.0, np.abs(self.shifts)).max)

    @property
    def from_all(self) -> float:
        """Return the share of units that differ so much from every part that ranks them."""
        return self._share(np.where(np.isnan(self.shifts), np.inf, np.abs(self.shifts)).min)

    def _share(self, extreme: Callable[..., Vector]) -> float:
        """Return the share of units, of those that any part ranks, whose extreme is so large."""
        compared = ~np.isnan(self.shifts).all(axis=1)
        if not compared.any():
            return np.nan
        return float((extreme(axis=1)[compared] >= self.places).mean())

    def frame(self) -> pd.DataFrame:
        """Return a data frame with a row for each part."""
        import pandas as pd

        columns = {
            "name": self.names,
            "n": self.counts,
            "share": self.shares,
            "mean_shift": self.mean_shifts,
            "spearman": self.spearman,
        }
        return pd.DataFrame(columns, index=pd.Index(self.codes, name="code"))


def added_value(
    result: Result,
    *,
    view: str = HEADLINE,
    node: str | None = None,
    period: str | None = None,
    places: int = rules.PLACES,
) -> AddedValue:
    """Return how many units have a rank in a node ``places`` or more from that in each part.

    Audits of the Joint Research Centre quote the share for ten places: where it is small, a
    part says what the whole says.

    Raises
    ------
    MethodError
        When there is no such node or view, the node is an indicator, or there are no places.
    DataError
        When there is no such period.
    """
    if places < 1:
        raise MethodError(f"places must be a whole number of at least 1, got {places}.")
    subject = subject_of(result, view=view, node=node, period=period)
    parts, rows = subject.items(subject.node), subject.rows
    ties, groups = result.plan.definition.method.ranking.ties, rivals_of(result, rows)
    whole = result.rank(subject.node, view)[rows]
    ranks = [result.rank(one, view)[rows] for one in parts]
    shifts = [rank_shifts(whole, one, ties=ties, groups=groups) for one in ranks]
    agreed = [rank_agreement(whole, one, ties=ties, groups=groups) for one in ranks]
    found = AddedValue(
        node=subject.top.code,
        name=subject.top.name,
        places=places,
        units=tuple(result.units[row] for row in rows),
        codes=subject.codes(parts),
        names=tuple(subject.name(one) for one in parts),
        shifts=np.array(shifts).reshape(len(parts), len(rows)).T,
        counts=np.array([one.compared for one in agreed], dtype=np.int64),
        shares=np.array([_beyond(one, places) for one in shifts]),
        mean_shifts=np.array([one.mean_shift for one in agreed]),
        spearman=np.array([one.spearman for one in agreed]),
    )
    return _judged(subject, found)


def _beyond(shifts: Vector, places: int) -> float:
    """Return the share of units that move so many places or more, of those that have both."""
    moved = np.abs(shifts[~np.isnan(shifts)])
    return float((moved >= places).mean()) if moved.size else np.nan


def _judged(subject: Subject, found: AddedValue) -> AddedValue:
    """Return the same with findings: the parts whose ranks are nearly those of the whole."""
    if len(subject.items(subject.node)) < 2:
        return found
    return replace(found, findings=rules.sourced(_findings(found)))


def _findings(found: AddedValue) -> Iterator[Finding]:
    for at, code in enumerate(found.codes):
        if found.counts[at] > 2 * found.places and found.shares[at] < _HARDLY:
            yield note(
                "coherence-no-added-value",
                code,
                f"the ranks in {found.names[at]} are nearly those in {found.name}: only "
                f"{found.shares[at]:.0%} of {found.counts[at]} units differ by {found.places} "
                "places or more.",
                "Ask what the other parts add to it.",
            )
