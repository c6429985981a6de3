"""How a published total comes from the mean of its components."""

from __future__ import annotations

from enum import StrEnum


class Total(StrEnum):
    """What was done to the weighted sum before it was printed.

    ``SCALED`` and ``SHIFTED`` stand for a factor, or a factor and an offset, that nobody
    printed.  Then only shares can be recovered: weights twice as large with half the factor
    give the same totals.  ``RANKS`` is a table without totals.
    """

    AS_GIVEN = "as given"
    SCALED = "scaled"
    SHIFTED = "scaled and shifted"
    RANKS = "ranks only"
