"""The sizes of a scenario's acts: the middle of each range, or draws that fill it evenly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.definition.model import Scenario
    from rankscope.shapes import Matrix

_PURPOSE = 6

VERSIONS = 128
"""How many versions stand for the ranges of a scenario."""


def middle_sizes(scenario: Scenario) -> tuple[Matrix, ...]:
    """Return the medians of all sizes, (1, sizes) for each act."""
    return tuple(
        np.array([[size.middle for size in change.sizes()]]) for change in scenario.changes
    )


def drawn_sizes(scenario: Scenario, versions: int = VERSIONS, seed: int = 0) -> tuple[Matrix, ...]:
    """Return sizes that fill their ranges evenly, (versions, sizes) for each act.

    Each range is cut into as many parts of equal probability as there are versions; each
    part is taken once, in an order of its own (McKay, Beckman & Conover 1979, Technometrics
    21(2), 239-245, https://doi.org/10.1080/00401706.1979.10489755), which is a function of
    the seed and of the place of the size alone.
    """
    if not varies(scenario):
        return middle_sizes(scenario)
    found = []
    for act, change in enumerate(scenario.changes):
        columns = []
        for number, size in enumerate(change.sizes()):
            key = np.random.SeedSequence(seed, spawn_key=(_PURPOSE, act, number))
            random = np.random.default_rng(key)
            uniform = (random.permutation(versions) + random.random(versions)) / versions
            columns.append(size.quantile(uniform))
        found.append(np.column_stack(columns) if columns else np.empty((versions, 0)))
    return tuple(found)


def varies(scenario: Scenario) -> bool:
    """Whether any size is a range."""
    return any(size.is_range for change in scenario.changes for size in change.sizes())
