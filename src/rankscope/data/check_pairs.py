"""What is noteworthy about two columns of a table together: denominators and twins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.definition.fields import EXTENSIVE, RELATIVE
from rankscope.findings import Finding, note, warning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition, Node
    from rankscope.shapes import Mask, Matrix

TWINS = 0.999
"""The correlation from which two indicators look like one."""

COMMON = 10
"""The least number of units that two indicators must share to be compared."""


def check_denominators(table: DataTable, definition: IndexDefinition) -> list[Finding]:
    """Report denominators that are zero, negative or missing where a value waits for them."""
    used = EXTENSIVE | RELATIVE if definition.views else EXTENSIVE
    waiting: dict[str, list[Node]] = {}
    for node in definition.indicators():
        if node.denominator is not None and node.kind in used:
            waiting.setdefault(node.denominator, []).append(node)
    findings = []
    for code, nodes in waiting.items():
        values = table.column(code)
        there = _any_value(table, nodes)
        useless, lost = there & (values <= 0), there & np.isnan(values)
        if useless.any():
            named = _named(table, useless)
            said = f"Others need it as denominator, but it is not above zero for {named}."
            mend = "Correct its values; until then the others count as missing there."
            findings.append(warning("data-denominator", code, said, mend))
        if lost.any():
            said = f"Others need it as denominator, but it is missing for {_named(table, lost)}."
            mend = "Add its values; without them the others count as missing there."
            findings.append(warning("data-denominator-missing", code, said, mend))
    return findings


def _any_value(table: DataTable, nodes: Sequence[Node]) -> Mask:
    """Return which units have a value in any of some indicators, of shape (units,)."""
    values = [table.column(node.code) for node in nodes]
    return np.any(~np.isnan(np.array(values)), axis=0) if values else np.zeros(table.shape[0], bool)


def check_twins(table: DataTable, definition: IndexDefinition) -> list[Finding]:
    """Note pairs of indicators that are perfectly correlated: one thing under two names."""
    codes = [node.code for node in definition.indicators() if node.code in table.columns]
    if len(codes) < 2:
        return []
    columns = [table.columns.index(code) for code in codes]
    correlation, common = _correlations(table.values[:, columns])
    same = np.triu((np.abs(correlation) > TWINS) & (common >= COMMON), k=1)
    return [
        note(
            "data-twins",
            f"{codes[one]} and {codes[other]}",
            f"Their correlation over {common[one, other]} units is {correlation[one, other]:.4f}.",
            "If they are one thing under two names, keep one.",
        )
        for one, other in np.argwhere(same).tolist()
    ]


def _correlations(values: Matrix) -> tuple[Matrix, Matrix]:
    """Return the correlations of all pairs over the rows both have, and how many these are.

    Both (columns, columns); NaN where one of the two does not vary there.
    """
    there = (~np.isnan(values)).astype(float)
    common = there.T @ there
    with np.errstate(invalid="ignore", divide="ignore"):
        centred = values - np.nansum(values, axis=0) / there.sum(axis=0)
        filled = np.nan_to_num(centred / np.nanmax(np.abs(centred), axis=0, initial=0.0))
        sums, squares = filled.T @ there, (filled**2).T @ there
        across = filled.T @ filled - sums * sums.T / common
        spread = squares - sums**2 / common
        spread[spread < 1e-12 * squares] = np.nan
        return across / np.sqrt(spread * spread.T), common.astype(np.int64)


def named_units(units: Sequence[str], which: Mask, limit: int = 5) -> str:
    """Name some of the units, of shape (units,): all, or the first and the number of the rest."""
    named = [units[row] for row in np.flatnonzero(which).tolist()]
    rest = [f"{len(named) - limit} more"] if len(named) > limit else []
    return join_words([*named[:limit], *rest], "and")


def _named(table: DataTable, which: Mask) -> str:
    return named_units(table.units, which)
