"""A sound index made up for tests, and ways to spoil one thing in it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.analyses.audit import audit
from tests.analyses.coherence.making import built
from tests.support.indices import indicator, pillar

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.analyses.audit import Audit
    from rankscope.pipeline.result import Result

UNITS = 60
FRAMEWORK = pillar(
    "whole",
    pillar("one", indicator("a"), indicator("b"), indicator("c")),
    pillar("two", indicator("d"), indicator("e"), indicator("f")),
    pillar("three", indicator("g"), indicator("h"), indicator("i")),
)
COLUMNS = "abcdefghi"


def sound(seed: int = 1) -> np.ndarray:
    """Return nine columns, three of each of three factors that go together."""
    random = np.random.default_rng(seed)
    common = random.normal(size=(UNITS, 1))
    factors = np.repeat(0.9 * common + 0.5 * random.normal(size=(UNITS, 3)), 3, axis=1)
    values: np.ndarray = 50 + 10 * (factors + 0.6 * random.normal(size=(UNITS, 9)))
    return values


def outlier(values: np.ndarray) -> np.ndarray:
    values[7, 4] = 5000.0
    return values


def constant(values: np.ndarray) -> np.ndarray:
    values[:, 4] = 50.0
    return values


def opposing(values: np.ndarray) -> np.ndarray:
    values[:, 4] = 100 - values[:, 4]
    return values


def opposing_pillar(values: np.ndarray) -> np.ndarray:
    values[:, 3:6] = values[:, :3]
    values[:, 6:] = 100 - values[:, :3]
    return values


def twin(values: np.ndarray) -> np.ndarray:
    values[:, 4] = values[:, 3] + 0.01 * np.arange(UNITS)
    return values


def half_empty(values: np.ndarray) -> np.ndarray:
    values[::2, 4] = np.nan
    return values


def empty_units(values: np.ndarray) -> np.ndarray:
    values[:12, [0, 3, 4, 6]] = np.nan
    return values


def sparse(values: np.ndarray) -> np.ndarray:
    values[:30, [0, 3, 4, 6]] = np.nan
    values[30:, [1, 5, 7, 8]] = np.nan
    return values


def noise(values: np.ndarray) -> np.ndarray:
    return np.random.default_rng(0).normal(50, 10, values.shape)


def identical(values: np.ndarray) -> np.ndarray:
    return np.repeat(values[:, :1], 9, axis=1)


def mostly_outliers(values: np.ndarray) -> np.ndarray:
    values[np.arange(5), np.arange(5)] = 5000.0
    return values


def zeros(values: np.ndarray) -> np.ndarray:
    values[: UNITS * 2 // 3, 4] = 0.0
    return values


PLANTED: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    one.__name__: one
    for one in (
        outlier,
        constant,
        opposing,
        opposing_pillar,
        twin,
        half_empty,
        empty_units,
        sparse,
        noise,
        identical,
        mostly_outliers,
        zeros,
    )
}


def spoilt(name: str = "", **more: Any) -> Result:
    """Build the sound index with one thing spoilt; ``more`` goes into its definition."""
    values = sound()
    return built(PLANTED[name](values) if name else values, FRAMEWORK, **more)


@cache
def audited(name: str = "") -> Audit:
    """Audit the sound index with one thing spoilt."""
    return audit(spoilt(name), draws=128)


def lights(found: Audit) -> dict[str, str]:
    """Return the lights of an audit by area."""
    return {one.code: one.light.value for one in found.areas}
