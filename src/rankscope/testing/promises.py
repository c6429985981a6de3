"""What stages, aggregations and weightings promise of their numbers."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.methods.base import Stage, Traits, plain_traits
from rankscope.methods.imputation import Imputation
from rankscope.methods.normalisation import Normalisation
from rankscope.methods.treatment import Treatment

if TYPE_CHECKING:
    from rankscope.methods.aggregation import Aggregation
    from rankscope.methods.weighting import Weighting
    from rankscope.shapes import Matrix

_ROWS = 14


def require(holds: object, sentence: str) -> None:
    """Fail with a sentence where a promise is not kept."""
    if not holds:
        raise AssertionError(sentence)


def sample(seed: int = 0) -> tuple[Matrix, Traits]:
    """Return positive columns as they occur, (rows, columns), and their traits.

    Skewed, tied, with gaps, with an outlier, constant, and empty.
    """
    rng = np.random.default_rng(seed)
    matrix = np.exp(rng.normal(0, 1, (_ROWS, 6)))
    matrix[:, 1] = rng.integers(1, 4, _ROWS)
    matrix[rng.random(_ROWS) < 0.3, 2] = np.nan
    matrix[rng.integers(_ROWS), 3] = 1000.0
    matrix[:, 4], matrix[:, 5] = 7.0, np.nan
    goalposts = np.tile([0.5, 5.0], (6, 1))
    polarity = np.array([1.0, 1.0, -1.0, -1.0, 1.0, -1.0])
    target = np.full(6, 2.0)
    return matrix, Traits(
        polarity, goalposts, target, np.arange(_ROWS), np.zeros(_ROWS), np.ones(_ROWS)
    )


def check_stage(method: Stage) -> None:
    """Check shapes, gaps, rows, words and order of a stage on `sample`."""
    matrix, traits = sample()
    before = matrix.copy()
    state = method.fit(matrix, traits)
    after = method.transform(matrix, state, traits)
    gaps = np.isnan(matrix)
    require(after.shape == matrix.shape, f"{method} gives the shape {after.shape}.")
    require(after.dtype == np.float64, f"{method} gives {after.dtype}.")
    require(np.array_equal(matrix, before, equal_nan=True), f"{method} changes its input.")
    if not isinstance(method, Imputation) or not method.needs_panel:
        require(_same(_by_rows(method, matrix, state, traits), after), f"{method}: not row by row.")
    for column in range(matrix.shape[1]):
        line = method.explain(state, column)
        require(line.strip() and "\n" not in line, f"{method} explains itself as {line!r}.")
    require(not np.isinf(after).any(), f"{method} gives infinite values.")
    if isinstance(method, Imputation):
        require(np.array_equal(after[~gaps], matrix[~gaps]), f"{method} changes what is present.")
    elif not method.fills:
        require(np.isnan(after[gaps]).all(), f"{method} makes values of gaps.")
    _check_few(method)
    if method.monotone:
        _check_order(method, matrix, state, traits)


def _by_rows(method: Stage, matrix: Matrix, state: Any, traits: Traits) -> Matrix:
    """Transform every row by itself."""
    rows = [
        method.transform(matrix[[row]], state, traits.of_rows(np.array([row])))
        for row in range(len(matrix))
    ]
    return np.concatenate(rows)


def _same(one: Any, other: Any) -> bool:
    return bool(np.allclose(one, other, rtol=1e-12, atol=1e-12, equal_nan=True))


def _check_order(method: Stage, matrix: Matrix, state: Any, traits: Traits) -> None:
    """Check that a better value never does worse, on a frozen scale and beyond its ends."""
    ladder = np.geomspace(1e-3, 2e3, 200)[:, None] * np.ones(matrix.shape[1])
    own = plain_traits(len(ladder), ladder.shape[1])
    own = dataclasses.replace(
        own, polarity=traits.polarity, goalposts=traits.goalposts, target=traits.target
    )
    climbed = method.transform(ladder, state, own)
    if isinstance(method, Normalisation):
        climbed = climbed * 1.0
        climbed[:, traits.polarity < 0] *= -1
    if isinstance(method, Treatment):
        fitted = ~np.isnan(matrix).all(axis=0)
        require(~np.isnan(climbed[:, fitted]).any(), f"{method} makes gaps of values.")
    require(not (np.diff(climbed, axis=0) < -1e-9).any(), f"{method} turns the order round.")


def check_aggregation(method: Aggregation) -> None:
    """Check that idle children do not count, order, monotony, and the chart if there is one."""
    rng = np.random.default_rng(0)
    values = rng.uniform(1, 100, (5, 7, 3))
    weights = np.repeat(rng.dirichlet(np.ones(3), (5, 1)), 7, axis=1)
    combined = method.combine(values, weights)
    require(combined.shape == (5, 7), f"{method} gives the shape {combined.shape}.")
    if not method.ordered:
        turned = method.combine(values[..., ::-1], weights[..., ::-1])
        require(_same(turned, combined), f"{method} depends on the order of the children.")
    idle = weights * [1, 1, 0] / weights[..., :2].sum(axis=-1, keepdims=True)
    without = method.combine(np.where(idle > 0, values, 1.0), idle)
    require(_same(method.combine(values, idle), without), f"{method} counts an idle child.")
    if method.monotone:
        raised = values.copy()
        raised[:, 0] += rng.uniform(0, 5, raised[:, 0].shape)  # one row, lest rivals rise too
        better = method.combine(raised, weights)[:, 0]
        require((better >= combined[:, 0] - 1e-9).all(), f"{method} declares monotone and is not.")
    chart = method.chart()
    if chart is not None:
        linear = chart.back((chart.forward(values) * weights).sum(axis=-1))
        require(_same(linear, combined), f"{method} is not linear on {chart}.")
        require(_same(chart.back(chart.forward(values)), values), f"{chart} does not lead back.")


def _check_few(method: Stage) -> None:
    """Check that a stage bears no rows, one row, two rows, and ties all over."""
    for matrix in (np.empty((0, 2)), np.array([[1.0, 2.0]]), np.array([[1.0, 2.0], [3.0, 2.0]]),
                   np.full((4, 2), 5.0)):  # fmt: skip
        traits = plain_traits(*matrix.shape)
        traits = dataclasses.replace(
            traits, goalposts=np.tile([0.5, 5.0], (2, 1)), target=np.full(2, 2.0)
        )
        after = method.transform(matrix, method.fit(matrix, traits), traits)
        require(after.shape == matrix.shape, f"{method} gives {after.shape} of {matrix.shape}.")
        require(not np.isinf(after).any(), f"{method} gives infinite values of {matrix}.")


def check_weighting(method: Weighting) -> None:
    """Check that weights are finite, not negative, and the same twice."""
    rng = np.random.default_rng(0)
    scores = rng.uniform(1, 100, (40, 3)) + rng.uniform(0, 100, (40, 1))
    given = np.array([1.0, 2.0, 3.0])
    weights = method.fit(scores, given)
    require(weights.shape == (3,), f"{method} gives the shape {weights.shape}.")
    require(np.isfinite(weights).all(), f"{method} gives weights that are no numbers.")
    require((weights >= 0).all() and weights.any(), f"{method} gives the weights {weights}.")
    require(_same(method.fit(scores, given), weights), f"{method} is not the same twice.")
