"""Rank sum: weights that fall by equal steps from place to place."""

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
class RankSum(Placed):
    r"""Weights that fall by equal steps, :math:`w_k \propto n + 1 - k`.

    Stillwell, Seaver & Edwards (1981) Organizational Behavior and Human Performance 28(1),
    62-77, https://doi.org/10.1016/0030-5073(81)90015-5
    """

    name: ClassVar[str] = "rank_sum"
    citation: ClassVar[str] = RANK_WEIGHTS

    def of_places(self, count: int) -> Vector:
        """Return n for the first place down to 1 for the last, of shape (count,)."""
        return np.arange(count, 0, -1, dtype=float)
