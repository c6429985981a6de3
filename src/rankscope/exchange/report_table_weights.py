"""Weights of an index from what was recovered: the middle of the set, and the set itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.definition.assumptions import Assumptions
from rankscope.methods.admissible.polytope import Polytope
from rankscope.methods.admissible.recovered import Recovered as RecoveredWeights
from rankscope.methods.aggregation import Arithmetic, Generalised, Geometric, Harmonic

if TYPE_CHECKING:
    from rankscope.analyses.recover import Recovered
    from rankscope.methods.aggregation import Aggregation
    from rankscope.shapes import Mask, Matrix, Vector

NOTHING = 1e-9
"""A share that can be no more than this is none."""

_DIGITS = range(3, 17)


@dataclass(frozen=True, slots=True, eq=False)
class Weighting:
    """The weights of components, the weights that are admissible, and how means are taken."""

    weights: tuple[float, ...]
    assumptions: Assumptions | None
    aggregation: Aggregation


def weighting_of(recovered: Recovered) -> Weighting:
    """Return weights in the middle of a recovered set, and the set; equal ones if refused."""
    if recovered.refused:
        return Weighting((1.0,) * len(recovered.names), None, Arithmetic())
    counted = recovered.shares[:, 1] > NOTHING
    widest = recovered.identified.widest
    rules = _on(np.array(recovered.admissible().of), counted)
    rules = _rounded(_without_idle(rules, 0.01 * widest), 1e-4 * widest)
    weights = np.zeros(len(counted))
    weights[counted] = _short(recovered, counted, rules)
    found = None
    if counted.sum() > 1:
        allowed = RecoveredWeights(of=tuple(tuple(map(float, rule)) for rule in rules))
        found = Assumptions(weights=allowed, levels=(1,))
    return Weighting(tuple(weights.tolist()), found, aggregation_of(recovered.model.exponent))


def aggregation_of(exponent: float) -> Aggregation:
    """Return the mean of an exponent: 1 arithmetic, 0 geometric, -1 harmonic."""
    known: dict[float, Aggregation] = {1.0: Arithmetic(), 0.0: Geometric(), -1.0: Harmonic()}
    return known.get(exponent) or Generalised(power=exponent)


def _on(rules: Matrix, counted: Mask) -> Matrix:
    """Return rules (rules, components + 1) on the components that count."""
    return np.asarray(rules[:, np.append(counted, True)])


def _without_idle(rules: Matrix, near: float) -> Matrix:
    """Leave out rules that the others imply, or nearly: the set grows by no more than that."""
    rows = rules[:, :-1] - rules[:, -1:]
    kept = np.ones(len(rows), dtype=bool)
    for at, row in enumerate(rows):
        kept[at] = False
        best = Polytope(rows[kept]).best(row)
        kept[at] = best is None or bool(row @ best > near)
    return np.asarray(rules[kept]) if kept.any() else rules


def _rounded(rules: Matrix, step: float) -> Matrix:
    """Return rules in fewer digits, each bound loosened by what that can cost.

    Shares sum to 1, so that it costs no more than the largest change of a number.
    """
    digits = min(max(4, math.ceil(-math.log10(max(step, 1e-15)))), 12)
    rows = np.round(rules[:, :-1], digits)
    bounds = rules[:, -1] + np.abs(rows - rules[:, :-1]).max(axis=1)
    up = np.ceil(bounds * 10.0**digits) / 10.0**digits
    return np.column_stack([rows, np.round(up, digits)])


def _short(recovered: Recovered, counted: Mask, rules: Matrix) -> Vector:
    """Return the middle of the set with as few digits as leave it inside."""
    centre = recovered.centre[counted]
    whole = np.zeros(len(counted))
    for digits in _DIGITS:
        own = np.round(centre, digits)
        if not (own > 0).all():
            continue
        whole[counted] = own
        shares = own / own.sum()
        if (rules[:, :-1] @ shares <= rules[:, -1]).all() and recovered.allows(
            whole.tolist()
        ).possible:
            return np.asarray(own)
    return centre
