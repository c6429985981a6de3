"""The offset map: a grid of the sizes of two changes, each cell in the same draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.offset.axes import axis_of
from rankscope.analyses.offset.grid import Grid
from rankscope.analyses.offset.lines import even_line, offset_findings, score_line
from rankscope.analyses.offset.result import OffsetMap
from rankscope.analyses.variant_results import chosen_period
from rankscope.errors import MethodError
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rankscope.analyses.offset.axes import Ends
    from rankscope.definition.model import Scenario
    from rankscope.methods.change import Ties
    from rankscope.pipeline.result import Result


def offset_map(  # noqa: PLR0913 - two changes, and how they are looked at
    index: Result,
    scenario: Scenario,
    *,
    unit: str | None = None,
    x: int = 1,
    y: int = 2,
    x_ends: Ends | None = None,
    y_ends: Ends | None = None,
    steps: int = 50,
    ties: Sequence[Ties] = (),
    view: str = HEADLINE,
    period: str | None = None,
    draws: int = 1024,
    seed: int = 0,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> OffsetMap:
    """Return a unit's score and rank at each combination of the sizes of two changes.

    ``x`` and ``y`` count the changes of the scenario from 1; those between and after them
    take the middle of their ranges.  Scales are those of the index, and all cells see the
    same draws of its own uncertainty.  ``unit`` is the first that the scenario changes
    unless given by its code.

    Raises
    ------
    UnitError, BindError, DataError
        When a unit, a view or a period is not there.
    MethodError
        When a change has no size, or a value would leave its possible range.
    """
    if scenario.scales == "refitted" or x == y:
        said = "its scales are refitted" if x != y else f"both axes are change {x}"
        raise MethodError(f"No offset map of {scenario.name} can be made: {said}.")
    shown = chosen_period(index, index.plan.definition.title, period)
    before = index.of_period(shown)
    grid = Grid(
        before,
        scenario,
        tuple(ties),
        axis_of(before, scenario, x, x_ends, steps),
        axis_of(before, scenario, y, y_ends, steps),
        view,
        "",
    )
    played = grid.played(*grid.points())
    subject = unit or (played.units[0] if played.units else "")
    if subject not in played.units:
        mend = f"It changes {', '.join(played.units) or 'nobody'}."
        raise MethodError(f"{scenario.name} does not change {subject or 'any unit'}. {mend}")
    grid = grid.about(subject)
    row = before.units.index(subject)
    shape = (len(grid.y.values), len(grid.x.values))
    scores, ranks = grid.published(played)
    score = float(before.score(view=view)[row])
    chance, done = None, 0
    if draws:
        chance, done = grid.chances(
            index, played, shown, draws, seed, workers=workers, progress=progress
        )
    line = score_line(grid, score)
    even = even_line(grid.y.values, chance.reshape(shape)) if chance is not None else line * np.nan
    return OffsetMap(
        scenario=scenario,
        index=before,
        unit=subject,
        name=before.names[row],
        view=view,
        x=grid.x,
        y=grid.y,
        score_before=score,
        rank_before=int(before.rank(view=view)[row]),
        of=before.ranked(view=view),
        score=scores.reshape(shape),
        rank=ranks.reshape(shape),
        chance=None if chance is None else chance.reshape(shape),
        draws=done,
        line=line,
        even=even,
        findings=(*played.findings, *offset_findings(grid, line, scores.reshape(shape), score)),
    )
