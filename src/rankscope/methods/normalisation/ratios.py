"""Ratios: what all normalisations that divide by a yardstick share.

A ratio needs a true zero: temperatures in degrees have none (OECD/JRC Handbook
2008, section 5.1).  Where less is better the ratio is turned upside down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope._domains import Between

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector

SCALE_OF_ONE = Between(1e-9, 1e9)
"""What one, or the whole, may be called: 1, 100, 1000."""


class Yardstick(NamedTuple):
    """What values are measured by, and the polarity, of shape (columns,) each."""

    measure: Vector
    polarity: Vector


def ratio(matrix: Matrix, yardstick: Yardstick) -> Matrix:
    """Return x / measure, or measure / x where polarity is -1, of shape (rows, columns).

    NaN where what is divided by, or the measure, is not above zero.
    """
    up = yardstick.polarity > 0
    measure = np.where(yardstick.measure > 0, yardstick.measure, np.nan)
    below = np.where(matrix > 0, matrix, np.nan)
    with np.errstate(over="ignore"):
        found = np.where(up, matrix / measure, measure / below)
    return np.where(np.isinf(found), np.nan, found)


def not_positive(values: Vector) -> tuple[float, ...]:
    """Return the distinct values of zero or less."""
    return tuple(np.unique(values[values <= 0]).tolist())


def image_of_ratios(low: float, high: float, largest: float) -> tuple[float, float]:
    """Return the ends of ratios of values between two ends; NaN where those are not known."""
    if np.isnan(low) or np.isnan(high):
        return (np.nan, np.nan)
    return (0.0 if low >= 0 else -np.inf, largest)


def explain_ratio(yardstick: Yardstick, column: int, what: str) -> str:
    """Say what a column is divided by."""
    measure = f"{what}, {yardstick.measure[column]:.6g}"
    return (
        f"divided by {measure}" if yardstick.polarity[column] > 0 else f"{measure}, divided by it"
    )
