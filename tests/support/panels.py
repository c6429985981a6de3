"""Small panels made up for tests: in memory by their cells, or as files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.data.table import DataTable, plain_table
from rankscope.definition.model import DataSpec, IndexDefinition, MethodSpec, Node, UnitsSpec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

NAN = float("nan")

YAML = """\
name: towns
title: Index of Towns
edition: "3"
units: {register: own}
data: {file: towns.csv, unit_column: unit, name_column: name, period_column: year}
framework:
  code: whole
  name: Whole
  children:
    - {code: clean, name: Clean air, kind: interval, unit: points}
    - {code: noise, name: Noise, kind: interval, unit: dB, polarity: -1}
method:
  normalisation: {method: min_max, to: [0, 100]}
"""

CSV = """\
unit,name,year,clean,noise
a,Alba,2018,10,60
a,Alba,2019,20,55
a,Alba,2021,30,50
b,Brig,2018,30,70
b,Brig,2019,25,70
b,Brig,2021,20,70
c,Cork,2018,20,40
c,Cork,2019,22,50
c,Cork,2021,50,60
d,Dole,2019,40,45
d,Dole,2021,35,40
"""


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


def towns(folder: Path) -> Path:
    """Write an index of four towns in three years, one of which comes later; return its path."""
    (folder / "towns.csv").write_text(CSV, encoding="utf-8")
    path = folder / "towns.yaml"
    path.write_text(YAML, encoding="utf-8")
    return path
