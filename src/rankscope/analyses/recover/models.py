"""Which way of combining components gives the published totals: means, levels, and scales."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.recover.cone import Cone
from rankscope.analyses.recover.power_means import name_of
from rankscope.analyses.recover.total import Total
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rankscope.analyses.recover.table import Table

    Groups = Mapping[str, Sequence[str] | Mapping[str, float]]

_FEW = 2000
"""Rows on which a way is tried first: what is impossible for some rows is so for all."""


@dataclass(frozen=True, slots=True)
class Model:
    """A way to combine: a mean, that within groups of a level below if there is one, a scale."""

    exponent: float
    total: Total
    inner: float | None = None

    @property
    def sum_one(self) -> bool:
        """Whether the weights must sum to 1 for the rule to be that mean.

        Arithmetic means with weights of another sum are sums, and publishers do print them.
        """
        return self.exponent != 1 and (self.total is Total.AS_GIVEN or self.exponent == 0)

    @property
    def shifted(self) -> bool:
        """Whether the rule has an offset: a factor is one, on the scale of logarithms."""
        return self.total is Total.SHIFTED or (self.exponent == 0 and self.total is Total.SCALED)

    @property
    def mean(self) -> str:
        """The name of the mean."""
        outer = name_of(self.exponent)
        return outer if self.inner is None else f"{outer} of {name_of(self.inner)}s"

    def __str__(self) -> str:
        return f"{self.mean}, total {self.total}"

    def cone(self, table: Table, groups: Groups | None) -> Cone | None:
        """Return the weights that a table allows; None where the mean has no meaning for it."""
        walls = self.table(table, groups).walls(self.exponent, shifted=self.shifted)
        return None if walls is None else Cone.of(walls, sum_one=self.sum_one)

    def table(self, table: Table, groups: Groups | None) -> Table:
        """Return the table that the weights are for: that of the groups, if there are any."""
        return table if self.inner is None else table.grouped(groups or {}, self.inner)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether some weights give all totals of a table by one model.

    ``possible`` is None where the mean has no meaning for the numbers.  ``beyond`` is how far
    the worst total at least is beyond what rounding explains, in units of the total, 0 if
    possible; it is attained by the weights that are best in that sense.
    """

    model: Model
    possible: bool | None
    beyond: float


def models(total: Total | None, exponent: float | None, groups: Groups | None) -> list[Model]:
    """Return the models to try, the plainest first."""
    exponents = (1.0, 0.0, -1.0) if exponent is None else (float(exponent),)
    found = [Model(own, scale) for own in exponents for scale in _wanted(own, total)]
    if groups:
        found += [
            Model(own, scale, inner)
            for own in exponents
            for inner in (1.0, 0.0, -1.0)
            for scale in _wanted(own, total)
        ]
    return found


def _wanted(exponent: float, total: Total | None) -> tuple[Total, ...]:
    """Return the scales to try for a mean."""
    if total is Total.SCALED and exponent == 1:
        return (Total.AS_GIVEN,)
    return tuple(scale for scale in _scales(exponent) if total in (None, scale))


def _scales(exponent: float) -> tuple[Total, ...]:
    """Return the scales that make a difference: an arithmetic mean's factor is in its weights."""
    if exponent == 1:  # weights of any sum: as given and scaled are one set
        return (Total.AS_GIVEN, Total.SHIFTED)
    return (Total.AS_GIVEN, Total.SCALED)


def verdict(model: Model, table: Table, groups: Groups | None) -> Verdict:
    """Return whether a model is possible for a table, trying it on some rows first."""
    count = len(table.units)
    if count > 2 * _FEW:
        some = np.zeros(count, dtype=bool)
        some[np.random.default_rng(0).permutation(count)[:_FEW]] = True
        first = _judged(model, table.of(some), groups)
        if not first.possible:
            return first
    return _judged(model, table, groups)


def _judged(model: Model, table: Table, groups: Groups | None) -> Verdict:
    cone = model.cone(table, groups)
    if cone is None:
        return Verdict(model, possible=None, beyond=np.nan)
    try:
        least = cone.least_slack(cone.everyone()).least
    except MethodError:  # numbers that differ too much in size say nothing of this model
        return Verdict(model, possible=None, beyond=np.nan)
    size = float(np.abs([table.total_low, table.total_high]).max())
    return Verdict(model, possible=least == 0, beyond=least * size)
