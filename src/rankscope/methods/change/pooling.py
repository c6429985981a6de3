"""What several units are as one, variable by variable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from rankscope.methods.change.world import Column
    from rankscope.shapes import Batch, Mask, Matrix, Vector

ENOUGH: Final = 2 / 3
"""What part of a bloc the members with a value must make up for the bloc to have one."""

POPULATION: Final = "population"
"""The column that says how large units are, where an indicator has no denominator."""

_SLACK = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """The values of some units that stand as one, (versions, members, columns).

    ``by`` is the column that intervals, ranks and dummies are weighted by, -1 for none.
    """

    values: Batch
    columns: tuple[Column, ...]
    by: int = -1

    def way(self, number: int) -> str:
        """Return how a column is pooled: ``sum``, ``largest``, ``mean``, ``request`` or none."""
        column = self.columns[number]
        if column.kind in ("count", "amount"):
            return "sum"
        if column.kind == "maximum":
            return "largest"
        if column.kind in ("ratio", "share") and column.denominator >= 0:
            return "mean"
        return "request" if self.by >= 0 else ""

    def pooled(self, number: int, twice: Vector) -> Vector:
        """Return the values of a column in the bloc, (versions,), NaN where it has none.

        ``twice`` (versions,) is the share of a sum that was counted more than once.  A bloc
        has no less than its largest member.
        """
        own, way = self.values[:, :, number], self.way(number)
        if own.shape[1] == 1:
            return np.asarray(own[:, 0])
        if way == "sum":
            whole = np.nansum(own, axis=1)
            found = np.where(twice > 0, np.fmax(whole * (1 - twice), largest(own)), whole)
        elif way == "largest":
            return largest(own)
        elif way:
            found = weighted(own, self._weights(number))
        else:
            return np.full(len(own), np.nan)
        return np.where(self.held(number) >= ENOUGH - _SLACK, found, np.nan)

    def there(self, number: int) -> Mask:
        """Return which members count in a column, (versions, members)."""
        found = ~np.isnan(self.values[:, :, number])
        if self.way(number) in ("mean", "request"):
            found &= self._weights(number) > 0
        return found

    def held(self, number: int) -> Vector:
        """Return what part of the bloc is held by the members that count, (versions,).

        That is part of its denominators, or of its population, or else of its members.
        """
        sizes, _ = self.measure(number)
        return np.asarray((sizes * self.there(number)).sum(axis=1) / sizes.sum(axis=1))

    def measure(self, number: int) -> tuple[Matrix, str]:
        """Return how large members are for a column, (versions, members), and what that counts.

        A measure that a member lacks is passed over.
        """
        codes = [column.code for column in self.columns]
        first = self.by if self.way(number) == "request" else self.columns[number].denominator
        for one in (first, codes.index(POPULATION) if POPULATION in codes else -1):
            if one >= 0 and (self.values[:, :, one] > 0).all():
                return self.values[:, :, one], self.columns[one].name
        return np.ones(self.values.shape[:2]), "members"

    def _weights(self, number: int) -> Matrix:
        column = self.by if self.way(number) == "request" else self.columns[number].denominator
        return self.values[:, :, column]


def largest(values: Matrix) -> Vector:
    """Return the largest value of each version, (versions,), NaN where there is none."""
    found = np.where(np.isnan(values), -np.inf, values).max(axis=1)
    return np.where(np.isfinite(found), found, np.nan)


def weighted(values: Matrix, weights: Matrix) -> Vector:
    """Return means of the values whose weight is known and above 0, (versions,)."""
    there = ~np.isnan(values) & (weights > 0)
    own = np.where(there, weights, 0.0)
    total = own.sum(axis=1)
    found = np.where(there, values * own, 0.0).sum(axis=1)
    means = np.full(len(values), np.nan)
    np.divide(found, total, out=means, where=total > 0)
    return means
