"""What it takes to reach a rank: the shares of the gaps, and how sure it is the least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.definition.model import Scenario
    from rankscope.findings import Finding

Exactness = Literal["exact", "bounded", "not proved"]
"""The least effort; at most a known part above it; the least that was found."""


@dataclass(frozen=True, slots=True)
class Needed:
    """What changes at one indicator: a share of the gap to the best observed value.

    ``points`` is what it adds to the score; these add up to the whole change.  ``holder`` is
    the code of the unit that has the best value, and ``holder_name`` its name.
    """

    code: str
    name: str
    share: float
    before: float
    needed: float
    best: float
    holder: str
    holder_name: str
    cost: float
    points: float


@dataclass(frozen=True, slots=True, eq=False)
class Goal:
    """The least effort with which a unit reaches a rank, the others being as they are.

    ``rival`` is the code of the unit that must be caught up with, and ``score_needed`` the
    score that this takes; empty and the unit's own score where it has the rank already.
    ``needs`` are all indicators that may change, in the order of the framework, with shares
    of 0 where nothing is asked of them.  ``score_at_best`` is the score with the best
    observed value in all of them.  Where the rank is out of reach ``proof`` says why, if
    that is proved, and shares are NaN.

    ``effort`` is the sum of cost times squared share, or of cost times share.  No shares have
    less than ``bound``, NaN if none is known: it is the effort itself where the answer
    is ``exact``.  ``scenario`` plays the answer on the index, which confirmed
    ``rank_reached`` and ``score_reached``, and that with ``just_less`` (each share times
    0.99) the rank would be ``rank_just_less``.
    """

    unit: str
    name: str
    view: str
    period: str | None
    rank_before: int
    rank_wanted: int
    rank_reached: int
    rank_just_less: int
    ranked: int
    score_before: float
    score_needed: float
    score_reached: float
    score_at_best: float
    rival: str
    rival_name: str
    reachable: bool
    proof: str
    needs: tuple[Needed, ...]
    kind: str
    effort: float
    bound: float
    exactness: Exactness
    scenario: Scenario
    findings: tuple[Finding, ...]

    @property
    def already(self) -> bool:
        """Whether the unit has the rank as it is."""
        return self.rank_before <= self.rank_wanted

    @property
    def shares(self) -> dict[str, float]:
        """Return the share of the gap that is closed at each indicator."""
        return {one.code: one.share for one in self.needs}

    @property
    def excess(self) -> float:
        """Return how far the effort can be above the least possible, as a part of that."""
        if not self.reachable or np.isnan(self.bound):
            return np.nan
        return self.effort / self.bound - 1 if self.bound > 0 else float(self.effort > 0)

    def words(self) -> str:
        """Say in a sentence how sure it is that there is no less effort."""
        if self.already:
            return f"{self.name} ranks {self.rank_before} already: no effort is needed."
        if not self.reachable:
            return self.proof or "No way was found, which is no proof that there is none."
        if self.exactness == "exact":
            return "This is the least effort possible."
        if self.exactness == "bounded":
            above = f"{max(self.excess, 1e-4):.2%}"
            return f"This effort is at most {above} above the least possible."
        return "This is the least effort found; that there is none less is not proved."

    def frame(self) -> pd.DataFrame:
        """Return a data frame of the indicators, the largest effort first."""
        import pandas as pd

        found = pd.DataFrame(
            {
                "name": [one.name for one in self.needs],
                "share": [one.share for one in self.needs],
                "before": [one.before for one in self.needs],
                "needed": [one.needed for one in self.needs],
                "best": [one.best for one in self.needs],
                "best_unit": [one.holder for one in self.needs],
                "cost": [one.cost for one in self.needs],
                "points": [one.points for one in self.needs],
            },
            index=pd.Index([one.code for one in self.needs], name="indicator"),
        )
        spent = -found["cost"] * found["share"] ** (2 if self.kind == "squares" else 1)
        return found.loc[spent.sort_values(kind="stable").index]
