"""Built from a definition and a table, and held against plain NumPy and pandas."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pandas as pd

from rankscope.data.read import read_table
from rankscope.definition.read import read_definition
from rankscope.pipeline import Result, build

if TYPE_CHECKING:
    from collections.abc import Callable

Numbers = TypeVar("Numbers", pd.Series, pd.DataFrame)
HERE = Path(__file__).with_name("economy")


@dataclass
class Worked:
    """An index worked by hand: its table, and the scores by the codes of nodes.

    ``ranks`` of the whole index are those of its scores unless they are given; ``root``
    is the code of the whole index.
    """

    table: pd.DataFrame
    scores: dict[str, pd.Series]
    root: str
    ranks: pd.Series | None = None


class Cases(dict[str, "Callable[[], Worked]"]):
    """Indices worked by hand, by the names of their definitions."""

    def add(self, work: Callable[[], Worked]) -> Callable[[], Worked]:
        """Have an index built from the definition of the function's name."""
        self[work.__name__] = work
        return work


def units(count: int) -> list[str]:
    """Return codes of units in the order of the alphabet."""
    return [f"u{number:03}" for number in range(count)]


def drawn(
    seed: int, count: int, *columns: str, low: float = 0.0, high: float = 10.0, gaps: float = 0.0
) -> pd.DataFrame:
    """Return a table of numbers at one decimal, so that some tie, with gaps in it."""
    rng = np.random.default_rng(seed)
    values = rng.uniform(low, high, (count, len(columns))).round(1)
    values[rng.random(values.shape) < gaps] = np.nan
    return pd.DataFrame(values, index=pd.Index(units(count), name="unit"), columns=list(columns))


def panel(seed: int, count: int, years: list[int], *columns: str, **more: float) -> pd.DataFrame:
    """Return a table of units in several years, indexed by both."""
    tables = [drawn(seed + year, count, *columns, **more).assign(year=year) for year in years]
    return pd.concat(tables).set_index("year", append=True).sort_index()


def min_max(values: pd.Series | pd.DataFrame, low: float = 0, high: float = 100):
    """Return values between the ends, the lowest at the low one."""
    return low + (high - low) * (values - values.min()) / (values.max() - values.min())


def weighted(parts: pd.DataFrame, weights: list[float]) -> pd.Series:
    """Return the weighted mean of what is there."""
    own = parts.notna() * np.array(weights)
    return (parts.fillna(0) * own).sum(axis=1) / own.sum(axis=1).replace(0, np.nan)


def ranked(scores: pd.Series, *, ascending: bool = False, decimals: int = 9) -> pd.Series:
    """Return ranks by the year, ties at the best place, 0 where there is none."""
    rounded = scores.round(decimals)
    groups = rounded.groupby("year") if "year" in scores.index.names else rounded
    return groups.rank(method="min", ascending=ascending).fillna(0).astype(int)


def built(folder: Path, name: str, table: pd.DataFrame) -> Result:
    """Return the index of a definition in this folder over a table."""
    shutil.copy(HERE / f"{name}.yaml", folder / "index.yaml")
    table.to_csv(folder / "data.csv")
    definition = read_definition(folder / "index.yaml")
    return build(definition, read_table(definition, folder))


def by_row(result: Result, table: pd.DataFrame, values: np.ndarray) -> pd.Series:
    """Return one value a row of the table, NaN for rows that are not in the result."""
    if not result.plan.table.periods:
        return pd.Series(values, index=list(result.units)).reindex(table.index)
    years = [int(period) for period in result.plan.table.periods]
    index = pd.MultiIndex.from_arrays([list(result.units), years])
    return pd.Series(values, index=index).reindex(table.index)


def assert_built(folder: Path, name: str, worked: Worked) -> Result:
    """Build an index, and hold all scores and ranks that were worked against it."""
    result = built(folder, name, worked.table)
    for code, expected in worked.scores.items():
        node = result.plan.node(code)
        scores = by_row(result, worked.table, result.score(node))
        np.testing.assert_allclose(
            scores.to_numpy(), expected.to_numpy(dtype=float), atol=1e-9, err_msg=f"{name}: {code}"
        )
    ranks = by_row(result, worked.table, result.rank()).fillna(0).astype(int)
    expected = ranked(worked.scores[worked.root]) if worked.ranks is None else worked.ranks
    np.testing.assert_array_equal(ranks.to_numpy(), expected.to_numpy(), err_msg=name)
    return result


def half_up(values: Numbers, decimals: int = 0) -> Numbers:
    """Return rounded numbers, halves up; a half that rounding errors miss is one."""
    factor = 10**decimals
    return np.floor(values * factor + 0.5 + 1e-9) / factor
