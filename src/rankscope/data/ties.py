"""Ties between pairs of units: a table with a row for each pair, read as a square."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rankscope.data.files import bytes_beside
from rankscope.data.grid import quoted
from rankscope.data.text import grid_of_text
from rankscope.data.ties_check import pair_faults
from rankscope.data.ties_pairs import pairs_of
from rankscope.errors import DataError
from rankscope.findings import error, errors_among, raise_errors
from rankscope.methods.change.ties import Ties

if TYPE_CHECKING:
    import os
    from collections.abc import Collection

    from rankscope.data.ties_pairs import Pairs
    from rankscope.definition.model import IndexDefinition, TiesSpec
    from rankscope.findings import Finding
    from rankscope.shapes import Matrix, Vector, Whole

SUFFIXES = (".csv", ".tsv", ".txt")


def read_ties(
    definition: IndexDefinition,
    definition_path: str | os.PathLike[str],
    *,
    known: Collection[str] = (),
) -> tuple[Ties, ...]:
    """Read the tables of ties that a definition names; none where it names none.

    A pair that is not in the table was not published, which is not zero.  Mutual ties stand
    there once for each pair, or once for each side.  Of ties that go one way ``values[i, j]``
    is what ``i`` sent to ``j``, and totals are what was sent and received, as acts take both.
    ``known`` are the units of the index: where these are the file's own, ties have no others.

    Raises
    ------
    DataError
        With all that is wrong, each with its place and mend.
    """
    ties, findings = examine_ties(definition, definition_path, known=known)
    raise_errors(findings, DataError)
    return ties


def examine_ties(
    definition: IndexDefinition,
    definition_path: str | os.PathLike[str],
    *,
    known: Collection[str] = (),
) -> tuple[tuple[Ties, ...], tuple[Finding, ...]]:
    """Read the tables of ties, and say all that is wrong with them."""
    where = Path(definition_path)
    folder = where if where.is_dir() else where.parent
    found: list[Ties] = []
    findings: list[Finding] = []
    for number, spec in enumerate(definition.ties):
        key = f"ties[{number + 1}].file"
        ties, faults = _examined(definition, spec, folder, key, known)
        findings += [one for one in faults if one not in findings]
        if ties is not None and not errors_among(faults):
            found.append(ties)
    return tuple(found), tuple(findings)


def _examined(
    definition: IndexDefinition, spec: TiesSpec, folder: Path, key: str, known: Collection[str]
) -> tuple[Ties | None, tuple[Finding, ...]]:
    """Return the ties of one table, None where it can not be read."""
    if Path(spec.file).suffix.lower() not in SUFFIXES:
        said = f"{key} is {quoted(spec.file)}, and ties are read from text files."
        return None, (error("ties-file-kind", spec.file, said, "Save it as a CSV file."),)
    data, findings = bytes_beside(folder, spec.file, key)
    if data is None:
        return None, findings
    grid, findings = grid_of_text(data, spec.file, definition.data)
    if grid is None:
        return None, findings
    pairs, faults = pairs_of(grid, definition, spec, known)
    if pairs is None:
        return None, (*findings, *faults)
    faults = (*faults, *pair_faults(grid, pairs, spec))
    return _ties(spec, pairs), (*findings, *faults)


def _ties(spec: TiesSpec, pairs: Pairs) -> Ties:
    """Return pairs as a square."""
    units = tuple(sorted({*pairs.units, *pairs.partners}))
    place = {unit: number for number, unit in enumerate(units)}
    rows = np.array([place[unit] for unit in pairs.units], dtype=np.int64)
    columns = np.array([place[unit] for unit in pairs.partners], dtype=np.int64)
    values = np.full((len(units), len(units)), np.nan)
    values[rows, columns] = pairs.values
    mutual = spec.direction == "mutual"
    if mutual:
        values = np.where(np.isnan(values), values.T, values)
    return Ties(
        code=spec.code,
        name=spec.name,
        units=units,
        values=values,
        totals=_totals(pairs, rows, values, mutual=mutual),
        feeds=spec.feeds,
        once_per_pair=spec.once_per_pair,
        mutual=mutual,
        source=spec.source or "",
    )


def _totals(pairs: Pairs, rows: Whole, values: Matrix, *, mutual: bool) -> Vector:
    """Return what each unit did with all others, (units,): as given, or the sum of its pairs.

    Of ties that go one way, what went out and what came in.
    """
    if pairs.totals is not None:
        totals = np.full(len(values), np.nan)
        totals[rows] = pairs.totals
        return totals
    totals = np.nansum(values, axis=1)
    return np.asarray(totals if mutual else totals + np.nansum(values, axis=0))
