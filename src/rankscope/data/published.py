"""Reading a publisher's own results: scores and ranks as they were printed, by unit.

Unlike the data of an index such a table may hold anything: units that are not ranked,
texts beside numbers, columns that nobody asks for.  Only what is asked for is read.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rankscope._words import did_you_mean, join_words, visible
from rankscope.data.files import bytes_beside
from rankscope.data.grid import checked_header, quoted
from rankscope.data.periods import periods_of
from rankscope.data.published_table import PublishedTable
from rankscope.data.read import grid_of
from rankscope.errors import DataError
from rankscope.findings import error, raise_errors
from rankscope.units import iso3166

if TYPE_CHECKING:
    from rankscope.data.grid import Grid
    from rankscope.definition.model import DataSpec, IndexDefinition
    from rankscope.findings import Finding


def read_published(
    definition: IndexDefinition, definition_path: str | Path, against: str | Path | None = None
) -> PublishedTable:
    """Read the publisher's results: the file that a definition names, or another one.

    ``against`` is a path as usual; the file that the definition names lies beside it.

    Raises
    ------
    DataError
        With all that is wrong, each with its place and mend.
    """
    folder, name, key = _file(definition, Path(definition_path), against)
    data, findings = bytes_beside(folder, name, key)
    if against is not None:
        findings = tuple(map(_where, findings))
    raise_errors(findings, DataError)
    spec = _spec(definition)
    grid, findings = grid_of(data or b"", name, spec)
    findings = tuple(_as_data(one, spec) for one in findings)
    raise_errors((*findings, *(checked_header(grid) if grid else ())), DataError)
    if grid is None:
        raise DataError(f"{visible(name)} holds no table.")
    return published_table(definition, grid)


def published_table(definition: IndexDefinition, grid: Grid) -> PublishedTable:
    """Return the published table that a grid holds.

    Raises
    ------
    DataError
        When it has no column of units, no rows, or two rows for one unit (and period).
    """
    spec = _spec(definition)
    column = grid.find(spec.unit_column)
    if column is None:
        said = f"{grid.origin} has no column {quoted(spec.unit_column)} of units."
        mend = f"Declare published.unit_column. {did_you_mean(spec.unit_column, grid.header)}"
        raise DataError(f"{said} {mend}".strip())
    grid = _with_units(grid, column)
    if not grid.rows:
        raise DataError(f"{grid.origin} has a header but no rows.")
    units = _units(definition, [text.strip() for text in grid.column(column)])
    periods = _periods(grid, spec)
    _check_once(grid, units, periods)
    own = {spec.unit_column, spec.period_column, ""}
    return PublishedTable(
        origin=grid.origin,
        units=units,
        periods=periods,
        header=tuple(name for name in grid.header if name not in own),
        grid=grid,
        spec=spec,
    )


def _file(
    definition: IndexDefinition, path: Path, against: str | Path | None
) -> tuple[Path, str, str]:
    """Return folder and name of the file, and where it was named."""
    if against is not None:
        given = Path(against)
        return given.parent, given.name, "--against"
    file = definition.published.file if definition.published else None
    if file is None:
        raise DataError(
            f"{definition.title} names no published results. Add published.file, "
            "or say --against FILE."
        )
    return (path if path.is_dir() else path.parent), file, "published.file"


def _where(finding: Finding) -> Finding:
    """Say nothing of the definition's folder: the file was named on the command line."""
    return replace(finding, sentence=finding.sentence.replace(" beside the definition", ""))


def _as_data(finding: Finding, spec: DataSpec) -> Finding:
    """Mend the published table, and not the keys by which the data are read well."""
    mends = {
        "data-delimiter": f"Save it with {quoted(spec.delimiter)} between cells, as the data have.",
        "data-encoding": f"Save it in {spec.encoding}, as the data are.",
    }
    return replace(finding, remedy=mends.get(finding.id, finding.remedy))


def _spec(definition: IndexDefinition) -> DataSpec:
    """Return how the table is written: as the data are, with its own unit column and gaps."""
    published, data = definition.published, definition.data
    if published is None:
        return data
    unit = published.unit_column or data.unit_column
    missing = (*published.missing, *data.missing)
    return data.model_copy(update={"unit_column": unit, "missing": missing})


def _with_units(grid: Grid, column: int) -> Grid:
    """Leave out rows that name no unit: totals and notes below a table."""
    at = [row for row, cells in enumerate(grid.rows) if cells[column].strip()]
    if len(at) == len(grid.rows):
        return grid
    return replace(grid, rows=[grid.rows[i] for i in at], lines=[grid.lines[i] for i in at])


def _units(definition: IndexDefinition, texts: list[str]) -> tuple[str, ...]:
    """Return the codes of units; what the register does not know stands for itself."""
    if definition.units.register_ == "own":
        return tuple(texts)
    codes = iso3166().find_all(texts).codes
    return tuple(code or text for code, text in zip(codes, texts, strict=True))


def _periods(grid: Grid, spec: DataSpec) -> tuple[str, ...]:
    """Return the period of each row; none where the table has no column of periods."""
    if spec.period_column is None or grid.find(spec.period_column) is None:
        return ()
    every = spec.model_copy(update={"periods": ()})
    found, findings = periods_of(grid, every)
    raise_errors(findings, DataError)
    return tuple(period or "" for period in found)


def _check_once(grid: Grid, units: tuple[str, ...], periods: tuple[str, ...]) -> None:
    """Refuse a table in which a unit has two rows."""
    rows = list(zip(units, periods, strict=True)) if periods else [(unit, "") for unit in units]
    twice = [row for row, count in Counter(rows).items() if count > 1]
    if not twice:
        return
    named = join_words([visible(" ".join(row).strip()) for row in twice[:3]], "and")
    more = f" and {len(twice) - 3:,} more" if len(twice) > 3 else ""
    second = len(rows) - 1 - rows[::-1].index(twice[0])
    mend = "Keep one row for each unit, or declare data.period_column where periods differ."
    said = f"There are two rows or more for {named}{more}."
    raise_errors((error("data-published-twice", grid.place(second), said, mend),), DataError)
