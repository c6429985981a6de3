"""The lines of an offset map: equal score on the frozen scale, and even chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.findings import note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.analyses.offset.grid import Grid
    from rankscope.findings import Finding
    from rankscope.shapes import Matrix, Vector

HALVINGS = 50
SLACK = 1e-12


def score_line(grid: Grid, score: float) -> Vector:
    """Return the sizes of y at which the score is a given one, (sizes of x,); NaN if none is.

    Where the score at both ends of y is the given one, that is its lower end.
    """
    x = grid.x.values
    low, high = np.full(len(x), grid.y.values[0]), np.full(len(x), grid.y.values[-1])
    first, last = (_off(grid.score_at(x, end), score) for end in (low, high))
    none = (np.sign(first) * np.sign(last) > 0) | np.isnan(first) | np.isnan(last)
    rising = last >= first
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        here = grid.score_at(x, middle) - score
        short = np.where(rising, here < 0, here > 0)
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    found = np.where(first == 0, grid.y.values[0], high)
    return np.where(none, np.nan, found)


def _off(scores: Vector, score: float) -> Vector:
    """Return by how much scores are off, (sizes of x,); what rounding does is nothing."""
    off = scores - score
    return np.where(np.abs(off) <= SLACK * max(1.0, abs(score)), 0.0, off)


def even_line(y: Vector, chance: Matrix) -> Vector:
    """Return the sizes of y at which the chance is first a half, (sizes of x,); NaN if nowhere.

    ``chance`` is of shape (sizes of y, sizes of x); between two sizes it is taken as linear.
    """
    above = chance >= 0.5
    first = np.argmax(above, axis=0)
    found = np.full(chance.shape[1], np.nan)
    for column in np.flatnonzero(above.any(axis=0)):
        at = int(first[column])
        found[column] = y[at]
        if at:
            below, over = chance[at - 1 : at + 1, column]
            found[column] = y[at - 1] + (0.5 - below) / (over - below) * (y[at] - y[at - 1])
    return found


def offset_findings(grid: Grid, line: Vector, scores: Matrix, score: float) -> Iterator[Finding]:
    """Yield what must be known of the line: where there is none in the range, and why."""
    x, y = grid.x, grid.y
    missing = np.isnan(line)
    if not missing.any():
        return
    short = bool((scores[-1, missing] < score).all())
    most, least = float(y.values[-1]), float(x.values[missing][0])
    where = x.said(least) + (" or more" if missing[-1] and least < x.values[-1] else "")
    said = (
        f"{y.said(most)} does not make up for {where}."
        if short
        else f"nothing in the range up to {y.said(most)} gives the score without the scenario "
        f"from {x.said(least)} on."
    )
    yield note(
        "offset-no-line",
        grid.scenario.name,
        said[0].upper() + said[1:],
        "Widen the range of the second change, or narrow that of the first.",
    )
