"""Shares between ends that are said code by code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import RangeByCode
from rankscope._registry import parameter, register
from rankscope._words import join_words, visible
from rankscope.errors import MethodError
from rankscope.methods.admissible.base import Admissible, percent
from rankscope.methods.admissible.box import draw_in_box, highest_in_box, walls_of_box
from rankscope.methods.references import HIT_AND_RUN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rankscope.methods.admissible.base import Siblings
    from rankscope.shapes import Batch, Matrix, Random, Vector

_SHOWN = 3


@register
@dataclass(frozen=True, slots=True)
class Bounds(Admissible):
    """Shares among siblings between a low and a high end for each, all mixes equally likely.

    Siblings that are not named may have any share that the others leave.  Where no sibling
    at all is named, shares stay as they are given.  Draws are uniform, by hit-and-run
    (conventions §7.4; Smith 1984, Operations Research 32(6), 1296-1308,
    https://doi.org/10.1287/opre.32.6.1296).
    """

    name: ClassVar[str] = "bounds"
    citation: ClassVar[str] = HIT_AND_RUN
    of: tuple[tuple[str, tuple[float, float]], ...] = parameter(
        None, RangeByCode(), "the lowest and the highest share of each code among its siblings"
    )

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes that are named."""
        return tuple(code for code, _ in self.of)

    def check(self, siblings: Siblings) -> None:
        """Check that shares between these ends can sum to 1.

        Raises
        ------
        MethodError
            When the low ends of siblings sum to more than 1, or the high ends to less.
        """
        low, high = self._ends(siblings)
        if low.sum() > 1 + 1e-9:
            raise MethodError(
                f"bounds: the low ends of {_few(siblings.codes)} sum to {percent(low.sum())}, "
                "more than all. Lower some of them."
            )
        if high.sum() < 1 - 1e-9:
            raise MethodError(
                f"bounds: the high ends of {_few(siblings.codes)} sum to {percent(high.sum())}, "
                "and shares sum to 100%. Raise some of them."
            )

    def draw(self, siblings: Siblings, size: int, random: Random) -> Matrix:
        """Return shares drawn uniformly, of shape (size, children)."""
        self.check(siblings)
        return draw_in_box(*self._ends(siblings), size, random)

    def walls(self, siblings: Siblings) -> Matrix:
        """Return both ends of each share, (2 children, children)."""
        return walls_of_box(*self._ends(siblings))

    def highest(self, siblings: Siblings, values: Batch) -> Batch:
        """Return the largest mean: the best children are filled up first."""
        self.check(siblings)
        return highest_in_box(*self._ends(siblings), values)

    def _ends(self, siblings: Siblings) -> tuple[Vector, Vector]:
        """Return the low and the high end of each share."""
        ends = dict(self.of)
        alone = len(siblings.codes) == 1
        if alone or not any(code in ends for code in siblings.codes):
            return siblings.shares, siblings.shares
        low, high = np.array([ends.get(code, (0.0, 1.0)) for code in siblings.codes]).T
        return low, high

    def label(self) -> str:
        """Return the set as it is printed."""
        more = [f"{len(self.of) - _SHOWN} more"] if len(self.of) > _SHOWN else []
        return f"{self.name}({', '.join([*self._said(' ')[:_SHOWN], *more])})"

    def in_words(self, noun: str = "unit") -> str:
        """Say which shares are bounded."""
        del noun
        ends = join_words(self._said(" from "), "and")
        return f"Shares lie between ends, all mixes equally likely: {ends}"

    def _said(self, between: str) -> list[str]:
        """Return what is said of each code."""
        return [
            f"{visible(code)}{between}{percent(low)} to {percent(high)}"
            for code, (low, high) in self.of
        ]


def _few(codes: Iterable[str]) -> str:
    """Return the first few codes for a message."""
    names = [visible(code) for code in codes]
    more = [f"{len(names) - 5} more"] if len(names) > 5 else []
    return join_words([*names[:5], *more], "and")
