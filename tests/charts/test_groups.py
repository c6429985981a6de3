"""The parts that a score is drawn in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rankscope.charts.groups import MOST, groups, level_nodes, stacked
from rankscope.charts.palette import OTHER
from tests.support.indices import FLAT, UNEVEN, indicator, make_index, pillar


def names(result) -> list[str]:
    return [group.code for group in groups(result.plan)]


def test_parts_are_the_sub_pillars() -> None:
    assert names(make_index().build()) == ["people", "tools", "papers"]


def test_parts_of_a_flat_index_are_its_indicators() -> None:
    assert names(make_index(framework=FLAT, units=8).build()) == ["a", "b", "c"]


def test_what_ends_higher_up_stands_for_itself() -> None:
    assert names(make_index(framework=UNEVEN).build()) == ["a", "deepest", "d", "e"]


def test_an_indicator_seen_twice_is_one_part() -> None:
    assert names(make_index(framework=FLAT, units=8, views=True).build()) == ["a", "b", "c"]


def test_the_parts_weigh_the_whole() -> None:
    assert sum(group.weight for group in groups(make_index().build().plan)) == pytest.approx(1)


def test_parts_of_one_pillar_are_of_one_family_and_no_two_look_alike() -> None:
    parts = groups(make_index().build().plan)

    assert len({part.colour for part in parts}) == len(parts)
    assert [part.pillar for part in parts] == ["Name of means", "Name of means", "Name of ends"]


def test_too_many_parts_leave_the_lightest_together() -> None:
    many = pillar("whole", *(indicator(f"i{n}", weight=n) for n in range(1, 15)))
    parts = groups(make_index(framework=many).build().plan)

    assert len(parts) == MOST
    assert parts[-1].name == "Other (5)"
    assert parts[-1].colour == OTHER
    assert sum(part.weight for part in parts) == pytest.approx(1)


def test_every_level_covers_all_indicators() -> None:
    plan = make_index(framework=UNEVEN).build().plan
    below = [
        sorted(leaf for node in level for leaf in plan.below(node)) for level in level_nodes(plan)
    ]

    assert all(leaves == below[0] for leaves in below)


@given(st.integers(0, 50), st.sampled_from(["arithmetic", "geometric"]), st.sampled_from([0, 0.3]))
@settings(max_examples=15)
def test_the_parts_of_a_bar_add_up_to_the_score(seed: int, mean: str, gaps: float) -> None:
    result = make_index(
        seed=seed,
        gaps=gaps,
        method={
            "aggregation": {"method": mean},
            "normalisation": {"method": "min_max", "to": [1, 100]},
        },
    ).build()
    stack = stacked(result, groups(result.plan))

    assert stack is not None
    np.testing.assert_allclose(stack.sum(axis=1), result.score(), rtol=1e-9)


def test_parts_that_take_away_are_not_stacked() -> None:
    result = make_index(method={"normalisation": {"method": "z_score"}}).build()

    assert stacked(result, groups(result.plan)) is None
