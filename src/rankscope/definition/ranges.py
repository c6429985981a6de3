"""How far scores can reach at each node, as far as that is known before they are computed."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import numpy as np

from rankscope.definition.model import IndexDefinition, Node
from rankscope.methods.aggregation import Aggregation
from rankscope.methods.base import Stage
from rankscope.methods.normalisation import NoNormalisation
from rankscope.methods.treatment import Treatment
from rankscope.methods.weighting import Weighting

Range = tuple[float, float]
Observed = Callable[[Node], Range]
"""Returns the smallest and the largest observed value of an indicator."""

UNKNOWN: Range = (math.nan, math.nan)


def unobserved(node: Node) -> Range:
    """Return that nothing is known of an indicator's values before there is a table."""
    del node
    return UNKNOWN


def aggregation_of(definition: IndexDefinition, node: Node, level: int) -> Aggregation:
    """Return how a node's children are combined: its own method, its level's, or the index's."""
    method = definition.method
    by_level = method.aggregation_by_level
    general = by_level[level] if level < len(by_level) else method.aggregation
    return node.aggregation or general


def weighting_of(definition: IndexDefinition, node: Node) -> Weighting:
    """Return how a node's children get their weights."""
    return node.weighting or definition.method.weights


def steps_of(definition: IndexDefinition, node: Node) -> tuple[Stage, ...]:
    """Return what happens to a node's score at last."""
    method = definition.method
    general = method.indicator_steps if node.is_indicator else method.aggregate_steps
    return general if node.steps is None else node.steps


def score_range(
    definition: IndexDefinition, node: Node, level: int, observed: Observed = unobserved
) -> Range:
    """Return the ends between which a node's scores lie; NaN where that is not known yet.

    The root is at level 0.  An aggregate of polarity -1 is turned round between its ends
    where both are known, else around zero.
    """
    if node.is_indicator:
        normalisation = node.normalisation or definition.method.normalisation
        low, high = _treated(node.treatment or definition.method.treatment, *observed(node))
        if isinstance(normalisation, NoNormalisation) and node.polarity < 0:
            low, high = -high, -low
        low, high = normalisation.image(low, high)
    else:
        low, high = _combined(definition, node, level, observed)
    for step in steps_of(definition, node):
        low, high = _bounded(partial(step.image, low, high))
    mirrored = node.polarity < 0 and not node.is_indicator and not math.isfinite(low + high)
    return (-high, -low) if mirrored else (low, high)


def _treated(treatment: Treatment, low: float, high: float) -> Range:
    """Return the ends after treatment, where those before it are known."""
    return UNKNOWN if math.isnan(low + high) else _bounded(partial(treatment.image, low, high))


def _combined(definition: IndexDefinition, node: Node, level: int, observed: Observed) -> Range:
    counting = [child for child in node.children if child.weight > 0]
    ranges = [score_range(definition, child, level + 1, observed) for child in counting]
    ends = np.array(ranges, dtype=float).reshape(-1, 2)
    if np.isnan(ends).any():
        return UNKNOWN
    weights = np.array([child.weight for child in counting])
    aggregation = aggregation_of(definition, node, level)
    return _bounded(partial(aggregation.image, ends[:, 0], ends[:, 1], weights))


def _bounded(image: Callable[[], Range]) -> Range:
    """Return an image, or all numbers where its ends are too large for a number."""
    try:
        with np.errstate(all="ignore"):
            return image()
    except OverflowError:
        return (-math.inf, math.inf)
