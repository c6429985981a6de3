"""Entries as the tree of a definition, before types decide: each value with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rankscope.definition.located import Located
from rankscope.definition.workbook_tree import Rows, framework_of
from rankscope.exchange.codes import valid_code
from rankscope.exchange.files import GAPS
from rankscope.exchange.imported import TABLE_FILE
from rankscope.exchange.units import register_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.exchange.entries import Entry
    from rankscope.exchange.files import Table
    from rankscope.findings import Finding

UNIT, NAME, PERIOD = "uCode", "uName", "Time"
"""The columns of units, their names and their periods: COINr's names for them."""

PRESET = "coinr"
"""The methods that stand for a pipeline that is not in the files."""


@dataclass(frozen=True, slots=True)
class Given:
    """What an index is made of: its entries, its table, and where the metadata were read."""

    entries: tuple[Entry, ...]
    table: Table
    place: str
    missing_pipeline: str
    fingerprint: str = ""


def tree_of(given: Given, codes: Mapping[str, str]) -> tuple[Located, list[Finding]]:
    """Return the tree of a definition, each value with its place in the metadata."""
    nodes = tuple(_located(_node(one, codes), one.place) for one in given.entries if one.is_node)
    faults: list[Finding] = []
    framework = framework_of(Rows(nodes, given.place), faults)
    root = next((one for one in given.entries if one.is_node and not one.parent), None)
    title = root.keys.get("name", root.code) if root else "Index"
    variables = [
        _located({"code": codes[one.code], "name": one.code, **one.keys}, one.place)
        for one in given.entries
        if not one.is_node
    ]
    members = _located(_head(given, title), given.place).value
    shared = _shared_normalisation(given.entries)
    method = {"preset": PRESET, "normalisation": shared} if shared else PRESET
    tree = {
        **(members if isinstance(members, Mapping) else {}),
        "framework": framework,
        "context": Located(tuple(variables), given.place),
        "method": _located(method, given.place),
    }
    return Located(tree, given.place), faults


def _head(given: Given, title: str) -> dict[str, Any]:
    """Return what an index is called, and how its table is laid out."""
    header = given.table.grid.header
    data = {"file": TABLE_FILE, "unit_column": UNIT}
    data |= {"name_column": NAME} if NAME in header else {}
    data |= {"period_column": PERIOD} if len(periods_of(given.table)) > 1 else {}
    register = register_of(given.table.grid, UNIT)
    return {
        "name": valid_code(title).lower(),
        "title": title,
        "units": {"register": register},
        "data": data,
    }


def _node(entry: Entry, codes: Mapping[str, str]) -> dict[str, Any]:
    """Return the keys of a node, its codes mended."""
    node = {"name": entry.code, **entry.keys}
    if "denominator" in node:
        node["denominator"] = codes.get(node["denominator"], node["denominator"])
    parent = codes.get(entry.parent, entry.parent)
    return {"type": entry.type, "code": codes[entry.code], "parent": parent, **node}


def _shared_normalisation(entries: Sequence[Entry]) -> Any:
    """Return the normalisation that all indicators have, and that the index therefore has."""
    own = [one.keys.get("normalisation") for one in entries if one.type == "Indicator"]
    return own[0] if own and all(one == own[0] for one in own) else None


def _located(value: Any, place: str) -> Located:
    """Return a value all of whose parts stand at one place; numbers as a file writes them."""
    if isinstance(value, Mapping):
        return Located({key: _located(one, place) for key, one in value.items()}, place)
    if isinstance(value, list | tuple):
        return Located(tuple(_located(one, place) for one in value), place)
    if isinstance(value, float):
        return Located(str(int(value)) if value.is_integer() else repr(value), place)
    return Located(None if value is None else str(value), place)


def periods_of(table: Table) -> list[str]:
    """Return the periods that a table names, sorted as texts."""
    column = table.grid.find(PERIOD)
    texts = table.grid.column(column) if column is not None else []
    return sorted({text.strip() for text in texts} - set(GAPS))


def single_period(table: Table) -> str:
    """Return the period of all rows, empty where there is none or there are several."""
    periods = periods_of(table)
    return periods[0].removesuffix(".0") if len(periods) == 1 else ""
