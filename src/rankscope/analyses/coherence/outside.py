"""Variables outside an index: those of its context, and those that a user brings along."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope._words import visible
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from rankscope.analyses.coherence.subject import Subject
    from rankscope.shapes import Matrix, Vector


class Outside(NamedTuple):
    """Variables outside an index: codes, names inside a sentence, values (rows, variables)."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    values: Matrix


def outside_of(subject: Subject, frame: pd.DataFrame | None) -> Outside:
    """Return the numbers in the context of a definition, and those in a data frame by unit.

    Raises
    ------
    MethodError
        When the data frame names a unit or variable twice, a variable of the context, has no
        numbers in a column, or none of the units.
    """
    definition, table = subject.plan.definition, subject.plan.table
    own = [one for one in definition.context if one.kind != "group" and one.code in table.columns]
    codes = [one.code for one in own]
    names = [definition.variable_name(code) for code in codes]
    columns = [table.column(code)[subject.rows] for code in codes]
    if frame is not None:
        more = _columns(subject, frame, codes)
        codes, names, columns = [*codes, *more], [*names, *more], [*columns, *more.values()]
    values = np.column_stack(columns) if columns else np.empty((len(subject.rows), 0))
    return Outside(tuple(codes), tuple(names), values)


def _columns(subject: Subject, frame: pd.DataFrame, taken: list[str]) -> dict[str, Vector]:
    """Return the columns of a data frame for the rows of a subject, each (rows,)."""
    known = [str(unit) for unit in frame.index]
    units = [subject.result.units[row] for row in subject.rows]
    if len(set(known)) < len(known):
        twice = next(unit for unit in known if known.count(unit) > 1)
        raise MethodError(f"outside has two rows for the unit {visible(twice)!r}. Keep one.")
    if units and not set(units) & set(known):
        raise MethodError(
            f"outside has a row for none of the units, such as {visible(units[0])!r}. Make the "
            "codes of the units its index."
        )
    place = {unit: at for at, unit in enumerate(known)}
    found: dict[str, Vector] = {}
    for at, column in enumerate(frame.columns):
        name = _name(column, [*taken, *found])
        values = _numbers(frame.iloc[:, at], name)
        found[name] = np.array([values[place[one]] if one in place else np.nan for one in units])
    return found


def _name(column: Hashable, taken: list[str]) -> str:
    name = str(column)
    if name in taken:
        raise MethodError(
            f"outside has the variable {visible(name)!r}, which there is already. Rename it."
        )
    return name


def _numbers(column: pd.Series, name: str) -> Vector:
    """Return a column as numbers, NaN where they are missing or infinite."""
    try:
        values = np.asarray(column.to_numpy(dtype=float, na_value=np.nan))
    except (TypeError, ValueError) as problem:
        raise MethodError(
            f"outside has no numbers in the column {visible(name)!r}. Leave it out."
        ) from problem
    return np.where(np.isfinite(values), values, np.nan)
