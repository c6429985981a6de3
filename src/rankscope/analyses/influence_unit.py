"""Influence on one unit: its rank without each thing that is left out."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class UnitMove:
    """The rank of a unit without one thing.

    ``rank`` is the published one and ``without`` the other, both counted among the units
    that have both; ``change`` is positive where the unit rises.
    """

    kind: str
    code: str
    name: str
    rank: int
    without: int
    change: int


@dataclass(frozen=True, slots=True)
class UnitInfluence:
    """How the rank of one unit, ``of`` so many, depends on each thing: the widest moves first.

    ``costs`` are the codes of those without which it has no rank.
    """

    unit: str
    name: str
    rank: int
    of: int
    moves: tuple[UnitMove, ...]
    costs: tuple[str, ...]

    @property
    def helps(self) -> tuple[UnitMove, ...]:
        """Return the indicators without which the unit falls furthest; none if it never falls."""
        return self.most("indicator", -1)

    @property
    def hurts(self) -> tuple[UnitMove, ...]:
        """Return the indicators without which the unit rises furthest; none if it never rises."""
        return self.most("indicator", 1)

    def most(self, kind: str, sign: int) -> tuple[UnitMove, ...]:
        """Return the widest moves of one kind, up (1) or down (-1); several where alike."""
        moves = [move for move in self.moves if move.kind == kind and move.change * sign > 0]
        widest = max((abs(move.change) for move in moves), default=0)
        return tuple(move for move in moves if abs(move.change) == widest)

    def frame(self) -> pd.DataFrame:
        """Return a data frame, a row a thing left out."""
        import pandas as pd

        names = [field.name for field in fields(UnitMove)]
        rows = [[getattr(move, name) for name in names] for move in self.moves]
        return pd.DataFrame(rows, columns=pd.Index(names)).set_index(["kind", "code"])
