"""What is noteworthy about a table, given its definition: coverage, kinds, repeats, twins.

Each check looks at one indicator and returns a finding or None; the ids are those of
``docs/findings.md``.  Missing values are left out everywhere, and so are the zeros of a
census wherever they would only say that a unit is not in it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.data.check_pairs import check_denominators, check_twins, named_units
from rankscope.data.grid import capped
from rankscope.data.table import DataTable, Status
from rankscope.definition.fields import EXTENSIVE
from rankscope.findings import Finding, note, warning

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.definition.model import IndexDefinition, Node
    from rankscope.shapes import Mask, Vector, Whole

COVERAGE = 0.65
"""The share of units below which an indicator's coverage is worth a warning."""

REPEATS = 0.2
"""The share of units above which one value among many others looks filled in."""

YEARS_APART = 10
"""How many years the values of one indicator may lie apart without a note."""

FAR_OUT = 10.0
"""How many median absolute deviations from the median a value may lie without a note."""

ENOUGH = 10
"""The least number of values from which repeats and outliers are told."""


@dataclass(frozen=True, slots=True)
class _Column:
    """The values of one indicator that are there, of shape (units,) each, and whose they are."""

    node: Node
    units: tuple[str, ...]
    values: Vector
    years: Whole
    census_zero: Mask
    of: int

    @property
    def code(self) -> str:
        return self.node.code

    def named(self, which: Mask) -> str:
        """Name the units of some values, of shape (units,)."""
        return named_units(self.units, which)


def check_table(table: DataTable, definition: IndexDefinition) -> tuple[Finding, ...]:
    """Return what is noteworthy about a table: worth knowing, and none of it fatal."""
    findings: list[Finding] = []
    for node in definition.indicators():
        if node.code in table.columns:
            column = _column(table, node)
            found = (check(column) for check in _CHECKS)
            findings += [finding for finding in found if finding is not None]
    findings += check_denominators(table, definition)
    findings += check_twins(table, definition)
    return capped(findings, table.origin)


def _column(table: DataTable, node: Node) -> _Column:
    at = table.columns.index(node.code)
    there = np.flatnonzero(~np.isnan(table.values[:, at]))
    values = table.values[there, at]
    absent = table.status[there, at] == Status.ABSENT
    return _Column(
        node=node,
        units=tuple(table.units[row] for row in there.tolist()),
        values=values,
        years=table.years[there, at],
        census_zero=absent | (values == 0) & node.absent_is_zero,
        of=len(table.units),
    )


def _coverage(column: _Column) -> Finding | None:
    share = len(column.values) / max(column.of, 1)
    if column.node.absent_is_zero or share >= COVERAGE:
        return None
    said = f"Only {len(column.values)} of {column.of} units ({share:.0%}) have a value."
    mend = "Look for another source, or weigh it less."
    return warning("data-coverage", column.code, said, mend)


def _constant(column: _Column) -> Finding | None:
    count = len(column.values)
    if not count or np.ptp(column.values) > 0:
        return None
    said = f"All {count} units that have a value have {column.values[0]:g}."
    if count == 1:
        said = "Only one unit has a value."
    return warning("data-constant", column.code, said, "It can not tell units apart; leave it out.")


def _share_range(column: _Column) -> Finding | None:
    """Shares go from 0 to 1 or from 0 to 100, and are no mixture of both."""
    if column.node.kind != "share" or not len(column.values):
        return None
    outside = (column.values < 0) | (column.values > 100)
    if outside.any():
        worst = column.values[outside][0]
        said = f"It is a share, but {column.named(outside)} lie outside 0 to 100 ({worst:g})."
        mend = "Correct the values, or declare another kind, such as ratio."
        return warning("data-share-range", column.code, said, mend)
    small = column.values <= 1
    if small.mean() < 0.9 or column.values.max() <= 10:
        return None
    said = f"Most shares are at most 1, but not those of {column.named(~small)}."
    mend = "Give all as parts of 1 or all in percent."
    return warning("data-share-range", column.code, said, mend)


def _negative_count(column: _Column) -> Finding | None:
    negative = column.values < 0
    if column.node.kind != "count" or not negative.any():
        return None
    said = f"It is a count, but negative for {column.named(negative)}."
    mend = "Correct the values, or declare kind: interval."
    return warning("data-negative-count", column.code, said, mend)


def _dummy(column: _Column) -> Finding | None:
    other = ~np.isin(column.values, [0.0, 1.0])
    if column.node.kind != "dummy" or not other.any():
        return None
    said = f"It is a dummy, but neither 0 nor 1 for {column.named(other)}."
    return warning("data-dummy", column.code, said, "Write 0 or 1, or declare another kind.")


def _repeats(column: _Column) -> Finding | None:
    """One value stands in many units while the others differ: a limit, or filled in."""
    values = column.values[~column.census_zero]
    if len(values) < ENOUGH or np.ptp(values) == 0 or column.node.kind in {"dummy", "rank"}:
        return None
    [(value, count)] = Counter(values.tolist()).most_common(1)
    others = values[values != value]
    differ = len(np.unique(others)) > 0.5 * len(others)
    few = column.node.kind == "count" and value == values.min()  # many units have one or two
    if count <= REPEATS * len(values) or not differ or few:
        return None
    said = f"{count} of {len(values)} units have the very same value, {value:g}."
    mend = "Ask the source whether it is measured, a limit, or filled in."
    return note("data-repeats", column.code, said, mend)


def _years_apart(column: _Column) -> Finding | None:
    known = column.years > 0
    if not known.any():
        return None
    years = column.years[known]
    if np.ptp(years) <= YEARS_APART:
        return None
    oldest = column.years == years.min()
    said = f"The values are from {years.min()} ({column.named(oldest)}) to {years.max()}."
    mend = "Compare figures of like years, or leave the oldest out."
    return note("data-years-apart", column.code, said, mend)


def _far_out(column: _Column) -> Finding | None:
    """Values lie far from the rest; those of a long tail do so on a logarithmic scale too."""
    values, above = column.values, column.values > 0
    if above.sum() < ENOUGH:
        return None
    logs = np.log(values, out=np.full(len(values), np.nan), where=above)
    far = _distant(logs)
    if column.node.kind not in EXTENSIVE:
        far = _distant(values) & (far | (values.min() < 0))
    if not far.any():
        return None
    lie = "lie" if far.sum() > 1 else "lies"
    said = f"{column.named(far)} {lie} more than {FAR_OUT:g} median deviations from the rest."
    mend = "Check for a slip of the unit or the decimal mark; else choose a treatment."
    return note("data-far-out", column.code, said, mend)


def _distant(values: Vector) -> Mask:
    """Return which values, (units,), lie `FAR_OUT` median absolute deviations from the median."""
    distance = np.abs(values - np.nanmedian(values))
    spread = np.nanmedian(distance)
    return np.asarray(distance > FAR_OUT * spread) & bool(spread > 0)


_CHECKS: tuple[Callable[[_Column], Finding | None], ...] = (
    _coverage,
    _constant,
    _share_range,
    _negative_count,
    _dummy,
    _repeats,
    _years_apart,
    _far_out,
)
