"""What a picture of rank intervals shows, and where its rows and ranks are, in pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import visible
from rankscope.charts.marks import cut_inside
from rankscope.errors import UnitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.analyses.exact.answer import Reach
    from rankscope.shapes import Matrix, Whole

NARROW = 600.0
"""Pictures of less width have smaller letters, and no numbers beside the bars."""

ROW = 20.0
"""How high a row is."""

_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
_TICK = 44.0
"""How far apart round ranks are named at least."""

_APART = 30.0
"""How far from the first rank another is named at least."""


@dataclass(frozen=True, slots=True, eq=False)
class Whiskers:
    """Exact best and worst ranks over an admissible set, (rows,) each, 0 where not known.

    No admissible weights rank a unit better than ``best_from`` nor worse than ``worst_to``;
    some attain ``best_to`` and ``worst_from``.  Where the two of an end are equal, it is exact.
    """

    best_from: Whole
    best_to: Whole
    worst_from: Whole
    worst_to: Whole
    label: str

    @classmethod
    def of(cls, reach: Reach, codes: Sequence[str]) -> Whiskers:
        """Return what a reach says of the units of these codes, (rows,)."""
        place = {code: at for at, code in enumerate(reach.codes)}
        at = np.array([place.get(code, -1) for code in codes], dtype=np.int64)
        best_from, best_to, worst_from, worst_to = (
            np.append(end, 0)[at]
            for end in (reach.best_from, reach.best_to, reach.worst_from, reach.worst_to)
        )
        return cls(best_from, best_to, worst_from, worst_to, reach.label)

    def known(self, row: int) -> bool:
        """Whether there is anything to draw of a row."""
        return bool(self.best_from[row] > 0)

    def exact(self, rows: Sequence[int]) -> bool:
        """Whether all ends of some rows are exact."""
        best, worst = self.best_from - self.best_to, self.worst_from - self.worst_to
        return not (best[list(rows)].any() or worst[list(rows)].any())


@dataclass(frozen=True, eq=False)
class Sheet:
    """The units shown, from top to bottom, and what is drawn of them.

    ``rows`` are theirs in the result, ``ranks`` (rows of the result,) those as published;
    ``spans`` (3, rows of the result) hold low end, median and high end of each interval,
    None where only whiskers are drawn, and ``tiers`` (rows of the result,).
    """

    rows: tuple[int, ...]
    names: tuple[str, ...]
    ranks: Whole
    spans: Matrix | None
    tiers: Whole | None
    whiskers: Whiskers | None
    width: float
    top: float = 0.0

    @property
    def narrow(self) -> bool:
        """Whether it is for a phone."""
        return self.width < NARROW

    @property
    def size(self) -> int:
        """Return the size of letters."""
        return 12 if self.narrow else 13

    @property
    def letter(self) -> float:
        """Return how wide a letter is, on average."""
        return self.size * 0.55

    @cached_property
    def shown_names(self) -> list[str]:
        """Return the names, cut where they are long."""
        return [cut_inside(name, 15 if self.narrow else 28) for name in self.names]

    @cached_property
    def numbers(self) -> float:
        """Return where the published ranks end."""
        digits = max((len(str(int(self.ranks[row]))) for row in self.rows), default=1)
        return self.letter * digits + 6

    @cached_property
    def left(self) -> float:
        """Return where rank 1 begins."""
        return self.numbers + 8 + self.letter * max([4, *map(len, self.shown_names)]) + 8

    @cached_property
    def right(self) -> float:
        """Return where the last rank ends; beside it stand intervals and tiers."""
        said = 0 if self.narrow else 76
        named = 0 if self.tiers is None else self.letter * 7
        return self.width - said - named - 6

    @cached_property
    def last(self) -> int:
        """Return the worst rank that is drawn."""
        rows = list(self.rows)
        drawn = [self.ranks[rows].astype(float), np.array([2.0])]
        drawn += [self.spans[2, rows]] if self.spans is not None else []
        drawn += [self.whiskers.worst_to[rows].astype(float)] if self.whiskers else []
        return math.ceil(float(np.nanmax(np.concatenate(drawn))))

    @cached_property
    def first(self) -> int:
        """Return the best rank that is drawn; 1 unless all are far from it."""
        rows = list(self.rows)
        drawn = [self.ranks[rows].astype(float)]
        drawn += [self.spans[0, rows]] if self.spans is not None else []
        if self.whiskers:
            proved = self.whiskers.best_from[rows].astype(float)
            drawn.append(np.where(proved > 0, proved, np.nan))
        best = int(np.nanmin(np.concatenate([*drawn, [float(self.last)]])))
        return best if best > self.last / 5 else 1

    @property
    def bottom(self) -> float:
        """Return where the rows end."""
        return self.top + ROW * len(self.rows)

    @cached_property
    def step(self) -> float:
        """Return how wide a rank is."""
        return (self.right - self.left) / (self.last - self.first + 1)

    def x(self, rank: float) -> float:
        """Return the middle of a rank, which takes half a step to both sides."""
        return self.left + (rank - self.first + 0.5) * self.step

    def y(self, at: int) -> float:
        """Return the middle of a row."""
        return self.top + ROW * (at + 0.5)

    def ticks(self) -> list[int]:
        """Return the ranks that are named: the first, and round ones with room between them."""
        wide = self.step
        step = next((one for one in _STEPS if one * wide >= _TICK), _STEPS[-1])
        round_ones = range(step, self.last + 1, step)
        apart = (rank for rank in round_ones if (rank - self.first) * wide >= _APART)
        return [self.first, *apart]

    def bands(self) -> Iterator[tuple[int, int, int]]:
        """Yield each tier with its first row on the sheet, and the row after its last."""
        if self.tiers is None:
            return
        own = [int(self.tiers[row]) for row in self.rows]
        start = 0
        for at in range(1, len(own) + 1):
            if at == len(own) or own[at] != own[start]:
                yield own[start], start, at
                start = at


def chosen_rows(
    codes: Sequence[str], order: Sequence[int], top: int | None, units: Sequence[str]
) -> tuple[int, ...]:
    """Return the first rows of an order and those of some units, in that order.

    All are returned where neither is given; ``codes`` (rows,) are of all rows.

    Raises
    ------
    UnitError
        When there is no such unit, or it has no rank.
    """
    place = {codes[row]: row for row in order}
    lost = [visible(unit) for unit in units if unit not in place]
    if lost:
        raise UnitError(f"{lost[0]} has no rank here, so nothing can be drawn of it.")
    wanted = {place[unit] for unit in units}
    wanted.update(order if top is None and not units else order[: top or 0])
    return tuple(row for row in order if row in wanted)
