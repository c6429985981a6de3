"""What a unit could change: its indicators, and the best values observed there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean, join_words, visible
from rankscope.analyses.scenario.setting import world_of
from rankscope.errors import MethodError
from rankscope.findings import note
from rankscope.methods.change import Aim
from rankscope.methods.change.between import unplaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rankscope.findings import Finding
    from rankscope.methods.change import Column, World
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Mask, Vector, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """Indicators at which a unit has a gap to the best value that any ranked unit has.

    ``columns`` (indicators,) are those of the table, ``best`` (indicators,) the values and
    ``holders`` (indicators,) the rows that have them; ``costs`` (indicators,) weigh the
    effort.  ``whole`` (indicators,) are dummies, of which a part makes no sense.
    """

    world: World
    columns: Whole
    best: Vector
    holders: Whole
    costs: Vector
    whole: Mask
    findings: tuple[Finding, ...]

    @property
    def given(self) -> Vector:
        """Return the values as they are, (indicators,)."""
        return np.asarray(self.world.values[0, 0, self.columns])

    @property
    def specs(self) -> tuple[Column, ...]:
        """Return the indicators as acts see them."""
        return tuple(self.world.columns[column] for column in self.columns)


def room_of(
    result: Result,
    row: int,
    view: str,
    sign: float,
    nodes: Sequence[str],
    costs: Mapping[str, float],
) -> Room:
    """Return what a unit could change; ``sign`` is -1 where the lowest score is best.

    Raises
    ------
    MethodError
        When no indicator or node has a name that is given, or a cost is not above 0.
    """
    world = world_of(result.plan, result.leaves, (result.units[row],), 1)
    _check(world, nodes, costs)
    named = _named(result, world, view, nodes)
    best, holders = _best(result, world, named, sign)
    aim = Aim(units=np.array([0]), partners=np.array([], dtype=np.int64), columns=named)
    gaps = unplaced(world, aim, best[None, None], "transformed")[0, 0]
    given = world.values[0, 0, named]
    there = ~gaps & (best != given)
    chosen = named[there]
    specs = [world.columns[column] for column in chosen]
    return Room(
        world=world,
        columns=chosen,
        best=best[there],
        holders=holders[there],
        costs=np.array([_cost(one, costs) for one in specs], dtype=float),
        whole=np.array([one.kind == "dummy" for one in specs], dtype=bool),
        findings=tuple(_findings(result.names[row], world, named[gaps], specs)),
    )


def _named(result: Result, world: World, view: str, nodes: Sequence[str]) -> Whole:
    """Return the columns of indicators with weight that may change."""
    weights = result.plan.effective_weights(view)
    counted = {leaf.column for leaf in result.plan.leaves if weights[leaf.node] != 0}
    return np.array(
        [
            number
            for number, one in enumerate(world.columns)
            if number in counted and (not nodes or {one.code, *one.within} & {*nodes})
        ],
        dtype=np.int64,
    )


def _best(result: Result, world: World, columns: Whole, sign: float) -> tuple[Vector, Whole]:
    """Return the best possible values among ranked units and who has them, (columns,) each.

    Of several that have it, the one that ranks best.
    """
    order = np.array(result.order(), dtype=np.int64)
    polarity = np.array([world.columns[column].polarity for column in columns]) * sign
    low = np.array([world.columns[column].low for column in columns])
    high = np.array([world.columns[column].high for column in columns])
    values = result.plan.table.values[np.ix_(order, columns)]
    worth = np.where(np.isnan(values), -np.inf, values * polarity)
    place = np.argmax(worth, axis=0)
    return np.clip(values[place, np.arange(len(columns))], low, high), order[place]


def _cost(column: Column, costs: Mapping[str, float]) -> float:
    """Return the cost of an indicator: its own, or that of the nearest node above it."""
    return next((costs[code] for code in (column.code, *column.within) if code in costs), 1.0)


def _check(world: World, nodes: Sequence[str], costs: Mapping[str, float]) -> None:
    known = {code for one in world.columns if one.within for code in (one.code, *one.within)}
    for code in (*nodes, *costs):
        if code not in known:
            hint = did_you_mean(code, sorted(known))
            raise MethodError(f"There is no indicator or node {visible(code)!r}. {hint}".rstrip())
    for code, cost in costs.items():
        if not 0 < cost < np.inf:
            mend = "Take a number above 0; to keep an indicator as it is, name the others."
            raise MethodError(f"The cost of {code} is {cost:g}. {mend}")


def _findings(name: str, world: World, gaps: Whole, specs: Sequence[Column]) -> Iterator[Finding]:
    if gaps.size:
        codes = [world.columns[column].code for column in gaps]
        yield note(
            "goal-missing",
            join_words(codes, "and"),
            f"{name} has no value here that could change, and what is missing stays as it is.",
            "Add the values to let them count.",
        )
    counts = [one.code for one in specs if one.kind == "count"]
    if counts:
        yield note(
            "goal-parts",
            join_words(counts, "and"),
            "Counts are taken as if there were parts of one, such as half a computer.",
            "Round the values up; the rank is then still reached.",
        )
