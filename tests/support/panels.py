"""Small panels made up for tests, by their cells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.data.table import DataTable, plain_table
from rankscope.definition.model import DataSpec, IndexDefinition, MethodSpec, Node, UnitsSpec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAN = float("nan")

TOWNS = Path(__file__).parents[1] / "cli" / "towns"
"""An index of four towns in three years, one of which comes later."""


def indicator(code: str, **own: Any) -> Node:
    """Return an indicator."""
    return Node(code=code, name=code, kind="interval", **own)


def panel_of(
    cells: Mapping[tuple[str, str], Sequence[float]], columns: tuple[str, ...]
) -> DataTable:
    """Return the table of a panel, from the values of each unit and period."""
    values = np.array([list(row) for row in cells.values()], dtype=float)
    table = plain_table(tuple(unit for unit, _ in cells), columns, values)
    return replace(table, periods=tuple(period for _, period in cells))


def defined(*children: Node, steps: tuple[Any, ...] | None = None, **method: Any) -> Any:
    """Return the definition of an index of the file's own units, with a column of periods."""
    return IndexDefinition(
        name="t",
        title="T",
        data=DataSpec(file="t.csv", period_column="year"),
        units=UnitsSpec(register="own"),
        framework=Node(code="root", name="Root", children=children, steps=steps),
        method=MethodSpec(**method),
    )
