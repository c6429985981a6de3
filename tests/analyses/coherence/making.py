"""Indices for the tests of coherence, with values of the test's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.data.table import Status
from tests.support.indices import indicator, make_index, pillar

if TYPE_CHECKING:
    from rankscope.pipeline.result import Result

MINMAX = {"normalisation": "min_max"}


def built(values: np.ndarray, framework: Any, **more: Any) -> Result:
    """Build an index of indicators with these values, (units, indicators), in their order."""
    index = make_index(framework=framework, units=len(values), own=True, **more)
    whole = index.table.values.copy()
    whole[:, : values.shape[1]] = values
    status = np.where(np.isnan(whole), Status.MISSING, Status.OBSERVED).astype(np.int64)
    return replace(index, table=replace(index.table, values=whole, status=status)).build()


def two_pillars(*, weight: float = 1.0) -> Any:
    """Return a framework of two pillars with three indicators each."""
    return pillar(
        "whole",
        pillar("one", indicator("a"), indicator("b"), indicator("c", weight=weight)),
        pillar("two", indicator("d"), indicator("e"), indicator("f")),
    )


def two_factors(units: int = 80, noise: float = 0.4, seed: int = 0) -> np.ndarray:
    """Return six columns, three of each of two independent factors with noise."""
    random = np.random.default_rng(seed)
    factors = np.repeat(random.normal(size=(units, 2)), 3, axis=1)
    values: np.ndarray = 50 + 10 * (factors + noise * random.normal(size=(units, 6)))
    return values
