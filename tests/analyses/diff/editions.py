"""Two editions of a small index that differ in everything, and each mixture written by hand.

A mixture is made here from tables and dictionaries alone, by rules written a second time:
what the tests compare with must not come from the code under test.
"""

from __future__ import annotations

import functools
import itertools
import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.data.table import plain_table
from rankscope.definition.model import IndexDefinition
from rankscope.pipeline.result import build
from tests.support.indices import indicator, pillar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rankscope.catalogue.open import Index
    from rankscope.data.table import DataTable
    from rankscope.pipeline.result import Result

ALL = ("data", "units", "framework", "methods", "weights", "aggregation")

OLD_UNITS = tuple("ABCDEFGHIJ")
NEW_UNITS = tuple("ABCDEFGHKLM")
COLUMNS = ("a", "b", "c", "d", "e", "f", "living")
ONLY_OLD, ONLY_NEW = ("e",), ("f",)


def values(edition: int) -> dict[tuple[str, str], float]:
    """Return the cells of an edition, by unit and column; what is not there is missing."""
    random = np.random.default_rng(7)
    base = {
        (unit, column): random.lognormal(3, 0.6)
        for unit in sorted({*OLD_UNITS, *NEW_UNITS})
        for column in COLUMNS
    }
    change = np.random.default_rng(8)
    factor = {key: change.uniform(0.6, 1.6) if change.random() < 0.5 else 1.0 for key in base}
    units, gone = (OLD_UNITS, ONLY_NEW) if edition == 0 else (NEW_UNITS, ONLY_OLD)
    cells = {
        key: value * (factor[key] if edition else 1.0)
        for key, value in base.items()
        if key[0] in units and key[1] not in gone
    }
    del cells[("A", "b") if edition else ("C", "a")]  # one gap each, filled in the other
    return cells


def table(taken: Iterable[str]) -> DataTable:
    """Return the table of a mixture: rows of one edition, cells of both."""
    sides = (values(0), values(1))
    units = (OLD_UNITS, NEW_UNITS)["units" in taken]
    mine, other = sides if "data" not in taken else sides[::-1]
    which = (0, 1) if "data" not in taken else (1, 0)
    cells = np.full((len(units), len(COLUMNS)), np.nan)
    for row, unit in enumerate(units):
        for at, column in enumerate(COLUMNS):
            has = [_has(side, unit, column) for side in which]
            source = mine if has[0] else other
            if any(has):
                cells[row, at] = source.get((unit, column), np.nan)
    return plain_table(units, COLUMNS, cells)


def _has(edition: int, unit: str, column: str) -> bool:
    """Whether an edition has a cell, filled or not."""
    units, gone = ((OLD_UNITS, ONLY_NEW), (NEW_UNITS, ONLY_OLD))[edition]
    return unit in units and column not in gone


def definition(taken: Iterable[str]) -> IndexDefinition:
    """Return the definition of a mixture, said outright."""
    new = {player: player in taken for player in ALL}
    weights = (2.0, 1.0, 0.5) if new["weights"] else (1.0, 1.0, 2.0)
    of_root = (1.0, 3.0) if new["weights"] else (1.0, 1.0)
    a = indicator("a", kind="count", denominator="living", per=10, weight=weights[0])
    b = indicator("b", weight=weights[1], polarity=-1 if new["framework"] else 1)
    c = indicator("c", weight=weights[2], **_goalposts(new["methods"]))
    if new["framework"]:
        last = (indicator("d", weight=2.0), indicator("f", weight=1.0))
    else:
        last = (indicator("d", weight=1.0), indicator("e", weight=1.5))
    mean = {"aggregation": "geometric"} if new["aggregation"] else {}
    tree = pillar(
        "whole",
        pillar("p", a, b, c, weight=of_root[0], **mean),
        pillar("q", *last, weight=of_root[1]),
    )
    return IndexDefinition.model_validate(
        {
            "name": "small",
            "title": "Small Index",
            "units": {"register": "own"},
            "data": {"file": "values.csv"},
            "sources": [{"code": "office", "publisher": "Office", "title": "Yearbook"}],
            "context": [{"code": "living", "name": "People", "kind": "count"}],
            "framework": tree,
            "method": _method(new["methods"]),
        }
    )


def _method(new: bool) -> dict[str, Any]:
    if not new:
        return {
            "normalisation": {"method": "min_max", "to": [1, 100]},
            "min_available": {"by": "count", "at_least": 0.5},
        }
    return {
        "normalisation": {"method": "min_max", "to": [10, 90]},
        "treatment": {"method": "winsorise", "lower": 0.1, "upper": 0.9},
        "imputation": "mean",
        "min_available": {"by": "count", "at_least": 0.5},
    }


def _goalposts(new: bool) -> dict[str, Any]:
    if not new:
        return {}
    return {
        "goalposts": [1, 90],
        "normalisation": {"method": "goalposts", "to": [10, 90]},
        "treatment": "none",
    }


@functools.cache
def built(taken: frozenset[str]) -> Result:
    """Return a mixture built."""
    return build(definition(taken), table(taken))


def orders_average(units: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Return shares of scores and ranks, (units, players): the mean over all 720 orders."""
    shares = np.zeros((2, len(units), len(ALL)))
    for order in itertools.permutations(range(len(ALL))):
        shares += one_order(units, order)
    return tuple(shares / math.factorial(len(ALL)))


def one_order(units: tuple[str, ...], order: Iterable[int]) -> np.ndarray:
    """Return what each player changes when they turn new in one order, (2, units, players)."""
    shares = np.zeros((2, len(units), len(ALL)))
    taken: frozenset[str] = frozenset()
    before = worth(units, taken)
    for player in order:
        taken |= {ALL[player]}
        after = worth(units, taken)
        shares[:, :, player] = after - before
        before = after
    return shares


@functools.cache
def worth(units: tuple[str, ...], taken: frozenset[str]) -> np.ndarray:
    """Return scores and minus ranks in a mixture, (2, units)."""
    result = built(taken)
    rows = [result.units.index(unit) for unit in units]
    return np.array([result.score()[rows], -result.rank()[rows]], dtype=float)


def renamed_columns(of: DataTable, names: dict[str, str]) -> DataTable:
    """Return a table with other codes for its columns."""
    return replace(of, columns=tuple(names.get(one, one) for one in of.columns))


def changed(index: Index, *, framework: Any = None, method: Any = None, **more: Any) -> Any:
    """Return a definition with other parts, read as a file is."""
    given = index.definition.model_dump(by_alias=True)
    given |= {"framework": framework} if framework else {}
    given["method"] |= method or {}
    return IndexDefinition.model_validate(given | more)
