"""The search for the smallest changes: over all weights, one weight, or one pillar alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.overtake.change import Change, SingleWeight
from rankscope.analyses.overtake.fewest_points import fewest_points, points_moved
from rankscope.analyses.overtake.nearest_weights import nearest_weights
from rankscope.analyses.overtake.one_weight import room, way_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.analyses.exact.groups import RegionGroup
    from rankscope.analyses.overtake.arena import Arena
    from rankscope.analyses.overtake.referee import Find, Referee
    from rankscope.analyses.overtake.weight_space import WeightSpace
    from rankscope.shapes import Matrix, Vector

    Solve = Callable[[Vector, WeightSpace, float], Vector | None]

_DUST = 1e-12
"""Effective weights below this are rounding."""

_LEVEL = 1e-9
"""A difference that is this small a part of the widest one is none (conventions §3)."""


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """Looks for changes of weights that put the first row of an arena above the second.

    ``difference`` (terminals,) is by how much the lower unit is ahead at each terminal.
    """

    arena: Arena
    referee: Referee
    difference: Vector

    @property
    def gain(self) -> float:
        """Return by how much the lower unit is ahead as published; it is behind below 0."""
        return float(self.difference @ self.arena.start)

    def fewest(self) -> Change:
        """Return the change that moves the fewest points of weight."""
        return self._all("fewest", fewest_points)

    def nearest(self) -> Change:
        """Return the change of the smallest Euclidean distance."""
        return self._all("nearest", _nearest)

    def _all(self, kind: str, solve: Solve) -> Change:
        everything = np.eye(len(self.difference))
        highest = self.arena.highest(self.difference)
        return self._solved((kind, 0), (self.arena.space(), everything), highest, solve)

    def subtree(self, place: int) -> Change:
        """Return the fewest points that must move below a visible node, all else being as it is."""
        inside = np.eye(len(self.difference))[self.arena.below[place] > 0]
        space, most = self.arena.space(place), self.arena.highest(self.difference, place)
        return self._solved(("subtree", place), (space, inside), most, fewest_points)

    def group(self, group: RegionGroup) -> Change:
        """Return the fewest points that must move among some siblings, all else being as it is."""
        space = self.arena.group_space(group)
        inner = self.arena.inner(group)
        most = float(group.highest(inner @ self.difference))
        return self._solved(("group", group.parent), (space, inner), most, fewest_points)

    def singles(self, group: RegionGroup) -> list[SingleWeight]:
        """Return the share of each of some siblings at which both tie, the others in proportion."""
        space, inner = self.arena.group_space(group), self.arena.inner(group)
        walls, total = space.without_extras(), space.total
        found = []
        for at, weight in enumerate(space.start):
            others = np.where(np.arange(len(space.start)) == at, 0.0, space.start)
            direction = -others / others.sum()
            direction[at] = 1.0
            ends = room(walls, space.start, direction)
            found.append(self._single(group, at, direction @ inner, ends, (weight, total)))
        return found

    def _single(
        self,
        group: RegionGroup,
        at: int,
        direction: Vector,
        ends: tuple[float, float],
        of: tuple[float, float],
    ) -> SingleWeight:
        """Return what one sibling's weight must be; ``of`` are its weight and that of all."""
        start, slope = self.arena.start, float(self.difference @ direction)

        def find(ahead: float) -> Vector | None:
            way = way_to(self.gain, slope, ahead, ends)
            if way is None:
                return None
            weights = start + way * direction
            return np.where(weights < _DUST, 0.0, weights)

        highest = self.gain + max(slope * ends[0], slope * ends[1], 0.0)
        place = int(group.children[at])
        change = self._change(("single", place), find, highest)
        way = way_to(self.gain, slope, 0.0, ends) if change.ties else None
        needed = np.nan if way is None else (of[0] + way) / of[1]
        return SingleWeight(change, self._name(group.parent)[1], of[0] / of[1], float(needed))

    def _solved(
        self, key: tuple[str, int], moving: tuple[WeightSpace, Matrix], most: float, solve: Solve
    ) -> Change:
        """Return the smallest change of some weights, and what is below each of them.

        ``moving`` are their space and how each is shared among terminals, (weights,
        terminals); ``most`` is the most that the lower unit can be ahead there on average.
        """
        space, inner = moving
        own = inner @ self.difference
        rest = self.arena.start - space.start @ inner
        constant = float(self.difference @ rest)

        def find(ahead: float) -> Vector | None:
            weights = solve(own, space, ahead - constant)
            return None if weights is None else rest + weights @ inner

        return self._change(key, find, constant + most * space.total)

    def _change(self, key: tuple[str, int], find: Find, highest: float) -> Change:
        """Return a change with its tie, and with a witness beyond it where there is one."""
        kind, place = key
        arena, size = self.arena, float(np.abs(self.difference).max(initial=0.0))
        code, name = self._name(place)
        labels = [self._name(int(at)) for at in arena.terminals]
        codes, names = (tuple(part) for part in zip(*labels, strict=True))
        level = abs(highest) <= _LEVEL * size
        tie = find(min(highest, 0.0)) if highest >= 0 or level else None
        if tie is None:
            return Change(kind, code, name, codes, names, arena.start, highest)
        beyond = self.referee.beyond(find, arena, size, highest)
        weights, witness, ranks = beyond or (None, None, (0, 0))
        return Change(
            kind,
            code,
            name,
            codes,
            names,
            arena.start,
            highest,
            points=points_moved(arena.start, tie),
            distance=float(np.linalg.norm(tie - arena.start)),
            tie=tie,
            beyond=weights,
            witness=witness,
            ranks=ranks,
        )

    def _name(self, place: int) -> tuple[str, str]:
        """Return code and name of a visible node."""
        node = self.arena.region.plan.nodes[int(self.arena.region.nodes[place])]
        return node.code, node.name


def _nearest(difference: Vector, space: WeightSpace, at_least: float) -> Vector | None:
    found = nearest_weights(difference, space, at_least)
    return None if found is None else found.weights
