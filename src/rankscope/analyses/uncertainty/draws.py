"""The draws of a design: block k is a function of the seed and of k alone (conventions §7.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.methods.admissible import effective_sample_size
from rankscope.pipeline.blocks import BLOCK

if TYPE_CHECKING:
    from rankscope.analyses.uncertainty.design import Design
    from rankscope.analyses.varied_weights import VariedWeights
    from rankscope.shapes import Batch, Random, Whole

_PURPOSE = 2
_WEIGHTS = 0


@dataclass(frozen=True, slots=True, eq=False)
class DesignDraws:
    """The scores of the blocks of a design.

    Each factor has a stream of its own, so that one factor more changes no other, and two
    designs that share a factor share its draws.
    """

    design: Design

    def __call__(self, block: int) -> Batch:
        """Return the scores of a block, of shape (1024, rows)."""
        return self.design.scores(self.choices(block), _Once(self, block))

    def choices(self, block: int) -> Whole:
        """Return the option of each factor in each draw, of shape (1024, factors)."""
        choices = np.empty((BLOCK, len(self.design.factors)), dtype=np.int64)
        for number, factor in enumerate(self.design.factors):
            choices[:, number] = factor.drawn(
                self._random(_stream(factor.name), block).random(BLOCK)
            )
        return choices

    def weights(self, varied: VariedWeights, block: int) -> Batch:
        """Return the weights of a block, of shape (1024, edges)."""
        return varied.draw(BLOCK, self._random(_WEIGHTS, block))

    def effective_sample(self) -> float:
        """Return how many independent draws of weights each is worth: 1, or less for chains.

        Told from the first block, group by group of siblings, of the worst one; NaN where no
        weights vary.
        """
        varied = self.design.published.varied
        if not varied.groups:
            return float("nan")
        weights = self.weights(varied, 0)
        return min(
            effective_sample_size(weights[:, group.children]) / BLOCK for group in varied.groups
        )

    def _random(self, stream: int, block: int) -> Random:
        key = np.random.SeedSequence(self.design.seed, spawn_key=(_PURPOSE, stream, block))
        return np.random.default_rng(key)


class _Once:
    """The weights of a block, drawn once for each set that they are drawn of."""

    def __init__(self, draws: DesignDraws, block: int) -> None:
        self._draws, self._block = draws, block
        self._known: dict[int, Batch] = {}

    def __call__(self, varied: VariedWeights) -> Batch:
        if id(varied) not in self._known:
            self._known[id(varied)] = self._draws.weights(varied, self._block)
        return self._known[id(varied)]


def _stream(name: str) -> int:
    """Return the number of a factor's stream: its name as bytes, which is above that of weights."""
    return int.from_bytes(name.encode(), "big")
