"""Trying weights of a node's children on the engine: what importance they come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from rankscope.analyses.importance.correlations import in_shares, relate, signed_squares
from rankscope.analyses.importance.node_weights import edge_factors
from rankscope.analyses.importance.spline import correlation_ratios
from rankscope.pipeline.evaluate import compile_node, evaluate

if TYPE_CHECKING:
    from rankscope.analyses.importance.parts import Parts
    from rankscope.pipeline.evaluate import Compiled
    from rankscope.shapes import Batch, Vector

Measure: TypeAlias = Literal["covariance_share", "correlation", "correlation_ratio"]


@dataclass(frozen=True, slots=True)
class Trial:
    """A node whose children get other weights, and the measure of importance that is looked at."""

    parts: Parts
    measure: Measure
    compiled: Compiled

    def attained(self, weights: Batch) -> Batch:
        """Return shares of importance (draws, parts) for weights of that shape."""
        scores = self.compiled.scores(self._edges(weights))
        return self._shares(weights, scores[:, self.parts.rows])

    def confirmed(self, weights: Vector) -> Vector:
        """Return shares of importance, (parts,), as `evaluate` has them for weights (parts,)."""
        plan, leaves = self.parts.plan, self.parts.result.leaves
        scores = evaluate(plan, leaves, self._edges(weights[None]))[:, self.parts.rows]
        shares: Vector = self._shares(weights[None], scores[..., self.parts.node])[0]
        return shares

    def _edges(self, weights: Batch) -> Batch:
        """Return the weights of all edges, (draws, edges), in whose place those of children are.

        Siblings keep the sum that they have; factors of a period are taken out, because the
        engine puts them in.
        """
        parts = self.parts
        edges = np.tile(parts.plan.weights(parts.view), (len(weights), 1))
        children = list(parts.numbers)
        factors = edge_factors(parts.plan, parts.rows)[children]
        given = np.divide(weights, factors, out=np.zeros(weights.shape), where=factors > 0)
        total = given.sum(axis=1, keepdims=True)
        edges[:, children] = given * (edges[0, children].sum() / np.where(total > 0, total, 1.0))
        return edges

    def _shares(self, weights: Batch, wholes: Batch) -> Batch:
        """Return shares (draws, parts) of scores (draws, rows); 0 for parts that decide nothing."""
        counted = self.parts.counted & self.parts.varies
        if self.measure == "correlation_ratio":
            importance = self._ratios(wholes)
        else:
            related = relate(self.parts.scores, wholes)
            importance = (
                weights * related.slopes
                if self.measure == "covariance_share"
                else signed_squares(related.correlations)
            )
        shares = in_shares(np.where(counted, importance, 0.0))
        return np.where(counted, shares, 0.0)

    def _ratios(self, wholes: Batch) -> Batch:
        """Return correlation ratios, (draws, parts), of scores (draws, rows)."""
        return np.stack([correlation_ratios(part, wholes) for part in self.parts.scores.T], axis=1)


def trial_of(parts: Parts, measure: Measure) -> Trial:
    """Return a node made ready for many weights of its children."""
    compiled = compile_node(parts.plan, parts.result.leaves, parts.node)
    return Trial(parts, measure, compiled)
