"""What changed between two editions: each unit's change, handed out among its causes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope._words import did_you_mean, visible
from rankscope.analyses.diff.sentences import Move, move_sentence
from rankscope.errors import UnitError

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.findings import Finding
    from rankscope.shapes import Batch, Matrix, Vector, Whole


@dataclass(frozen=True, slots=True)
class Player:
    """A cause that can change scores and ranks.

    ``code`` is one of `switches.PLAYERS`, or several of them joined by ``+`` where they can
    not be told apart; ``name`` is its name in print, ``words`` what of it changed.
    """

    code: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition as it was compared; ``period`` is None for what is no panel."""

    title: str
    edition: str
    period: str | None
    ranked: int


@dataclass(frozen=True, slots=True, eq=False)
class Diff:
    """The change between two editions.

    ``players`` are the causes that differ between them.  ``units`` (units,) are those ranked
    in both, by their new rank, with ``names``; scores and ranks before and after are (units,).
    ``score_shares`` and ``rank_shares`` (units, players) add up to the change of score and to
    the places gained; they are NaN for a unit that some mixture leaves without a rank.
    ``score_ranges`` and ``rank_ranges`` (units, players, 2) are the lowest and highest share
    over the weights that are possible, None where that was not asked for.  ``entered`` and
    ``left`` are the names of units ranked in the new and in the old edition only.
    """

    old: Edition
    new: Edition
    view: str
    players: tuple[Player, ...]
    units: tuple[str, ...]
    names: tuple[str, ...]
    score_before: Vector
    score_after: Vector
    rank_before: Whole
    rank_after: Whole
    score_shares: Matrix
    rank_shares: Matrix
    score_ranges: Batch | None
    rank_ranges: Batch | None
    entered: tuple[str, ...]
    left: tuple[str, ...]
    indicators_entered: tuple[str, ...]
    indicators_left: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def score_change(self) -> Vector:
        """Return the change of each unit's score, (units,)."""
        return self.score_after - self.score_before

    @property
    def places_gained(self) -> Whole:
        """Return the places that each unit gained, (units,), negative where it lost some."""
        return self.rank_before - self.rank_after

    def row(self, unit: str) -> int:
        """Return the row of a unit by its code.

        Raises
        ------
        UnitError
            When it is not ranked in both editions.
        """
        if unit not in self.units:
            said = f"{visible(unit)} is not ranked in both editions, so that nothing is compared."
            raise UnitError(f"{said} {did_you_mean(unit, self.units)}".rstrip())
        return self.units.index(unit)

    def sentence(self, unit: str) -> str:
        """Say in one sentence how a unit's rank changed, and by what.

        Raises
        ------
        UnitError
            When it is not ranked in both editions.
        """
        row = self.row(unit)
        names = [player.name for player in self.players]
        shares = self.rank_shares[row].tolist()
        ranks = (int(self.rank_before[row]), int(self.rank_after[row]))
        return move_sentence(Move(self.names[row], *ranks, tuple(zip(names, shares, strict=True))))

    def frame(self) -> pd.DataFrame:
        """Return a row for each unit: ranks, places gained, scores, and the share of each cause.

        Columns such as ``places: Data`` add up to ``places gained``, those such as
        ``score: Data`` to ``score change``.
        """
        import pandas as pd

        columns: dict[str, Any] = {
            "name": np.array(self.names, dtype=object),
            "rank before": self.rank_before,
            "rank after": self.rank_after,
            "places gained": self.places_gained,
            **self._shares("places", self.rank_shares, self.rank_ranges),
            "score before": self.score_before,
            "score after": self.score_after,
            "score change": self.score_change,
            **self._shares("score", self.score_shares, self.score_ranges),
        }
        return pd.DataFrame(columns, index=pd.Index(self.units, name="unit"))

    def _shares(self, of: str, shares: Matrix, ranges: Batch | None) -> dict[str, Vector]:
        """Return a column for each player, and two more where there are ranges."""
        columns: dict[str, Vector] = {}
        for at, player in enumerate(self.players):
            columns[f"{of}: {player.name}"] = shares[:, at]
            if ranges is not None:
                columns[f"{of}: {player.name}, lowest"] = ranges[:, at, 0]
                columns[f"{of}: {player.name}, highest"] = ranges[:, at, 1]
        return columns
