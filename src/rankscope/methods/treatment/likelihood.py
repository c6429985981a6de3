"""The exponent under which values look most like a normal distribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.shapes import Vector

_FEWEST = 3
_HOPELESS = 1e12
"""Stands for an infinite loss, of which no differences could be taken."""


def likeliest_power(logs: Vector, ends: tuple[float, float]) -> float:
    r"""Return the likeliest exponent of positive numbers whose logarithms are given.

    Maximises the likelihood of Box & Cox (1964, section 3,
    https://doi.org/10.1111/j.2517-6161.1964.tb00553.x) between both ends.  Over numbers
    divided by their geometric mean that is minus half the logarithm of the variance of
    :math:`x^\lambda/\lambda`.  Fewer than three different numbers fit every exponent:
    theirs is 1.
    """
    if np.unique(logs).size < _FEWEST:
        return 1.0
    centred = logs - logs.mean()

    def loss(exponent: float) -> float:
        if exponent == 0:
            return half_log_variance(centred)
        powers = exponent * centred
        largest = powers.max()
        spread = half_log_variance(np.expm1(powers - largest))
        return float(largest + spread - np.log(abs(exponent)))

    return smallest_loss(loss, ends)


def half_log_variance(values: Vector) -> float:
    """Return the logarithm of the standard deviation, as large as can be where there is none."""
    variance = float(np.var(values))
    return 0.5 * float(np.log(variance)) if variance > 0 else _HOPELESS


def smallest_loss(loss: Callable[[float], float], ends: tuple[float, float]) -> float:
    """Return where a loss is smallest between two ends."""
    from scipy.optimize import minimize_scalar

    return float(minimize_scalar(loss, bounds=ends, method="bounded", options={"xatol": 1e-9}).x)
