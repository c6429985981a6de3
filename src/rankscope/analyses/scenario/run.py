"""What if: a scenario, or several side by side, on an index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.scenario.after import result_after
from rankscope.analyses.scenario.chances import BothDraws, RefittedDraws, Sides, chances
from rankscope.analyses.scenario.extension import Extension, after_columns
from rankscope.analyses.scenario.outcome import Outcome, Stretch
from rankscope.analyses.scenario.play import play
from rankscope.analyses.scenario.refitted import refitted, refitted_design
from rankscope.analyses.scenario.sampled import VERSIONS, drawn_sizes, middle_sizes
from rankscope.analyses.uncertainty.compile_design import design_of
from rankscope.analyses.variant_results import chosen_period
from rankscope.pipeline.plan import HEADLINE
from rankscope.pipeline.ranks import ranking_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rankscope.analyses.scenario.play import Played
    from rankscope.analyses.uncertainty.design import Design
    from rankscope.data.table import DataTable
    from rankscope.definition.model import Scenario
    from rankscope.methods.change import Ties
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Matrix

REFITS = 8
"""How many versions stand for the ranges of a scenario whose scales are learnt anew."""


def what_if(  # noqa: PLR0913 - a scenario and how it is looked at, all with a default
    index: Result,
    scenario: Scenario,
    *,
    ties: Sequence[Ties] = (),
    view: str = HEADLINE,
    period: str | None = None,
    draws: int = 4000,
    seed: int = 0,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Outcome:
    """Return what a scenario does to scores and ranks, and how sure that is.

    Ranges are taken at their middles for scores and ranks, and drawn together with the
    index's own assumptions for the probabilities; both sides of a comparison see the same
    draws, so that noise neither hides nor feigns an effect (common random numbers: Glasserman
    & Yao 1992, Management Science 38(6), 884-908, https://doi.org/10.1287/mnsc.38.6.884).
    ``draws`` of 0 draws nothing.

    Raises
    ------
    UnitError
        When the scenario names a unit or a group that is not there.
    MethodError
        When an act makes no sense, or a value would leave its possible range.
    BindError, DataError
        When there is no such view or period.
    """
    shown = chosen_period(index, index.plan.definition.title, period)
    before = index.of_period(shown)
    played = play(before, scenario, middle_sizes(scenario), ties=ties)
    after = _after(index, before, scenario, played, shown)
    design = design_of(index, view=view, period=shown, seed=seed) if draws else None
    found = None
    if design is not None:
        run = Run(index, scenario, tuple(ties), before, after)
        both = run.block_scores(design, shown)
        found = chances(both, run.sides(design), draws, workers=workers, progress=progress)
    return Outcome(
        scenario=scenario,
        view=view,
        before=before,
        after=after,
        played=played,
        subjects=tuple(dict.fromkeys((*played.befallen, *played.units))),
        stretches=_stretches(before, scenario, ties, played, view),
        design=design,
        chances=found,
        findings=(*played.findings, *(design.findings if design else ())),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """Plays a scenario with the same sizes on another table."""

    result: Result
    scenario: Scenario
    ties: tuple[Ties, ...]
    sizes: tuple[Matrix, ...]

    def __call__(self, table: DataTable) -> Played:
        """Return what the scenario makes of the table."""
        return play(self.result, self.scenario, self.sizes, ties=self.ties, table=table)


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A scenario to be drawn, and the index before and after it, both of the one period."""

    index: Result
    scenario: Scenario
    ties: tuple[Ties, ...]
    before: Result
    after: Result

    def block_scores(self, design: Design, shown: str | None) -> BothDraws | RefittedDraws:
        """Return what scores the index and the scenario in the same draws."""
        refit = self.scenario.scales == "refitted"
        sizes = drawn_sizes(self.scenario, REFITS if refit else VERSIONS, design.seed)
        replay = Replay(self.before, self.scenario, self.ties, sizes)
        played = replay(self.before.plan.table)
        if refit:
            built = (refitted(self.index, design.rows, played, k) for k in range(played.versions))
            return RefittedDraws(
                design, tuple(refitted_design(design, one, shown) for one in built)
            )
        places = after_columns(played, len(self.before.units))
        wide = design.with_rows(Extension(played, replay)) if played.units else design
        return BothDraws(wide, places)

    def sides(self, design: Design) -> Sides:
        """Return who is ranked before, after and in both."""
        before, after = self.before, self.after
        there = {unit: row for row, unit in enumerate(after.units)}
        rows = np.array([n for n, unit in enumerate(before.units) if unit in there], dtype=int)
        places = np.array([there[before.units[row]] for row in rows], dtype=int)
        changed = (before.plan.table.values[rows] != after.plan.table.values[places]) & ~(
            np.isnan(before.plan.table.values[rows]) & np.isnan(after.plan.table.values[places])
        )
        return Sides(
            before=design.ranking,
            after=ranking_of(after.plan, design.view),
            both=ranking_of(before.plan.of_rows(rows), design.view),
            rows=rows,
            places=places,
            changed=np.flatnonzero(changed.any(axis=1)),
            units=(len(before.units), len(after.units)),
        )


def _after(
    index: Result, before: Result, scenario: Scenario, played: Played, shown: str | None
) -> Result:
    """Return the index of the period after a scenario, on the scales that it asks for."""
    if scenario.scales == "frozen":
        return result_after(before, played)
    periods = np.array(index.plan.table.periods)
    rows = np.flatnonzero(periods == shown) if shown else np.arange(len(index.units))
    return refitted(index, rows, played).of_period(shown)


def _stretches(
    before: Result, scenario: Scenario, ties: Sequence[Ties], played: Played, view: str
) -> tuple[Stretch, ...]:
    """Return how the first subject fares act by act."""
    if not played.befallen or len(scenario.changes) < 2:
        return ()
    unit, found = played.befallen[0], []
    for number, change in enumerate(scenario.changes, 1):
        first = scenario.model_copy(update={"changes": scenario.changes[:number]})
        part = result_after(before, play(before, first, middle_sizes(first), ties=ties))
        if unit in part.units:
            row = part.units.index(unit)
            score, rank = part.score(view=view)[row], part.rank(view=view)[row]
            found.append(Stretch(change.name, float(score), int(rank)))
    return tuple(found)
