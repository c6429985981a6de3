"""The aggregates of a COIN Tool workbook: codes from Database, names and weights from Framework."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from rankscope.data.grid import quoted
from rankscope.data.numbers import Fault, reader_of
from rankscope.exchange.coin_tool_layout import (
    CODE,
    LEVELS,
    SPEC,
    TREE_CODE,
    TREE_NAME,
    TREE_WEIGHT,
)
from rankscope.exchange.entries import Entry
from rankscope.findings import Finding, error, warning

if TYPE_CHECKING:
    from rankscope.exchange.coin_tool_layout import Database
    from rankscope.exchange.sheets import Sheet


def path_above(found: Database, column: int) -> list[str]:
    """Return the codes above an indicator, the lowest first; levels that are not used left out.

    A level is not used where all indicators have the same code in it, the index aside.
    """
    used = [
        row
        for row in LEVELS
        if row == LEVELS[-1] or len({found.text(row, one) for one in found.indicators}) > 1
    ]
    path = [found.text(row, column) for row in used]
    path[-1] = path[-1] or "Index"
    return [code for code in path if code]


def aggregates(found: Database, framework: Sheet, faults: list[Finding]) -> list[Entry]:
    """Return the aggregates that indicators name, with weights and names from Framework."""
    above: dict[str, tuple[str, int]] = {}
    for column in found.indicators:
        path = path_above(found, column)
        for code, parent in zip(path, [*path[1:], ""], strict=True):
            known, first = above.setdefault(code, (parent, column))
            if known != parent:
                place = found.sheet.place(LEVELS[-1], column)
                said = f"{quoted(code)} belongs to {quoted(parent)} here, and to {quoted(known)} "
                said += f"in the column of {quoted(found.text(CODE, first))}."
                faults.append(error("import-parent", place, said, "It has one place in the tree."))
    rows = {framework.text(row, TREE_CODE): row for row in range(len(framework.rows), 0, -1)}
    return [
        _aggregate(code, parent, framework, rows.get(code), faults)
        for code, (parent, _) in above.items()
    ]


def _aggregate(
    code: str, parent: str, framework: Sheet, row: int | None, faults: list[Finding]
) -> Entry:
    if row is None:
        said = f"The sheet has no row for {quoted(code)}: its name is its code and its weight 1."
        faults.append(warning("import-left-out", framework.origin, said))
        return Entry(code, "Aggregate", framework.origin, parent, {"name": code})
    text = framework.text(row, TREE_WEIGHT)
    weight, how = reader_of(SPEC)(text)
    place = framework.place(row, TREE_WEIGHT)
    if isinstance(how, Fault):
        said = f"{quoted(code)}: the weight {quoted(text)} is not a number."
        faults.append(error("import-cell", place, said))
    elif math.isnan(weight) and parent:
        said = f"{quoted(code)} has no weight, and takes 1."
        faults.append(warning("import-left-out", place, said, "Write it in column E."))
    keys: dict[str, Any] = {"name": framework.text(row, TREE_NAME) or code}
    keys |= {} if math.isnan(weight) else {"weight": weight}
    return Entry(code, "Aggregate", framework.place(row, TREE_CODE), parent, keys)
