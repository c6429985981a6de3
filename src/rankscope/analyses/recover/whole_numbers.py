"""The smallest whole numbers that a set of weights allows, and how many do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.analyses.recover.cone import Cone
    from rankscope.shapes import Mask, Matrix, Vector

LARGEST_SUM = 1000
"""Whole numbers of a larger sum are no longer what someone would choose."""

_PROGRAMS = 1500
"""Programs spent on a search before it ends with what it has."""

_NEAR = 1e-7


@dataclass(frozen=True, slots=True)
class WholeNumbers:
    """Whole numbers in proportion to weights of the set, with the smallest sum that any have.

    ``numbers`` are those nearest to the middle of the set; ``others`` are the other ones of
    the same sum that were found, and they are all there are if ``complete``.
    """

    numbers: tuple[int, ...]
    others: tuple[tuple[int, ...], ...]
    complete: bool

    @property
    def sum(self) -> int:
        """The sum of the numbers."""
        return sum(self.numbers)

    def __str__(self) -> str:
        return ":".join(map(str, self.numbers))


@dataclass(slots=True, eq=False)
class _Search:
    """A search through whole numbers of one sum, component by component."""

    cone: Cone
    left_out: Mask
    order: list[int]
    left: int

    def all_of(self, total: int) -> list[tuple[int, ...]]:
        """Return all whole numbers with a sum that belong to the set, while programs last."""
        return self._below({}, total)

    def _below(self, chosen: dict[int, int], total: int) -> list[tuple[int, ...]]:
        if len(chosen) == len(self.order):
            return [tuple(chosen[number] for number in range(len(chosen)))]
        found: list[tuple[int, ...]] = []
        number = self.order[len(chosen)]
        low, high = self._range(number, chosen, total)
        first, last = np.ceil(low * total - _NEAR), np.floor(high * total + _NEAR)
        for count in range(int(first), int(last) + 1) if first <= last else ():
            if self.left <= 0:
                break
            found += self._below({**chosen, number: count}, total)
        return found

    def _range(self, number: int, chosen: dict[int, int], total: int) -> tuple[float, float]:
        normal = self.cone.as_shares
        fixed = [np.eye(len(normal))[j] * normal - n / total * normal for j, n in chosen.items()]
        costs = np.zeros(len(normal))
        costs[number] = normal[number]
        ends = []
        for sign in (1.0, -1.0):
            self.left -= 1
            rows = np.array(fixed) if fixed else None
            found = self.cone.lowest(sign * costs, normal, self.left_out, rows)
            if found is None:
                return 1.0, 0.0
            ends.append(sign * found.value)
        return ends[0], ends[1]


def smallest_whole_numbers(
    cone: Cone, left_out: Mask, ends: Matrix, centre: Vector
) -> WholeNumbers | None:
    """Return the whole numbers of smallest sum in the set; None if none was found.

    ``ends`` are those of each share, (components, 2), ``centre`` a point inside.  Sums up to
    1,000 are tried, with 1,500 programs at most; components with little room go first, so
    that most sums end at once.
    """
    order = np.argsort(ends[:, 1] - ends[:, 0], kind="stable").tolist()
    search = _Search(cone, left_out, order, _PROGRAMS)
    for total in range(1, LARGEST_SUM + 1):
        low = np.ceil(ends[:, 0] * total - _NEAR)
        high = np.floor(ends[:, 1] * total + _NEAR)
        if (low > high).any() or not low.sum() <= total <= high.sum():
            continue
        found = search.all_of(total)
        if found:
            found.sort(key=lambda own: float(np.abs(np.array(own) / total - centre).sum()))
            return WholeNumbers(found[0], tuple(found[1:]), complete=search.left > 0)
        if search.left <= 0:
            return None
    return None
