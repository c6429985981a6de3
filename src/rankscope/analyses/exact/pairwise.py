"""Which units can be above which: the largest and smallest lead of each pair, without a solver.

A lead is linear in the effective weights, so its largest value over the region comes from
the bottom up: at each group of siblings the set says the largest mean that it allows.
Foster, McGillivray & Seth (2013) Econometric Reviews 32(1), 35-56,
https://doi.org/10.1080/07474938.2012.690647, call a ranking of a pair that survives all
weights robust.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.analyses.exact.region import Region
    from rankscope.shapes import Mask, Matrix, Vector, Whole

_AT_ONCE = 2**22
"""Numbers worked on at a time, so that thousands of units stay within memory."""

ROUNDING = 1e-12
"""Differences of this share of the range of merit are rounding."""


def highest(region: Region, coefficients: Matrix) -> Vector:
    """Return the largest value over a region, (any,), of coefficients (any, visible)."""
    totals = np.array(coefficients, dtype=float)
    for group in reversed(region.groups):
        totals[:, group.parent] += group.highest(totals[:, group.children])
    return np.asarray(totals[:, 0])


def leads(region: Region, first: Whole, second: Whole) -> Matrix:
    """Return by how much units can be ahead of others at most, of shape (first, second).

    ``first`` and ``second`` are places among the units of the region.
    """
    pairs = region.high[first][:, None, :] - region.low[second][None, :, :]
    found = highest(region, pairs.reshape(-1, len(region.nodes)))
    return found.reshape(len(first), len(second))


def portions(region: Region, units: Whole) -> Iterator[Whole]:
    """Yield some units (some,) at a time, so few that their pairs stay within memory."""
    some = max(1, _AT_ONCE // max(len(region.rows) * len(region.nodes), 1))
    yield from (units[start : start + some] for start in range(0, len(units), some))


class Margins(NamedTuple):
    """How merits are compared: ``range`` of merit over the region, and what is a tie.

    Leads above ``apart`` are no tie in any draw; leads of at most ``nothing`` are one.
    """

    range: float
    apart: float
    nothing: float

    @property
    def slack(self) -> float:
        """Return the margin by which programs are relaxed and tightened."""
        return _SLACK * self.range


_SLACK = 1e-6


def margins_of(region: Region) -> Margins:
    """Return the margins of a region.

    Ties go on in chains (conventions §3.2), so that as many tolerances as there are units
    may lie between two tied units, each of the range of scores; on a chart they are as
    wide as where it is steepest.
    """
    tops, bottoms = highest(region, region.high), -highest(region, -region.low)
    high, low = float(tops.max(initial=0.0)), float(bottoms.min(initial=0.0))
    if len(tops):
        high, low = float(tops.max()), float(bottoms.min())
    width = high - low
    rule = region.plan.definition.method.ranking
    ends = np.sort(region.chart.back(region.sign * np.array([low, high])))
    tie = rule.tolerance * len(tops) * float(ends[1] - ends[0]) + region.coarse
    if rule.decimals is not None:
        tie += 10.0**-rule.decimals if not region.plan.nodes[region.top].steps else np.inf
    steepest, flattest = _on_chart(region, ends, tie)
    apart = steepest + ROUNDING * width
    exact = rule.tolerance < ROUNDING
    nothing = -ROUNDING * width if exact else min(ROUNDING * width, flattest)
    return Margins(width, apart, nothing)


def _on_chart(region: Region, ends: Vector, width: float) -> tuple[float, float]:
    """Return how far apart scores within ``ends`` are on the chart, ``width`` apart.

    Where the chart is steepest, and where it is flattest: charts bend one way only.
    """
    low, high = float(ends[0]), float(ends[1])
    if width >= high - low:
        return np.inf, 0.0
    charted = region.chart.forward(np.array([low, low + width, high - width, high]))
    at_ends = abs(charted[1] - charted[0]), abs(charted[3] - charted[2])
    return float(max(at_ends)), float(min(at_ends))


class Standing(NamedTuple):
    """For a pair: whether the rival always counts against a unit, and whether it ever can."""

    always: Mask
    ever: Mask


def standing(
    ahead: Matrix, behind: Matrix, margins: Margins, against: Mask | bool = False
) -> Standing:
    """Return which rivals always and which ever count against units, (units, rivals).

    ``ahead`` (units, rivals) is the largest lead of each unit over each rival, ``behind``
    that of the rival over the unit; ``against`` says where a tie counts against the unit.
    """
    always = np.where(against, ahead <= margins.nothing, ahead < -margins.apart)
    ever = np.where(against, behind >= -margins.apart, behind > margins.nothing)
    return Standing(always, ever)


def ties_against(ties: str, units: Whole, rivals: Whole) -> Mask:
    """Return where a tie counts against a unit, (units, rivals), by the rule for ties."""
    if ties == "order":
        return np.asarray(rivals[None, :] < units[:, None])
    return np.full((len(units), len(rivals)), ties == "worst")
