"""Variables outside an index from a file: a column of units, and columns of numbers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import visible
from rankscope.data.files import bytes_beside
from rankscope.data.grid import checked_header
from rankscope.data.published_table import PublishedTable
from rankscope.data.read import grid_of
from rankscope.definition.model import DataSpec
from rankscope.errors import DataError
from rankscope.findings import raise_errors
from rankscope.units import iso3166, own_register

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.data.grid import Grid
    from rankscope.pipeline.result import Result

_MISSING = ("", "NA", "N/A", "n/a", "nan", "NaN", "..", "-", "–")


def read_outside(result: Result, path: str | Path) -> pd.DataFrame:
    """Read variables outside an index, for `rankscope.analyses.audit.run`.

    A .csv, .tsv, .xlsx or .parquet file with a row for each unit.  The column in which most
    units of the index are found, by code, name or alias, is that of the units; columns with
    numbers are the variables, the others are passed over, and so are rows of other units.

    Raises
    ------
    DataError
        When the file can not be read, names none of the units, one of them twice, or has no
        numbers.
    """
    import pandas as pd

    grid = _grid(Path(path))
    column, units = _units(result, grid)
    known = [(row, unit) for row, unit in enumerate(units) if unit]
    twice = [unit for unit, count in Counter(unit for _, unit in known).items() if count > 1]
    if twice:
        raise DataError(
            f"{visible(grid.origin)} has two rows for the unit {visible(twice[0])!r}. Keep one."
        )
    spec = DataSpec(file=grid.origin, missing=_MISSING)
    header = tuple(name for at, name in enumerate(grid.header) if at != column and name)
    table = PublishedTable(grid.origin, tuple(units), (), header, grid, spec)
    rows = [row for row, _ in known]
    values = {name: table.column(name).values[rows] for name in header}
    found = {name: one for name, one in values.items() if not np.isnan(one).all()}
    if not found:
        raise DataError(
            f"{visible(grid.origin)} has no column of numbers beside that of the units. Add one, "
            "such as income per head."
        )
    return pd.DataFrame(found, index=pd.Index([unit for _, unit in known], name="unit"))


def _grid(path: Path) -> Grid:
    data, findings = bytes_beside(path.parent, path.name, "--outside")
    raise_errors(findings, DataError)
    grid, findings = grid_of(data or b"", path.name, DataSpec(file=path.name))
    raise_errors((*findings, *(checked_header(grid) if grid else ())), DataError)
    if grid is None or not grid.rows:
        raise DataError(f"{visible(path.name)} holds no table with rows.")
    return grid


def _units(result: Result, grid: Grid) -> tuple[int, list[str]]:
    """Return the column of units, and the code of the unit of each row, empty for others."""
    found = [_codes(result, [text.strip() for text in grid.column(at)]) for at in
             range(len(grid.header))]  # fmt: skip
    hits = [sum(map(bool, codes)) for codes in found]
    best = int(np.argmax(hits))
    if not hits[best]:
        some = visible(result.names[0]) if result.names else "a unit"
        raise DataError(
            f"{visible(grid.origin)} has a row for none of the units, such as {some}. Name them "
            "by code or name in one column."
        )
    return best, found[best]


def _codes(result: Result, texts: list[str]) -> list[str]:
    """Return the codes of those texts that are units of the index, empty for others."""
    register = iso3166()
    if result.plan.definition.units.register_ == "own":
        register = own_register(dict(zip(result.units, result.names, strict=True)).items())
    there = set(result.units)
    codes = register.find_all(texts).codes
    return [code if code is not None and code in there else "" for code in codes]
