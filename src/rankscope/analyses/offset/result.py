"""The offset map: what rank a unit has at each combination of the sizes of two changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.definition.model import Scenario
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Matrix, Vector, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """A change of a scenario, counted from 1, and the sizes that it takes along an axis.

    ``phrase`` says one of its sizes, in the place of ``{}``: ``a loss of {}``.
    """

    change: int
    act: str
    label: str
    phrase: str
    is_share: bool
    values: Vector

    def said(self, size: float) -> str:
        """Return a size in words."""
        if not self.is_share:
            return self.phrase.format(f"{size:.3g}")
        whole = size == 0 or round(size, 2) >= 0.1
        return self.phrase.format(f"{size:.0%}" if whole else f"{size:.1%}")


@dataclass(frozen=True, slots=True, eq=False)
class OffsetMap:
    """What a unit's score and rank are at each size of two changes of a scenario.

    ``score``, ``rank`` and ``chance`` are of shape (sizes of y, sizes of x): the score and the
    rank with the methods as published, and the share of draws of the index's own uncertainty
    in which the unit ranks at least as well as without the scenario in the same draw; None if
    nothing was drawn.  ``line`` (sizes of x,) are the sizes of y at which the score is that
    without the scenario, ``even`` (sizes of x,) those at which the chance is a half; NaN
    where none is in the range.
    """

    scenario: Scenario
    index: Result
    unit: str
    name: str
    view: str
    x: Axis
    y: Axis
    score_before: float
    rank_before: int
    of: int
    score: Matrix
    rank: Whole
    chance: Matrix | None
    draws: int
    line: Vector
    even: Vector
    findings: tuple[Finding, ...]

    @property
    def title(self) -> str:
        """Return what the scenario is called in print."""
        return self.scenario.title or self.scenario.name

    def restored(self) -> Vector:
        """Return for each size of x the smallest size of y with at least the old rank, (x,)."""
        good = (self.rank > 0) & (self.rank <= self.rank_before)
        first = self.y.values[np.argmax(good, axis=0)]
        return np.where(good.any(axis=0), first, np.nan)

    def sentence(self) -> str:
        """Return what the line of equal score says, at the middle and the end of the first change.

        Such as: A loss of 50% is made up for by closing 1.9% of the gap to China.
        """
        x = self.x.values
        told = []
        for at in ((x[0] + x[-1]) / 2, x[-1]):
            size = float(np.interp(at, x, self.line))
            if not np.isnan(size):
                told.append(f"{self.x.said(at)} is made up for by {self.y.said(size)}")
        if told:
            said = "; ".join(told)
            return f"{said[0].upper()}{said[1:]}."
        return (
            f"Nothing up to {self.y.said(float(self.y.values[-1]))} gives {self.name} the score "
            f"back that it has without the scenario ({self.score_before:.1f})."
        )

    def frame(self) -> pd.DataFrame:
        """Return a data frame of all cells: both sizes, score, rank, chance."""
        import pandas as pd

        y, x = np.meshgrid(self.y.values, self.x.values, indexing="ij")
        columns = {
            "x": x.ravel(),
            "y": y.ravel(),
            "score": self.score.ravel(),
            "rank": self.rank.ravel(),
        }
        if self.chance is not None:
            columns["chance"] = self.chance.ravel()
        return pd.DataFrame(columns)

    def lines(self) -> pd.DataFrame:
        """Return a data frame of the line of equal score and of the even chance along x."""
        import pandas as pd

        return pd.DataFrame(
            {"x": self.x.values, "equal_score": self.line, "even_chance": self.even}
        )
