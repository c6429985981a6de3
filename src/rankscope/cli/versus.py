"""A comparison with published results, for readers and for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rankscope._words import visible
from rankscope.cli.sheet import ABSENT, BEHIND, QUIET, Column, Row, Sheet, number, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.against import Comparison
    from rankscope.analyses.against_column import ColumnComparison, Difference

HALVES = "Equal: the same number at the printed decimals; a half may have been rounded either way."
"""What stands below a comparison."""

_TOLD = 8
"""How many columns that are off get a sentence; all stand in the table."""

_NAMED = 5
"""How many units are named."""


def verdicts(found: Comparison) -> list[str]:
    """Return what a reader must know: how near the columns are, and who is on one side only."""
    first = [one for one in found.columns if one.equal == one.compared == one.published]
    off = [one for one in found.columns if one not in first]
    said = [f"{one.column}: {one.verdict}" for one in (*_leading(first), *off)[:_TOLD]]
    rest = len(found.columns) - len(said)
    more = [f"{rest} more column{'s' * (rest > 1)}: see the table."] if rest else []
    if rest and len(off) + len(_leading(first)) <= _TOLD:
        more = [f"{rest} more column{'s' * (rest > 1)}: all equal as printed."]
    only = _only(f"Only in {found.origin}", found.only_published)
    return [
        f"Against {found.origin}:",
        *said,
        *more,
        *only,
        *_only("Only here", found.only_computed),
    ]


def _leading(equal: Sequence[ColumnComparison]) -> list[ColumnComparison]:
    """Return the columns of the whole index, or the first ones."""
    own = [one for one in equal if one.whole]
    return own or list(equal[:1])


def _only(where: str, units: Sequence[str]) -> list[str]:
    if not units:
        return []
    named = ", ".join(visible(unit, 40) for unit in units[:_NAMED])
    more = f" and {len(units) - _NAMED:,} more" if len(units) > _NAMED else ""
    return [f"{where}: {named}{more}."]


def sides(found: Comparison | None) -> dict[str, Any] | None:
    """Return for machines what was compared, and who is on one side only."""
    if found is None:
        return None
    return {
        "file": found.origin,
        "only_published": list(found.only_published),
        "only_computed": list(found.only_computed),
        "unused": list(found.unused),
    }


def column_sheet(found: Comparison) -> Sheet:
    """Return a row for each published column."""
    columns = (
        text("Column", "column"),
        text("Node", "code", style=QUIET),
        text("Shows", "shows", style=QUIET),
        number("Decimals", "decimals", "d"),
        number("Published", "published", ",d"),
        number("Compared", "compared", ",d"),
        Column("Equal", lambda row: _share(row, "equal"), right=True, style=_style),
        Column("Within rounding", lambda row: _share(row, "inside"), right=True),
        number("Largest difference", "largest", ".2g"),
    )
    narrow = tuple(one for one in columns if one.title not in {"Node", "Shows", "Decimals"})
    rows = tuple(_column(one) for one in found.columns)
    return Sheet("columns", rows, columns, title="Compared with print", narrower=(narrow,))


def difference_sheet(found: Comparison) -> Sheet:
    """Return the rows that differ most, column by column."""
    columns = (
        text("Column", "column"),
        text("Unit", "name", flexible=True),
        number("Published", "printed", ".10g"),
        number("Here", "ours", ".10g"),
        number("Difference", "off", "+.3g"),
    )
    rows = tuple(_difference(one, row) for one in found.columns for row in one.worst)
    return Sheet("differences", rows, columns, title="Where they differ most")


def _share(row: Row, key: str) -> str:
    from rankscope.analyses.against_words import share_in_words

    return share_in_words(row[key], row["compared"]) if row["compared"] else ABSENT


def _style(row: Row) -> str:
    return "" if row["equal"] == row["compared"] else BEHIND


def _column(one: ColumnComparison) -> Row:
    names = ("column", "decimals", "published", "computed", "compared", "equal", "share_equal",
             "inside", "share_inside", "largest", "verdict")  # fmt: skip
    return {name: getattr(one, name) for name in names} | {
        "code": one.node,
        "shows": one.of,
        "allowance": one.error,
        "unread": list(one.unread),
        "only_published": list(one.only_published),
        "only_computed": list(one.only_computed),
    }


def _difference(one: ColumnComparison, row: Difference) -> Row:
    return {
        "column": one.column,
        "unit": row.unit,
        "name": f"{row.name} {row.period}".strip(),
        "printed": row.published,
        "ours": row.computed,
        "off": row.difference,
    }
