"""How sure the effect of a scenario is: the same draws before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.uncertainty.counted_ranks import CountedRanks
from rankscope.analyses.uncertainty.draws import DesignDraws
from rankscope.pipeline.blocks import BLOCK, StoredScores, Sum, run_blocks

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.analyses.uncertainty.design import Design
    from rankscope.pipeline.ranks import Ranking
    from rankscope.shapes import Batch, Matrix, Vector, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Chances:
    """What ranks became in the same draws before and after a scenario.

    ``before`` is about the units before, ``after`` about those after, each in its order.
    ``gained`` (units in both, 2 N + 1) counts how many places each gained, from -N on, among
    the units that are in both.  ``score_changes`` (draws, changed units) are those of
    ``changed`` units, by their place among the units in both.
    """

    draws: int
    before: CountedRanks
    after: CountedRanks
    gained: Whole
    changed: Whole
    score_changes: Matrix

    def better(self) -> Vector:
        """Return the probability that a unit's rank is better than before, (units in both,)."""
        return self._share(slice(self._none + 1, None))

    def worse(self) -> Vector:
        """Return the probability that a unit's rank is worse than before, (units in both,)."""
        return self._share(slice(None, self._none))

    def places(self, probabilities: tuple[float, ...]) -> Matrix:
        """Return quantiles of the places gained, (probabilities, units in both)."""
        below = np.cumsum(self.gained, axis=1)
        total = below[:, -1:]
        found = [(below < p * total).sum(axis=1) - self._none for p in probabilities]
        return np.where(total[:, 0] > 0, np.array(found, dtype=float), np.nan)

    def mean_places(self) -> Vector:
        """Return the mean of the places gained, (units in both,)."""
        total = np.maximum(self.gained.sum(axis=1), 1)
        return np.asarray(self.gained @ np.arange(-self._none, self._none + 1) / total)

    @property
    def _none(self) -> int:
        return int(self.gained.shape[1] // 2)

    def _share(self, columns: slice) -> Vector:
        total = np.maximum(self.gained.sum(axis=1), 1)
        return np.asarray(self.gained[:, columns].sum(axis=1) / total)


@dataclass(frozen=True, slots=True, eq=False)
class BothDraws:
    """Blocks of scores before and after: of shape (1024, units before + units after).

    ``places`` (versions, units after) say where each unit stands among extended rows.
    """

    design: Design
    places: Whole

    def __call__(self, block: int) -> Batch:
        """Return the scores of a block."""
        scores = DesignDraws(self.design)(block)
        return np.hstack([scores[:, : len(self.design.rows)], in_versions(scores, self.places)])


@dataclass(frozen=True, slots=True, eq=False)
class RefittedDraws:
    """The same for scales that are learnt from the changed data, a design for each version."""

    design: Design
    after: tuple[Design, ...]

    def __call__(self, block: int) -> Batch:
        """Return the scores of a block."""
        before = DesignDraws(self.design)(block)
        found = np.empty((BLOCK, len(self.after[0].rows)))
        for version, design in enumerate(self.after):
            draws = DesignDraws(design)
            own = np.arange(version, BLOCK, len(self.after))
            choices = draws.choices(block)[own]
            found[own] = design.scores(choices, _Some(draws, block, own))
        return np.hstack([before, found])


@dataclass(frozen=True, slots=True, eq=False)
class _Some:
    """The weights of some draws of a block."""

    draws: DesignDraws
    block: int
    own: Whole

    def __call__(self, varied: object) -> Batch:
        return self.draws.weights(varied, self.block)[self.own]  # type: ignore[arg-type]


def in_versions(scores: Batch, places: Whole) -> Batch:
    """Return scores of units, (draws, units): draw k sees version k, round and round."""
    version = np.arange(len(scores)) % len(places)
    return np.take_along_axis(scores, places[version], axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class _Counts(Sum):
    """Ranks before, after, and places gained among the units in both, counted in one array."""

    before: Ranking
    after: Ranking
    both: Ranking
    rows: Whole
    places: Whole
    units: tuple[int, int]

    def part(self, scores: Batch) -> Whole:
        n = self.units[0]
        one, other = scores[:, :n], scores[:, n:]
        parts = [self.before.counts(one), self.after.counts(other), self._gained(one, other)]
        return np.concatenate([part.ravel() for part in parts])

    def _gained(self, one: Batch, other: Batch) -> Whole:
        first = self.both.ranks(one[:, self.rows])
        second = self.both.ranks(other[:, self.places])
        many = len(self.rows)
        cells = first - second + many + np.arange(many) * (2 * many + 1)
        counted = (first > 0) & (second > 0)
        size = many * (2 * many + 1)
        return np.bincount(cells[counted], minlength=size).reshape(many, 2 * many + 1)


@dataclass(frozen=True, slots=True, eq=False)
class _Differences(StoredScores):
    """By how much the scores of some units differ, (draws, units)."""

    rows: Whole
    places: Whole

    def part(self, scores: Batch) -> list[Batch]:
        return [scores[:, self.places] - scores[:, self.rows]]


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """Who is ranked before, after and in both; ``rows`` and ``places`` are those in both.

    ``changed`` are places among the units in both.
    """

    before: Ranking
    after: Ranking
    both: Ranking
    rows: Whole
    places: Whole
    changed: Whole
    units: tuple[int, int]


def chances(
    block_scores: BothDraws | RefittedDraws,
    sides: Sides,
    draws: int,
    *,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Chances:
    """Draw the index and its scenario together, and count."""
    n, m = sides.units
    rows, places = sides.rows[sides.changed], n + sides.places[sides.changed]
    counts = _Counts(sides.before, sides.after, sides.both, sides.rows, sides.places, sides.units)
    kept, done = run_blocks(
        block_scores,
        draws,
        [counts, _Differences(rows, places)],
        workers=workers,
        progress=progress,
    )
    many = len(sides.rows)
    first, second, third = np.split(kept[0], np.cumsum([n * (n + 1), m * (m + 1)]))
    return Chances(
        draws=done,
        before=CountedRanks(first.reshape(n, n + 1)),
        after=CountedRanks(second.reshape(m, m + 1)),
        gained=third.reshape(many, 2 * many + 1),
        changed=sides.changed,
        score_changes=kept[1],
    )
