"""Against a published table: whether an index comes out as its publisher printed it.

Each column is compared at the decimals in which it was printed.  Publishers round halves
up, away from zero or to the even digit, so within 1e-9 of a half all of them are right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.analyses.compared_column import SeenTable, compared_column
from rankscope.analyses.matched_rows import matched_rows
from rankscope.analyses.printed_columns import printed_columns

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.analyses.against_column import ColumnComparison
    from rankscope.data.published_table import PublishedTable
    from rankscope.definition.model import Published
    from rankscope.pipeline.result import Result

WORST = 5
"""How many rows that differ are named."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """An index beside its published table, column by column.

    ``only_published`` and ``only_computed`` name the units that only one of both has;
    ``unused`` are columns of the table that say nothing of the index.
    """

    origin: str
    columns: tuple[ColumnComparison, ...]
    only_published: tuple[str, ...]
    only_computed: tuple[str, ...]
    unused: tuple[str, ...]

    def column(self, name: str) -> ColumnComparison:
        """Return the comparison of one column.

        Raises
        ------
        KeyError
            When the column was not compared.
        """
        for one in self.columns:
            if one.column == name:
                return one
        raise KeyError(name)

    def to_frame(self) -> pd.DataFrame:
        """Return a row for each column of the published table."""
        import pandas as pd

        return pd.DataFrame([facts_of(one) for one in self.columns])


def facts_of(one: ColumnComparison) -> dict[str, Any]:
    """Return the numbers of a comparison by name, and its verdict."""
    names = ("column", "node", "of", "decimals", "error", "published", "computed", "compared",
             "equal", "share_equal", "inside", "share_inside", "largest", "verdict")  # fmt: skip
    return {name: getattr(one, name) for name in names}


def compare_with_published(
    result: Result,
    table: PublishedTable,
    published: Published | None = None,
    *,
    worst: int = WORST,
) -> Comparison:
    """Compare an index with what its publisher printed.

    Columns are those that ``published`` declares and those that are called as a node is.
    In a panel rows are matched by unit and period, or by unit where each has one row.

    Raises
    ------
    DataError
        When there is nothing to compare, or periods can not be told apart.
    """
    rows = matched_rows(result, table)
    columns = printed_columns(result.plan, table.header, published)
    seen = SeenTable(result, table, rows, worst)
    met = set(rows[rows >= 0].tolist())
    used = {printed.column for printed in columns}
    return Comparison(
        origin=table.origin,
        columns=tuple(compared_column(seen, printed) for printed in columns),
        only_published=tuple(seen.said(row) for row in range(len(table.units)) if row not in met),
        only_computed=tuple(seen.name(row) for row in np.flatnonzero(rows < 0).tolist()),
        unused=tuple(name for name in table.header if name not in used),
    )
