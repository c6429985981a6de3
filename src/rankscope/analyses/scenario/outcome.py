"""What came of a scenario: the index before and after it, and how sure the difference is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.analyses.contributions import contributions

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.analyses.scenario.chances import Chances
    from rankscope.analyses.scenario.play import Played
    from rankscope.analyses.uncertainty.design import Design
    from rankscope.definition.model import Scenario
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Vector, Whole


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one act added, in the order of the scenario: the score and rank of a unit after it."""

    act: str
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """A raw value before and after, where sizes are at their middles."""

    unit: str
    indicator: str
    name: str
    before: float
    after: float


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A scenario and what came of it.

    ``before`` and ``after`` are the index of one period, sizes at their middles and methods as
    published.  ``subjects`` are the codes of the units that the scenario changed, or made,
    those that it befalls before their partners.
    ``stretches`` follow the first subject act by act.  ``chances`` say how ranks differ in
    the same draws of the index's own uncertainty and of the sizes; None if none were drawn.
    """

    scenario: Scenario
    view: str
    before: Result
    after: Result
    played: Played
    subjects: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    design: Design | None
    chances: Chances | None
    findings: tuple[Finding, ...]

    @property
    def title(self) -> str:
        """Return what the scenario is called in print."""
        return self.scenario.title or self.scenario.name

    @property
    def acts(self) -> tuple[str, ...]:
        """Return what happens, act by act, in words."""
        said = self.scenario.units
        whom = (replace(change, units=change.units or said) for change in self.scenario.changes)
        return tuple(change.in_words() for change in whom)

    @property
    def both(self) -> tuple[str, ...]:
        """Return the codes of units that are there before and after, in their order before."""
        after = set(self.after.units)
        return tuple(unit for unit in self.before.units if unit in after)

    def rank_before(self, unit: str) -> int:
        """Return the rank of a unit before, 0 for none or for a unit that was made."""
        units = self.before.units
        return int(self.before.rank(view=self.view)[units.index(unit)]) if unit in units else 0

    def rank_after(self, unit: str) -> int:
        """Return the rank of a unit after, 0 for none or for a unit that is part of another."""
        units = self.after.units
        return int(self.after.rank(view=self.view)[units.index(unit)]) if unit in units else 0

    def places(self) -> Whole:
        """Return the places that each unit in both gained among them, (units in both,)."""
        rows, places = self._rows_of_both()
        both = ranks_among(self.before, rows, self.view), ranks_among(self.after, places, self.view)
        return np.where((both[0] > 0) & (both[1] > 0), both[0] - both[1], 0)

    def values(self) -> tuple[ChangedValue, ...]:
        """Return the raw values that changed, unit by unit."""
        return tuple(
            ChangedValue(unit, column.code, column.name, float(old), float(new))
            for number, unit in enumerate(self.played.units)
            if unit not in self.played.merged
            for column, old, new in zip(
                self.played.columns,
                self.before.plan.table.values[self.played.rows[number]],
                self.played.values[0, number],
                strict=True,
            )
            if old != new and not (np.isnan(old) and np.isnan(new))
        )

    def contributions(self, unit: str) -> Vector:
        """Return what each node adds to the change of a unit's score, (nodes,).

        On the chart of the root, as `contributions` has it: nodes of one level add up.
        """
        before = contributions(self.before, self.view).values[self.before.units.index(unit)]
        after = contributions(self.after, self.view).values[self.after.units.index(unit)]
        return np.asarray(after - before)

    def nodes(self, unit: str) -> pd.DataFrame:
        """Return a data frame of every node: a unit's score and rank before and after."""
        import pandas as pd

        plan, view = self.before.plan, self.before.plan.views.index(self.view)
        one, other = self.before.units.index(unit), self.after.units.index(unit)
        columns = {
            "name": [node.name for node in plan.nodes],
            "score_before": self.before.scores[view, one],
            "score_after": self.after.scores[view, other],
            "rank_before": self.before.ranks[view, one],
            "rank_after": self.after.ranks[view, other],
            "contribution": self.contributions(unit),
        }
        index = pd.Index([node.code for node in plan.nodes], name="node")
        return pd.DataFrame(columns, index=index)[::-1]

    def frame(self) -> pd.DataFrame:
        """Return a data frame of the units after: ranks and scores before and after, chances."""
        import pandas as pd

        units = [self.after.units[row] for row in self.after.order(view=self.view)]
        known = {unit: row for row, unit in enumerate(self.before.units)}
        place = {unit: row for row, unit in enumerate(self.after.units)}
        gained = dict(zip(self.both, self.places(), strict=True))
        scores = self.before.score(view=self.view)
        columns: dict[str, Any] = {
            "name": [self.after.names[place[unit]] for unit in units],
            "rank_before": [self.rank_before(unit) for unit in units],
            "rank_after": [self.rank_after(unit) for unit in units],
            "places_gained": [int(gained.get(unit, 0)) for unit in units],
            "score_before": [scores[known[unit]] if unit in known else np.nan for unit in units],
            "score_after": [self.after.score(view=self.view)[place[unit]] for unit in units],
        }
        if self.chances is not None:
            columns |= self._chances(units)
        return pd.DataFrame(columns, index=pd.Index(units, name="unit"))

    def probabilities(self, unit: str) -> pd.DataFrame:
        """Return a data frame of each rank that a unit takes in any draw, before and after.

        Empty where nothing was drawn; of a unit that was made, or that is part of another,
        there is one side only.
        """
        import pandas as pd

        sides = {"before": self.before, "after": self.after}
        found = {}
        for name, result in sides.items():
            if self.chances is not None and unit in result.units:
                draws = self.chances.before if name == "before" else self.chances.after
                found[name] = draws.acceptability_of(result.units.index(unit))
        most = max(map(len, found.values()), default=0)
        ranks = pd.RangeIndex(1, most + 1, name="rank")
        table = pd.DataFrame({name: pd.Series(one) for name, one in found.items()})
        table.index = ranks
        table = table.reindex(columns=list(sides))
        return table[(table.fillna(0.0) > 0).any(axis=1)]

    def _chances(self, units: list[str]) -> dict[str, list[float]]:
        """Return columns of probabilities for units after, NaN for those that were made."""
        if self.chances is None:
            return {}
        low, high = self.chances.places((0.05, 0.95))
        found = {
            "better": self.chances.better(),
            "worse": self.chances.worse(),
            "places_low": low,
            "places_high": high,
        }
        place = {unit: number for number, unit in enumerate(self.both)}
        return {
            name: [float(one[place[unit]]) if unit in place else np.nan for unit in units]
            for name, one in found.items()
        }

    def _rows_of_both(self) -> tuple[Whole, Whole]:
        one = {unit: row for row, unit in enumerate(self.before.units)}
        other = {unit: row for row, unit in enumerate(self.after.units)}
        rows = [one[unit] for unit in self.both]
        return np.array(rows, dtype=int), np.array([other[unit] for unit in self.both], dtype=int)


def ranks_among(result: Result, rows: Whole, view: str) -> Whole:
    """Return the ranks that some rows have among themselves, (rows,), 0 for none."""
    from rankscope.pipeline.ranks import ranking_of

    scores = result.score(view=view)[rows]
    eligible = np.where(result.plan.rankable(view)[rows], scores, np.nan)
    return ranking_of(result.plan.of_rows(rows), view).ranks(eligible)
