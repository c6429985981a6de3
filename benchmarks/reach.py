"""Rank reach of all units: bounds from pairs, and exact answers, on indices of three sizes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.subject import Subject
from rankscope.analyses.exact.bounds import Bounds
from rankscope.analyses.exact.reach import reach
from rankscope.analyses.exact.region import region_of
from rankscope.analyses.exact.setting import setting_of
from rankscope.data.table import plain_table
from rankscope.definition.model import Node
from rankscope.methods.admissible import Bounded
from rankscope.methods.normalisation import MinMax
from rankscope.pipeline import build
from rankscope.testing import make_index

if TYPE_CHECKING:
    from benchmarks.subject import Run
    from rankscope.pipeline import Result

UNITS = 83
SPREAD = 0.5
"""How far indicators stray from what units have in common."""
WITHIN = Bounded(0.25)


def index(indicators: int, groups: int) -> Result:
    """Return an index as they are: indicators share what makes units strong all over.

    The less they have in common, the more rivals are undecided; as chosen here at most 15.
    """
    rng = np.random.default_rng(0)
    strength = rng.normal(size=(UNITS, 1))
    values = strength + SPREAD * rng.normal(size=(UNITS, indicators))
    codes = tuple(f"c{i}" for i in range(indicators))
    leaves = [Node(code=code, name=code, kind="share") for code in codes]
    branches = tuple(leaves)
    if groups > 1:
        parts = np.array_split(np.array(range(indicators)), groups)
        branches = tuple(
            Node(code=f"g{i}", name=f"g{i}", children=tuple(leaves[leaf] for leaf in part))
            for i, part in enumerate(parts)
        )
    table = plain_table(tuple(f"u{i}" for i in range(UNITS)), codes, values)
    root = Node(code="root", name="Root", children=branches)
    return build(*make_index(root, table, normalisation=MinMax((1.0, 100.0))))


def bounds(indicators: int, groups: int) -> tuple[Run, None]:
    """Return the bounds of all ranks from pairs."""
    result = index(indicators, groups)

    def work() -> object:
        setting = setting_of(result, weights=WITHIN)
        region = region_of(result, setting.varied)
        return Bounds(region, np.arange(UNITS))

    return work, None


def exact(indicators: int, groups: int) -> tuple[Run, None]:
    """Return the reach of all units, proved."""
    result = index(indicators, groups)

    def work() -> object:
        found = reach(result, weights=WITHIN)
        assert found.exact.all()
        return found

    return work, None


SIZES = ((7, 1), (45, 5), (122, 7))
SUBJECTS = tuple(
    Subject(f"reach, {UNITS} x {indicators}, {what}", partial(run, indicators, groups), seconds)
    for indicators, groups in SIZES
    for what, run, seconds in (("bounds", bounds, 1.0), ("exact", exact, 10.0))
)
