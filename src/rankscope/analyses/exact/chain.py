"""What the steps of a node do to an order of scores, and to the ends of a span."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.methods.normalisation import MinMax, ZScore
from rankscope.methods.steps import Fill, Linear, Mirror, Round

if TYPE_CHECKING:
    from rankscope.methods.base import Stage
    from rankscope.pipeline.fitting import PlacedStep
    from rankscope.shapes import Vector, Whole


class Line(NamedTuple):
    """A straight line: scores times ``factor``, plus ``offset``."""

    factor: float = 1.0
    offset: float = 0.0


def line_of(steps: tuple[PlacedStep, ...]) -> Line | None:
    """Return the line that a chain of steps is for present scores, or None where it bends."""
    line = Line()
    for step in steps:
        one = _line(step.method)
        if one is None:
            return None
        line = Line(line.factor * one.factor, line.offset * one.factor + one.offset)
    return line


def _line(method: Stage) -> Line | None:
    if isinstance(method, Fill):
        return Line()
    if isinstance(method, Mirror):
        return Line(-1.0, sum(method.around))
    if isinstance(method, Linear) and method.factor != 0:
        return Line(method.factor, method.offset)
    return None


def mapped(
    steps: tuple[PlacedStep, ...], low: Vector, high: Vector
) -> tuple[Vector, Vector] | None:
    """Return spans, low and high of shape (rows,), after a chain of steps.

    None where a step compares the rows with each other or may turn an order round.
    """
    for step in steps:
        line = _line(step.method)
        if line is None and not (step.method.row_wise and step.method.monotone):
            return None
        low, high = step.through(low), step.through(high)
        if line is not None and line.factor < 0:
            low, high = high, low
    return low, high


class Order(NamedTuple):
    """What steps do to the order of some rows.

    ``sign`` is -1 where they turn it round; scores closer than ``coarse`` may become equal.
    """

    sign: float
    coarse: float


def order_of(steps: tuple[PlacedStep, ...], rows: Whole) -> Order | None:
    """Return what a chain of steps does to the order of rows, or None where that is open."""
    sign, coarse, slope = 1.0, 0.0, 1.0
    for step in steps:
        line = _line(step.method)
        together = len(np.unique(step.rows.strata[rows])) <= 1
        if line is not None:
            sign, slope = sign * np.sign(line.factor), slope * abs(line.factor)
        elif not (step.method.monotone and (step.method.row_wise or together)):
            return None
        elif isinstance(step.method, Round):
            coarse += 10.0**-step.method.decimals / slope
        elif isinstance(step.method, MinMax | ZScore):
            slope = 0.0 if slope == 0 else np.nan  # how steep depends on the draw
        else:
            coarse = np.inf
    return Order(float(sign), float(np.inf if np.isnan(coarse) else coarse))
