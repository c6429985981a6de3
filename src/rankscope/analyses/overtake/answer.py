"""The answer to who overtakes whom, and at what change of weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.analyses.overtake.change import Change, SingleWeight
    from rankscope.analyses.overtake.standing import Standing
    from rankscope.findings import Finding
    from rankscope.shapes import Vector


@dataclass(frozen=True, slots=True)
class Overtaking:
    """What it takes to put the ``lower`` of two units above the ``higher`` one.

    ``swapped`` says that the unit asked about was above already, so that the reverse is
    answered.  ``weights`` is the set within which weights may move, at ``levels``.

    ``codes`` and ``names`` are the nodes whose effective weights move, ``before`` those
    weights (weights,), ``difference`` (weights,) by how much the lower unit is ahead in
    each, in ``measure``; together ``gain``, which is below 0.  ``fewest`` moves the fewest
    points of weight, ``nearest`` has the smallest Euclidean distance, ``singles`` change one
    share alone, and ``within`` only the weights below one node.
    """

    lower: Standing
    higher: Standing
    swapped: bool
    of: int
    node: str
    view: str
    period: str | None
    weights: str
    levels: tuple[int, ...]
    codes: tuple[str, ...]
    names: tuple[str, ...]
    before: Vector
    difference: Vector
    gain: float
    measure: str
    fewest: Change
    nearest: Change
    singles: tuple[SingleWeight, ...]
    within: tuple[Change, ...]
    findings: tuple[Finding, ...]

    @property
    def possible(self) -> bool:
        """Whether some weights of the set put the lower unit above the higher one."""
        return self.fewest.turns

    @property
    def behind_everywhere(self) -> bool:
        """Whether the lower unit is ahead nowhere, so that no weights at all could lift it."""
        return bool((self.difference <= 0).all())

    def frame(self) -> pd.DataFrame:
        """Return a data frame, a row a weight: before, and after the two smallest changes."""
        import pandas as pd

        none = np.full(len(self.before), np.nan)
        columns = {
            "name": self.names,
            "difference": self.difference,
            "before": self.before,
            "fewest_points": none if self.fewest.tie is None else self.fewest.tie,
            "nearest": none if self.nearest.tie is None else self.nearest.tie,
        }
        return pd.DataFrame(columns, index=pd.Index(self.codes, name="node"))

    def singles_frame(self) -> pd.DataFrame:
        """Return a data frame, a row a single weight: its share, the one needed, points moved."""
        import pandas as pd

        rows = [
            (one.change.place, one.change.name, one.parent, one.share, one.needed, *_of(one.change))
            for one in self.singles
        ]
        head = ["node", "name", "parent", "share", "needed", "points", "highest", "turns"]
        return pd.DataFrame(rows, columns=pd.Index(head)).set_index("node")

    def within_frame(self) -> pd.DataFrame:
        """Return a data frame, a row a node below which alone weights move."""
        import pandas as pd

        rows = [(one.place, one.name, one.kind, *_of(one)) for one in self.within]
        head = ["node", "name", "kind", "points", "highest", "turns"]
        return pd.DataFrame(rows, columns=pd.Index(head)).set_index("node")


def _of(change: Change) -> tuple[float, float, bool]:
    return change.points, change.highest, change.turns
