"""Weights of each period, and changes that are proved."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rankscope.analyses.recover import recover_by_period
from rankscope.errors import DataError
from tests.analyses.recover.tables import made


def two_periods(
    later: list[float], factor: float = 1.0
) -> tuple[pd.DataFrame, pd.Series, list[int]]:
    random = np.random.default_rng(0)
    truth = random.uniform(0, 100, (80, 3))
    totals = np.append(truth[:40] @ [0.5, 0.3, 0.2], factor * (truth[40:] @ later))
    table = pd.DataFrame(truth.round(2), columns=list("abc"))
    return table, pd.Series(totals.round(2)), [2020] * 40 + [2021] * 40


def test_a_change_is_found_with_the_components_that_changed() -> None:
    found = recover_by_period(*two_periods([0.4, 0.4, 0.2]), decimals=2, total_decimals=2)
    (change,) = found.changes

    assert change.changed
    assert change.components == ("a", "b")
    assert [one.id for one in found.findings] == ["recover-changed"]
    assert found.frame().loc[("2021", "a"), "lowest share"] <= 0.4
    assert found["2020"].allows([5, 3, 2]).possible


@pytest.mark.parametrize("factor", [1.0, 1.5])
def test_no_change_is_claimed_where_there_is_none(factor: float) -> None:
    """Shares are compared: another factor is another scale, not other weights."""
    found = recover_by_period(*two_periods([0.5, 0.3, 0.2], factor), decimals=2, total_decimals=2)

    assert not found.changes[0].changed
    assert found.findings == ()


def test_sets_may_be_apart_where_no_interval_is() -> None:
    """Two thin sets side by side: their intervals meet, the sets do not."""
    line = np.linspace(0, 100, 40)
    first = np.column_stack([line, line + np.where(line % 2 < 1, 0.2, -0.2), line[::-1]])
    table = np.vstack([first, first]).round(1)
    weights = np.vstack([np.tile([0.5, 0.3, 0.2], (40, 1)), np.tile([0.4, 0.38, 0.22], (40, 1))])
    totals = (table * weights).sum(axis=1).round(1)
    found = recover_by_period(
        table, totals, [1] * 40 + [2] * 40, decimals=1, total_decimals=1, total="as given"
    )

    assert found.changes[0].changed


def test_periods_that_are_refused_are_compared_with_none() -> None:
    table, totals, periods = two_periods([0.5, 0.3, 0.2])
    totals[:40] = np.random.default_rng(1).uniform(0, 100, 40).round(2)
    found = recover_by_period(table, totals, periods)

    assert found.each[0].refused
    assert found.changes == ()


def test_each_row_needs_a_period() -> None:
    table = made(0)
    with pytest.raises(DataError, match="There are 2 periods, 30 rows"):
        recover_by_period(table.components, table.totals, [1, 2])
