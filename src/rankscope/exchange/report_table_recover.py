"""What the publisher of a table from a report did: its weights, as far as print tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rankscope._words import did_you_mean, visible
from rankscope.analyses.recover import (
    Recovered,
    RecoveredPeriods,
    recover_by_period,
    recover_from_ranks,
    recover_weights,
)
from rankscope.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rankscope.exchange.report_table import PrintedColumn, ReportTable


@dataclass(frozen=True, slots=True)
class RecoverOptions:
    """How a total is taken to come about; see `recover_weights`."""

    scale: str | None = None
    exponent: float | None = None
    limits: tuple[float, float] | None = None
    most_wrong: float = 0.01
    polarity: Mapping[str, int] = field(default_factory=dict)
    ranks_only: bool = False


def recovered_from(table: ReportTable, options: RecoverOptions | None = None) -> Recovered:
    """Recover the weights of a table of one period: from totals, or if asked from ranks alone.

    Of units that share a rank nothing is said: ranks are often those of rounded scores.

    Raises
    ------
    DataError
        When the column that is needed is not there, or an option does not fit.
    """
    told = options or RecoverOptions()
    if told.ranks_only or table.total is None:
        return recover_from_ranks(
            table.frame(),
            table.series(_needed(table, table.rank, "ranks", "--rank")),
            ties_are_equal=False,
            **_shared(table, told),
        )
    return recover_weights(table.frame(), table.series(table.total), **_of_totals(table, told))


def recovered_by_period(
    table: ReportTable, options: RecoverOptions | None = None
) -> RecoveredPeriods:
    """Recover the weights of each period of a table by itself, from totals.

    Raises
    ------
    DataError
        When there are no periods or totals, or an option does not fit.
    """
    told = options or RecoverOptions()
    if not table.periods:
        raise DataError(
            f"{table.origin} has no column of periods. Say --period-column, or leave --by-period "
            "out."
        )
    if told.ranks_only:
        raise DataError("--by-period needs totals. Leave --ranks-only out, or name one --period.")
    total = _needed(table, table.total, "totals", "--total")
    return recover_by_period(
        table.frame(), table.series(total), table.periods, **_of_totals(table, told)
    )


def _needed(
    table: ReportTable, column: PrintedColumn | None, what: str, option: str
) -> PrintedColumn:
    if column is None:
        raise DataError(f"{table.origin}: which column holds the {what}? Say {option} COLUMN.")
    return column


def _of_totals(table: ReportTable, told: RecoverOptions) -> dict[str, Any]:
    decimals = None if table.total is None else table.total.decimals
    own = {"total_decimals": decimals, "total": told.scale, "exponent": told.exponent}
    return _shared(table, told) | own


def _shared(table: ReportTable, told: RecoverOptions) -> dict[str, Any]:
    names = [one.name for one in table.components]
    for name in told.polarity:
        if name not in names:
            known = did_you_mean(name, names)
            raise DataError(f"--polarity: there is no component {visible(name)!r}. {known}".strip())
    return {
        "decimals": {one.name: one.decimals for one in table.components},
        "polarity": dict(told.polarity) or None,
        "limits": told.limits,
        "most_wrong": told.most_wrong,
    }
