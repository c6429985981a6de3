"""Acts on a real index: its own scale, mergers that overlap, and cells with no place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.analyses.scenario.after import result_after
from rankscope.analyses.scenario.play import play
from rankscope.analyses.scenario.sampled import middle_sizes
from rankscope.analyses.scenario.setting import own_leaves
from rankscope.errors import MethodError
from tests.analyses.scenario.cases import index_with, scenario

if TYPE_CHECKING:
    from rankscope.analyses.scenario.play import Played
    from rankscope.pipeline.result import Result


@pytest.fixture(scope="module")
def result() -> Result:
    return index_with(method={"treatment": "log"}).build()


def played(result: Result, *acts: dict[str, Any], units: tuple[str, ...] = ("AFG",)) -> Played:
    """Return what acts make of an index."""
    one = scenario(*acts, units=units)
    return play(result, one, middle_sizes(one))


def column(result: Result, code: str) -> int:
    """Return the column of an indicator."""
    return result.plan.table.columns.index(code)


def value(result: Result, unit: str, code: str) -> float:
    """Return a value of the index's table."""
    table = result.plan.table
    return float(table.values[table.units.index(unit), column(result, code)])


@pytest.mark.parametrize("views", [False, True])
def test_half_of_a_gap_of_logarithms_is_the_geometric_mean_of_what_is_compared(
    views: bool,
) -> None:
    """Of totals where the index compares them at all, else of what is there for each person."""
    result = index_with(method={"treatment": "log"}, views=views).build()
    other = result.units[-1]

    found = played(result, {"act": "towards", "nodes": "b", "unit": other, "by": 0.5})

    own, theirs = value(result, "AFG", "b"), value(result, other, "b")
    people = [value(result, unit, "people_living") for unit in ("AFG", other)]
    expected = np.sqrt(own * theirs * (1 if views else people[0] / people[1]))
    exact = 1e-3 if views else 1e-12  # the logarithm of totals has an offset
    assert_allclose(found.values[0, 0, column(result, "b")], expected, rtol=exact)


@pytest.mark.parametrize("views", [False, True])
def test_all_of_the_gap_to_the_best_makes_every_indicator_the_best(views: bool) -> None:
    result = index_with(method={"treatment": "log"}, views=views, gaps=0.1).build()
    one = scenario({"act": "towards", "best": True, "by": 1}, units=("AFG",))

    after = result_after(result, play(result, one, middle_sizes(one)))

    before, row = result.leaves.values, after.units.index("AFG")
    leaves = [leaf for leaf in own_leaves(result.plan).values() if before[row, leaf] > 0]
    best = np.nanmax(before[:, leaves], axis=0)
    assert_allclose(after.leaves.values[row, leaves], best, rtol=1e-9)


def test_blocs_that_overlap_are_refused_and_blocs_of_blocs_are_not(result: Result) -> None:
    one, two, three, four = result.units[:4]
    first = {"act": "merge", "into": "ONE", "units": [one, two]}
    again = {"act": "merge", "into": "TWO", "units": [two, three]}
    whole = {"act": "merge", "into": "ALL", "units": ["ONE", four]}

    with pytest.raises(MethodError, match=f"{two} is no unit of its own any more.*part of ONE"):
        played(result, first, again)
    found = played(result, first, whole)

    assert found.units == ("ALL",)
    assert_array_equal(found.removed, [0, 1, 3])
    members = [value(result, unit, "a") for unit in (one, two, four)]
    assert_allclose(found.values[0, 0, column(result, "a")], np.nansum(members))


def test_a_bloc_of_one_keeps_every_value(result: Result) -> None:
    found = played(result, {"act": "merge", "into": "ALONE"})

    row = result.units.index("AFG")
    assert_array_equal(found.values[0, 0], result.plan.table.values[row])
