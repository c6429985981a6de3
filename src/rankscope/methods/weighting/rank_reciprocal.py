"""Rank reciprocal: one over the place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import register
from rankscope.methods.references import RANK_WEIGHTS
from rankscope.methods.weighting.places import Placed

if TYPE_CHECKING:
    from rankscope.shapes import Vector


@register
@dataclass(frozen=True, slots=True)
class RankReciprocal(Placed):
    r"""Weights of one over the place, :math:`w_k \propto 1/k`.

    Stillwell, Seaver & Edwards (1981) Organizational Behavior and Human Performance 28(1),
    62-77, https://doi.org/10.1016/0030-5073(81)90015-5
    """

    name: ClassVar[str] = "rank_reciprocal"
    citation: ClassVar[str] = RANK_WEIGHTS

    def of_places(self, count: int) -> Vector:
        """Return 1 for the first place down to 1/n for the last, of shape (count,)."""
        return 1.0 / np.arange(1, count + 1)
