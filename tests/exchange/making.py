"""Files of COINr and of the COIN Tool, as short as tests need them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

META = """\
Level,iCode,iName,Direction,Weight,Unit,Denominator,Parent,Type
1,roads,Roads,1,1,km,area,infra,Indicator
1,net,Internet users,1,3,%,NA,infra,Indicator
1,tax,Tax,-1,1,points,NA,rules,Indicator
1,law,Rule of law,1,1,points,NA,rules,Indicator
2,infra,Infrastructure,1,2,Score,NA,index,Aggregate
2,rules,Rules,1,1,Score,NA,index,Aggregate
3,index,Small index,1,1,Score,NA,NA,Aggregate
NA,area,Land area,NA,NA,km2,NA,NA,Denominator
NA,bloc,Bloc,NA,NA,NA,NA,NA,Group
"""
DATA = """\
uCode,uName,bloc,area,roads,net,tax,law
A,Aland,north,10,100,90,20,5
B,Beeland,north,20,100,70,40,3
C,Ceeland,south,40,100,NA,30,1
"""


def files(folder: Path, data: str | bytes = DATA, meta: str | bytes = META) -> tuple[Path, Path]:
    """Write both tables and return their paths."""
    paths = (folder / "iData.csv", folder / "iMeta.csv")
    for path, text in zip(paths, (data, meta), strict=True):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return paths


def book(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """Write a workbook; texts that look like numbers become numbers."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append([typed(cell) for cell in row])
    workbook.save(path)
    return path


def typed(cell: Any) -> Any:
    try:
        return float(cell)
    except (TypeError, ValueError):
        return cell


def cells(text: str) -> list[list[str | None]]:
    """Return the cells of a CSV text as a spreadsheet program would hold them."""
    return [[None if c == "NA" else c for c in line.split(",")] for line in text.splitlines()]


def coin_tool(
    path: Path,
    indicators: Sequence[Mapping[str, Any]],
    units: Mapping[str, Sequence[Any]],
    framework: Sequence[tuple[str, float, str]],
    *,
    old: bool = False,
    change: Mapping[str, Any] | None = None,
) -> Path:
    """Write the sheets Database and Framework as the COIN Tool lays them out.

    ``units`` are values by code; ``change`` sets single cells of Database.
    """
    workbook = openpyxl.Workbook()
    database, tree = workbook.active, workbook.create_sheet("Framework")
    database.title = "Database"
    titles = ("Weight", "Direction", "Goalpost min", "Goalpost max", "Index", "Sub-index")
    titles += ("Pillar", "Sub-pillar", "Indicator name", "Indicator code")
    keys = ("weight", "direction", "low", "high", "index", "si", "p", "sp", "name", "code")
    for row, (title, key) in enumerate(zip(titles, keys, strict=True), 7):
        database.cell(row, 4, title)
        for column, one in enumerate(indicators, 5):
            database.cell(row, column, one.get(key, "--"))
    for row, (code, values) in enumerate(units.items(), 17):
        database.cell(row, 2, f"Land {code}")
        database.cell(row, 3, code)
        for column, value in enumerate(values, 5):
            database.cell(row, column, value)
    for place, value in (change or {}).items():
        database[place] = value
    first = 5 if old else 4
    head = ("Code", "Level", "Weight", "Short", "Long", "Dimension/indicator")
    for column, title in enumerate(head, 3):
        tree.cell(first, column, title)
    empty = [(f"sp.{number:02d}", 0, "--") for number in range(40, 44)]
    for row, (code, weight, name) in enumerate([*framework, *empty], first + 1):
        tree.cell(row, 3, code)
        tree.cell(row, 5, weight)
        tree.cell(row, 8, name)
    workbook.save(path)
    return path
