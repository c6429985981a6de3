"""One thing left out: what it does to the ranks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.rank_agreement import (
    counted_among,
    rank_agreement,
    rank_shifts,
    reversals,
)

if TYPE_CHECKING:
    from rankscope.shapes import Mask, Vector, Whole


@dataclass(frozen=True, slots=True)
class Omission:
    """A thing to leave out: an indicator, pillar, unit or year, by its code and name.

    ``correlation`` is that of a node with the index, NaN for others; ``refused`` says why
    there is no index without it.
    """

    kind: str
    code: str
    name: str
    correlation: float = float("nan")
    refused: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut(Omission):
    """What leaving out one thing does to the ranks of the ``compared`` units.

    These have a rank before and after, and both are counted among them.  Shifts are
    absolute, in places; ``changed`` units move at all, ``furthest`` are the codes of those
    that move most; ``reversals`` are the pairs whose order turns; ``unranked`` units lose
    their rank.  Where there is nothing to compare, shifts and correlations are NaN.
    """

    compared: int = 0
    mean_shift: float = float("nan")
    largest_shift: float = float("nan")
    furthest: tuple[str, ...] = ()
    spearman: float = float("nan")
    kendall: float = float("nan")
    changed: int = 0
    reversals: int = 0
    unranked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Baseline:
    """The ranks as published, (units,), with the group in which each unit is ranked, (units,)."""

    units: tuple[str, ...]
    ranks: Whole
    groups: Whole
    ties: str

    def shifts(self, ranks: Whole) -> Vector:
        """Return the places gained in other ranks, (units,), among the units that have both."""
        return rank_shifts(self.ranks, ranks, ties=self.ties, groups=self.groups)

    def counted(self, ranks: Whole) -> Whole:
        """Return the published ranks, (units,), among the units that other ranks have too."""
        both = (self.ranks > 0) & (ranks > 0)
        return counted_among(self.ranks, both, ties=self.ties, groups=self.groups)

    def against(self, omission: Omission, ranks: Whole) -> LeftOut:
        """Return what an omission does, from the ranks without it, of shape (units,)."""
        agreed = rank_agreement(self.ranks, ranks, ties=self.ties, groups=self.groups)
        moves = np.abs(self.shifts(ranks))
        return LeftOut(
            kind=omission.kind,
            code=omission.code,
            name=omission.name,
            correlation=omission.correlation,
            refused=omission.refused,
            compared=agreed.compared,
            mean_shift=agreed.mean_shift,
            largest_shift=agreed.largest_shift,
            furthest=self._those(moves == agreed.largest_shift) if agreed.largest_shift else (),
            spearman=agreed.spearman,
            kendall=agreed.kendall,
            changed=int((moves > 0).sum()),
            reversals=reversals(self.ranks, ranks, groups=self.groups),
            unranked=self._those((self.ranks > 0) & (ranks == 0) & ~self._own(omission)),
        )

    def turned(self, ranks: Whole) -> tuple[tuple[str, str], ...]:
        """Return the pairs whose order turns in other ranks, who was ahead first."""
        order = np.argsort(self.ranks, kind="stable")
        order = order[(self.ranks[order] > 0) & (ranks[order] > 0)]
        before, after, group = self.ranks[order], ranks[order], self.groups[order]
        found = []
        for at in range(len(order)):
            behind = (before > before[at]) & (after < after[at]) & (group == group[at])
            found += [(self.units[order[at]], self.units[row]) for row in order[behind]]
        return tuple(found)

    def _own(self, omission: Omission) -> Mask:
        """Return which unit is the one left out, (units,)."""
        return np.array([omission.kind == "unit" and one == omission.code for one in self.units])

    def _those(self, which: Mask) -> tuple[str, ...]:
        return tuple(self.units[row] for row in np.flatnonzero(which).tolist())
