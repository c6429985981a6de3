"""Bands that the data draw: what those around the mean and those at quantiles share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector

SCORES = "the score of each band, rising, from the worst values up"
"""What the parameter ``scores`` means."""


class Bands(NamedTuple):
    """Limits of values times polarity, (limits, columns), and the polarity, (columns,)."""

    limits: Matrix
    polarity: Vector


def explain_bands(state: Bands, column: int) -> str:
    """Say where the limits of a column lie, in its own unit."""
    limits = state.limits[:, column] * state.polarity[column]
    return "bands parted at " + ", ".join(f"{limit:.6g}" for limit in limits)
