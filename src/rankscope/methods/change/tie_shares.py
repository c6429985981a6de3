"""How much of what a unit does is done with partners, as ties tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope._words import did_you_mean, visible
from rankscope.errors import MethodError
from rankscope.findings import note, warning
from rankscope.methods.change.cells import names_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.findings import Finding
    from rankscope.methods.change.ties import Ties
    from rankscope.methods.change.world import Aim, World
    from rankscope.shapes import Vector


class Shares(NamedTuple):
    """Between which ends the share of a unit's work lies that it does with partners."""

    low: float
    high: float

    def at(self, place: Vector) -> Vector:
        """Return the shares at places from 0, the low end, to 1, the high one."""
        return np.asarray(self.low + place * (self.high - self.low))


def counterparts(world: World, aim: Aim, row: int) -> list[str]:
    """Return with whom the ties of a unit change, by code.

    These are the partners; and since a tie has two sides, of a partner that is itself among
    the units the other units.
    """
    others = [one for one in aim.partners if one != row]
    if row in aim.partners:
        others += [one for one in aim.units if one != row and one not in others]
    return [world.units[one] for one in others]


def done_with(ties: Ties, unit: str, partners: Sequence[str], place: str) -> Shares:
    """Return between which ends the share of a unit's work lies that it does with partners.

    Where a work counts once for each pair, the partners may have been in the same works, and
    the share lies between that of the largest and the sum, which is at most all; elsewhere it
    is the sum.  Of ties that go one way both ways count.  A pair that was not published counts
    as nothing, so that the share is then at least this.

    Raises
    ------
    MethodError
        When the ties do not have a unit, or not what it does with all others.
    """
    row = row_of(ties, unit, place)
    columns = [row_of(ties, one, place) for one in partners]
    pairs = np.nan_to_num(ties.values[row, columns])
    if not ties.mutual:
        pairs = pairs + np.nan_to_num(ties.values[columns, row])
    shares = pairs / total_of(ties, unit, place)
    high = float(min(shares.sum(), 1.0))
    low = float(min(shares.max(initial=0.0), 1.0)) if ties.once_per_pair else high
    return Shares(low, high)


def total_of(ties: Ties, unit: str, place: str) -> float:
    """Return what a unit does with all others.

    Raises
    ------
    MethodError
        When the ties do not say.
    """
    total = float(ties.totals[row_of(ties, unit, place)])
    if not total > 0:
        said = f"{place}: {ties.name} ({ties.code}) do not say what {unit} does with all others."
        raise MethodError(f"{said} Leave the unit out.")
    return total


def row_of(ties: Ties, unit: str, place: str) -> int:
    """Return the row of a unit among the ties.

    Raises
    ------
    MethodError
        When it has none, naming the nearest.
    """
    if unit not in ties.units:
        said = f"{place}: {ties.name} ({ties.code}) say nothing of {visible(unit)}."
        hint = did_you_mean(unit, list(ties.units))
        mend = f"They cover {len(ties.units)} units. Leave it out, or add its ties."
        raise MethodError(" ".join(part for part in (said, hint, mend) if part))
    return ties.units.index(unit)


def suppressed(ties: Ties, unit: str, partners: Sequence[str], place: str) -> list[str]:
    """Return the partners with whom nothing was published, which is not nothing."""
    row = row_of(ties, unit, place)
    columns = [row_of(ties, one, place) for one in partners]
    known = ~np.isnan(ties.values[row, columns])
    if not ties.mutual:
        known &= ~np.isnan(ties.values[columns, row])
    return [one for one, there in zip(partners, known, strict=True) if not there]


def findings_of(world: World, aim: Aim, ties: Ties, unpublished: str) -> tuple[Finding, ...]:
    """Return what must be known of the ties of an aim before its numbers are quoted.

    ``unpublished`` says what is done about a pair that was not published.
    """
    return tuple(_findings(world, aim, ties, unpublished))


def _is_sum_of_pairs(ties: Ties, unit: str, place: str) -> bool:
    pairs = np.delete(ties.values[row_of(ties, unit, place)], row_of(ties, unit, place))
    return len(pairs) > 1 and bool(np.isclose(np.nansum(pairs), total_of(ties, unit, place)))


def _findings(world: World, aim: Aim, ties: Ties, unpublished: str) -> Iterator[Finding]:
    for row in aim.units:
        unit, others = world.units[row], counterparts(world, aim, row)
        silent = suppressed(ties, unit, others, aim.place)
        if silent:
            named = names_of(world, [world.row(one) for one in silent])
            yield note(
                "scenario-tie-suppressed",
                ties.code,
                f"{aim.place}: {ties.name} of {world.names[row]} with {named} were not published, "
                f"which is not none. {unpublished}",
            )
        if ties.once_per_pair and _is_sum_of_pairs(ties, unit, aim.place):
            yield warning(
                "scenario-tie-totals",
                ties.code,
                f"{aim.place}: what {world.names[row]} did with all others is taken as the sum of "
                "its pairs, in which a work of three counts twice, so that shares are too small.",
                "Give the ties a column of `totals:`.",
            )
        shares = done_with(ties, unit, others, aim.place)
        exact = shares.low == shares.high
        ends = f"{shares.low:.1%}" if exact else f"between {shares.low:.1%} and {shares.high:.1%}"
        yield note(
            "scenario-tie-share",
            ties.code,
            f"{aim.place}: {ends} of what {world.names[row]} did with others was with these "
            "partners.",
        )
