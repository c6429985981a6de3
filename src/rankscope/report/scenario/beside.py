"""Several scenarios side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.analyses.scenario.words import name_of
from rankscope.charts.scenario_ranks import scenario_ranks_chart
from rankscope.pages.numbers import fixed, percent
from rankscope.report.audit.drawings import drawing
from rankscope.report.audit.exhibits import Cell, Exhibit, sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.analyses.scenario.outcome import Outcome


def beside_exhibits(outcomes: Sequence[Outcome], places: Sequence[str]) -> Iterator[Exhibit]:
    """Yield the picture of all scenarios and their table, whose names lead to their sections."""
    yield Exhibit(
        6,
        "Where the scenarios lead",
        "A line shows the first unit that each scenario changes, or makes.",
        drawings=(
            drawing(
                lambda width: scenario_ranks_chart(outcomes, width=width, title=""),
                "Rank before and after of the first unit of each scenario; the same numbers are "
                "in the table that follows",
            ),
        ),
    )
    rows = [_row(one, place) for one, place in zip(outcomes, places, strict=True)]
    columns = ("Scenario", "Unit*", "Rank before", "after", "Score before", "after", "Better in")
    yield Exhibit(
        6,
        "The scenarios in numbers",
        "Better in: the share of draws in which the unit ranks better than without the scenario.",
        sheet=sheet((*columns, "Worse in"), rows, rest="scenarios"),
    )


def _row(found: Outcome, place: str) -> tuple[Cell | str, ...]:
    title = Cell(found.title, link=f"#{place}")
    if not found.subjects:
        return (title, "–", "–", "–", "–", "–", "–", "–")
    unit = found.subjects[0]
    before, after = found.rank_before(unit), found.rank_after(unit)
    scores = [
        fixed(float(one.score(view=found.view)[one.units.index(unit)]), 1)
        if unit in one.units
        else "–"
        for one in (found.before, found.after)
    ]
    better = worse = "–"
    if found.chances is not None and unit in found.both:
        row = found.both.index(unit)
        better, worse = (percent(one()[row]) for one in (found.chances.better, found.chances.worse))
    ranks = [str(one) if one else "–" for one in (before, after)]
    return (title, name_of(found, unit), *ranks, *scores, better, worse)
