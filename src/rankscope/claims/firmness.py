"""How sure a rank can be at all: where a unit stands in the packaged index, and how firmly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from rankscope.claims.model import OVERALL, Evidence, Origin

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGED = "ai-capacity"
"""The index of this project that stands beside the published ones."""
DRAWS = 1024
"""Draws of weights and choices behind an interval; of the default seed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the packaged index has a unit: its rank and the 90 % interval of draws."""

    rank: int
    of: int
    low: int
    high: int

    @property
    def sentence(self) -> str:
        """One sentence for a reader."""
        here = f"In {PACKAGED} it is {self.rank} of {self.of}"
        if self.low == self.high:
            return f"{here}, and {self.low} in 90% of designs."
        told = f"{here}; 90% of designs rank it {self.low} to {self.high}"
        if self.low <= self.rank <= self.high:
            return f"{told}: ranks {self.low} to {self.high} can not be told apart."
        return f"{told}."


@cache
def standings() -> Mapping[str, Standing]:
    """Return how the packaged index ranks every unit, and how firmly; computed once."""
    from rankscope.analyses.uncertainty import design_of, uncertainty
    from rankscope.catalogue import open_index

    index = open_index(PACKAGED)
    result = index.build()
    found = uncertainty(design_of(result), draws=DRAWS, pairs=False)
    low, high = found.ranks.interval()
    ranked = found.published > 0
    of = int(ranked.sum())
    return {
        code: Standing(
            int(found.published[row]),
            of,
            int(np.floor(low[row])),
            int(np.ceil(high[row])),
        )
        for row, code in enumerate(found.result.units)
        if ranked[row]
    }


def packaged_ranks() -> tuple[Evidence, ...]:
    """Return the ranks and scores of the packaged index as evidence."""
    from rankscope.catalogue import open_index

    index = open_index(PACKAGED)
    result = index.build()
    ranks, scores = result.rank(), result.score()
    of = int((ranks > 0).sum())
    edition = int(str(index.definition.edition)[:4])
    return tuple(
        Evidence(
            Origin.PACKAGED,
            code,
            PACKAGED,
            edition,
            OVERALL,
            int(rank),
            of,
            float(score),
            source=PACKAGED,
        )
        for code, rank, score in zip(result.units, ranks, scores, strict=True)
        if rank > 0
    )
