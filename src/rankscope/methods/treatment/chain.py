"""Several treatments in turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.methods.base import plain_traits
from rankscope.methods.chain_domain import MethodsOf
from rankscope.methods.treatment.base import Treatment

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Mask, Matrix


@register
@dataclass(frozen=True, slots=True)
class Chain(Treatment):
    """Applies treatments in turn, each to what the one before returns.

    In a file a list stands for it: ``treatment: [winsorise, log]``.
    """

    name: ClassVar[str] = "chain"
    of: tuple[Treatment, ...] = parameter(
        (), MethodsOf("treatment", ("winsorise", "log")), "the treatments, the first one first"
    )

    def __post_init__(self) -> None:
        """Check the parameters, and that only the chain as a whole works within groups."""
        super(Chain, self).__post_init__()
        for one in self.of:
            if one.within is not None:
                raise MethodError(
                    f"{one.name}.within can not be given inside a chain: "
                    f"give within: {one.within} to the chain itself."
                )

    def accepts(self, low: float) -> bool:
        """Accept what each of the chain takes from the one before."""
        for one in self.of:
            if not one.accepts(low):
                return False
            low = one.image(low, np.inf)[0]
        return True

    def fit(self, matrix: Matrix, traits: Traits) -> tuple[Any, ...]:
        """Learn the state of each treatment from what the one before makes of the matrix."""
        states = []
        for one in self.of:
            states.append(one.fit(matrix, traits))
            matrix = one.transform(matrix, states[-1], traits)
        return tuple(states)

    def transform(self, matrix: Matrix, state: tuple[Any, ...], traits: Traits) -> Matrix:
        """Return the matrix, shape (rows, columns), after all treatments."""
        for one, learnt in zip(self.of, state, strict=True):
            matrix = one.transform(matrix, learnt, traits)
        return matrix

    def moved(self, ends: Matrix, state: tuple[Any, ...]) -> Matrix:
        """Return goalposts as each treatment moves them."""
        for one, learnt in zip(self.of, state, strict=True):
            ends = one.moved(ends, learnt)
        return ends

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the ends after all treatments."""
        for one in self.of:
            low, high = one.image(low, high)
        return (low, high)

    def explain(self, state: tuple[Any, ...], column: int) -> str:
        """Say what each treatment does to a column."""
        said = [one.explain(learnt, column) for one, learnt in zip(self.of, state, strict=True)]
        return "; then ".join(said)

    def touched(self, matrix: Matrix, state: tuple[Any, ...]) -> Mask:
        """Return which cells of a matrix of shape (rows, columns) any treatment capped."""
        touched, traits = np.zeros(matrix.shape, dtype=bool), plain_traits(*matrix.shape)
        for one, learnt in zip(self.of, state, strict=True):
            touched |= one.touched(matrix, learnt)
            matrix = one.transform(matrix, learnt, traits)
        return touched

    def in_words(self, noun: str = "unit") -> str:
        """Say what each treatment does."""
        first, *others = (one.in_words(noun) for one in self.of)
        return "; then: ".join([first, *(f"{said[0].lower()}{said[1:]}" for said in others)])
