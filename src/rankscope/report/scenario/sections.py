"""What one scenario does: who moves, which values change, where in the index, act by act."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.scenario.words import name_of
from rankscope.charts.offset_map import offset_map_chart
from rankscope.charts.scenario_ranks import scenario_ranks_chart
from rankscope.pages.numbers import fixed
from rankscope.report.audit.drawings import drawing
from rankscope.report.audit.exhibits import Cell, Exhibit, sheet
from rankscope.report.audit.words import magnitude, share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.analyses.offset import OffsetMap
    from rankscope.analyses.scenario.outcome import Outcome
    from rankscope.pipeline.plan import Plan

LEAST = 0.01
"""Ranks that are less probable are not shown."""

MOST_UNITS = 3
"""So many of the changed units are shown node by node."""


def scenario_exhibits(found: Outcome, maps: Sequence[OffsetMap]) -> Iterator[Exhibit]:
    """Yield the tables and figures of a scenario."""
    yield _ranks(found)
    if found.values():
        yield _values(found)
    for unit in found.subjects[:MOST_UNITS]:
        if unit in found.both:
            yield _nodes(found, unit)
    if found.stretches:
        yield _stretches(found)
    if found.chances is not None and found.subjects:
        yield _probable(found)
    for one in maps:
        yield offset_exhibit(one)


def _ranks(found: Outcome) -> Exhibit:
    moved = [unit for unit, one in zip(found.both, found.places(), strict=True) if one]
    others = len([unit for unit in moved if unit not in found.subjects])
    scales = (
        "Scales are those of the index, so that the scores of others stay as they are; they move "
        "only because somebody passes them."
        if found.scenario.scales == "frozen"
        else "Scales are learnt from the changed data, so that all scores may move."
    )
    return Exhibit(
        1,
        "Ranks before and after",
        f"{others:,} others change their rank." if others else "Nobody else changes rank.",
        drawings=(
            drawing(
                lambda width: scenario_ranks_chart(found, width=width, title=""),
                "Ranks before and after the scenario of those that it moves, with the ranks "
                "after it in nine of ten draws",
            ),
        ),
        notes=f"{scales} Sizes that are ranges are at their medians; bars are nine of ten draws.",
    )


def _values(found: Outcome) -> Exhibit:
    values = found.values()
    rows = [
        (
            name_of(found, one.unit),
            one.name,
            magnitude(one.before),
            magnitude(one.after),
            _by(one.before, one.after),
        )
        for one in values
    ]
    many = len(values)
    said = f"{many:,} values change." if many > 1 else "One value changes."
    columns = ("Unit", "Indicator*", "Before", "After", "Change")
    return Exhibit(2, "What changes", said, sheet=sheet(columns, rows, rest="values"))


def _by(before: float, after: float) -> str:
    if np.isnan(before) or before == 0:
        return "new" if np.isnan(before) else f"{after - before:+.3g}"
    return f"{(after - before) / abs(before):+.1%}".replace("-", "−")


def _nodes(found: Outcome, unit: str) -> Exhibit:
    """Return scores and ranks of a unit: of the pillars, and of all nodes that change."""
    plan, adds = found.before.plan, found.contributions(unit)
    view = plan.views.index(found.view)
    one, other = found.before.units.index(unit), found.after.units.index(unit)
    before, after = found.before.scores[view, one], found.after.scores[view, other]
    ranks = found.before.ranks[view, one], found.after.ranks[view, other]
    rows: list[tuple[Cell | str, ...]] = [
        (
            Cell(plan.nodes[number].name, indent=level, tone="" if level else "group"),
            fixed(float(before[number]), 1),
            fixed(float(after[number]), 1),
            *(_rank(int(own[number])) for own in ranks),
            _signed(float(adds[number]), 2),
        )
        for number, level in _downwards(plan, plan.root, 0)
        if level <= 1 or before[number] != after[number]
        if not (np.isnan(before[number]) and np.isnan(after[number]))
    ]
    columns = ("Node", "Score before", "after", "Rank before", "after", "Adds to the change")
    return Exhibit(
        3,
        f"{name_of(found, unit)}, node by node",
        f"The score changes by {_signed(float(adds[plan.root]), 2)}; the last column says where "
        "that comes from, and adds up at each level. Nodes without a change are left out.",
        sheet=sheet(columns, rows, rest="nodes"),
    )


def _downwards(plan: Plan, number: int, level: int) -> Iterator[tuple[int, int]]:
    """Yield a node and all below it with their levels, parents first; sides of a figure apart."""
    yield number, level
    for child in plan.nodes[number].children:
        yield from _downwards(plan, child, level + 1)


def _rank(rank: int) -> str:
    return str(rank) if rank else "–"


def _signed(value: float, decimals: int = 1) -> str:
    if np.isnan(value):
        return "–"
    said = f"{value:+.{decimals}f}".replace("-", "−")
    return said if any(digit in said for digit in "123456789") else said[1:]


def _probable(found: Outcome) -> Exhibit:
    """Return how probable each rank of the first subject is, before and after."""
    unit = found.subjects[0]
    table = found.probabilities(unit)
    rows = [
        (str(rank), share(float(before)), share(float(after)))
        for rank, before, after in zip(
            table.index, table["before"].fillna(0.0), table["after"].fillna(0.0), strict=True
        )
        if max(before, after) >= LEAST
    ]
    draws = found.chances.draws if found.chances else 0
    return Exhibit(
        4,
        f"How probable each rank of {name_of(found, unit)} is",
        f"Of {draws:,} draws of what could defensibly be otherwise in the index, with and without "
        "the scenario in the same draw; ranks of less than 1% are left out.",
        sheet=sheet(("Rank", "Without", "With"), rows, rest="ranks"),
    )


def _stretches(found: Outcome) -> Exhibit:
    unit = found.subjects[0]
    row = found.before.units.index(unit) if unit in found.before.units else -1
    rows = []
    if row >= 0:
        score = float(found.before.score(view=found.view)[row])
        rows.append(("Before", fixed(score, 2), _rank(found.rank_before(unit))))
    rows += [
        (f"{number}. {one.act.capitalize()}", fixed(one.score, 2), _rank(one.rank))
        for number, one in enumerate(found.stretches, 1)
    ]
    return Exhibit(
        4,
        f"{name_of(found, unit)}, act by act",
        "Each line is the score and the rank once this act and those before it have happened.",
        sheet=sheet(("Act", "Score", "Rank"), rows),
    )


def offset_exhibit(found: OffsetMap) -> Exhibit:
    """Return the map of how much of one change makes up for another."""
    return Exhibit(
        5,
        "How much of one makes up for the other",
        found.sentence(),
        drawings=(
            drawing(
                lambda width: offset_map_chart(found, width=width, title=""),
                f"Map of the rank of {found.name} at each size of both changes, with the line of "
                "equal score and that of an even chance",
            ),
        ),
        notes="On the full line the score is what it is without the scenario; above it, more. "
        "The colour counts draws of what could defensibly be otherwise in the index.",
    )
