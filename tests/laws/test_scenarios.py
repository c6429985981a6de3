"""What scenarios can never do on the scales of the index, with broken twins that do it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rankscope.analyses.scenario.after import result_after
from rankscope.analyses.scenario.play import play
from rankscope.analyses.scenario.sampled import middle_sizes
from tests.analyses.scenario.cases import index_with, scenario
from tests.laws.law import broken_by

if TYPE_CHECKING:
    from rankscope.pipeline.result import Result

METHODS: list[dict[str, Any]] = [
    {},
    {"views": True},
    {"method": {"treatment": "none"}},
    {"method": {"normalisation": {"to": [1, 100]}, "aggregation": "geometric"}, "views": True},
    {"method": {"normalisation": "percentile_rank"}},
    {"method": {"normalisation": "z_score"}, "gaps": 0.2},
]

SLACK = 1e-9


Case: TypeAlias = tuple[int, int, int, int, float]
"""The number of the methods, a seed, a unit, another one, and a share."""


@cache
def result_of(methods: int, seed: int) -> Result:
    return index_with(units=12, seed=seed, **METHODS[methods]).build()


def made(smooth: bool = False) -> st.SearchStrategy[tuple[int, int]]:
    """Return indices; of the ``smooth`` ones no value is judged by its place among others."""
    kinds = [n for n, one in enumerate(METHODS) if not smooth or "percentile" not in str(one)]
    return st.tuples(st.sampled_from(kinds), st.integers(0, 20))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    unit, other = draw(st.permutations(range(12)))[:2]
    return (*draw(made()), unit, other, draw(st.floats(0, 1)))


def opened(case: Case) -> tuple[Result, str, str, float]:
    result = result_of(*case[:2])
    return result, result.units[case[2]], result.units[case[3]], case[4]


def gained(result: Result, unit: str, *acts: dict[str, Any]) -> np.ndarray:
    """Return by how much the scores of a unit change in each view."""
    one = scenario(*acts, units=(unit,))
    after = result_after(result, play(result, one, middle_sizes(one)))
    row = result.units.index(unit)
    change = after.scores[:, row, -1] - result.scores[:, row, -1]
    return np.nan_to_num(change)


def restriction_never_helps(case: Case) -> bool:
    result, unit, _, share = opened(case)
    act = {"act": "restrict", "nodes": ["a", "b", "d"], "by": share}
    return bool((gained(result, unit, act) <= SLACK).all())


def a_blind_restriction_never_helps(case: Case) -> bool:
    """Broken: it takes away what is better when there is less of it."""
    result, unit, _, share = opened(case)
    act = {"act": "scale", "nodes": ["a", "b", "d"], "by": 1 - share}
    return bool((gained(result, unit, act) <= SLACK).all())


def cooperation_never_hurts(case: Case) -> bool:
    result, unit, other, share = opened(case)
    for scale in ("raw", "transformed"):
        act = {"act": "cooperate", "partners": [other], "by": share, "scale": scale}
        if not (gained(result, unit, act) >= -SLACK).all():
            return False
    return True


def moving_towards_never_hurts(case: Case) -> bool:
    """Broken: it takes over what is worse with the partner as well."""
    result, unit, other, share = opened(case)
    act = {"act": "towards", "unit": other, "by": share}
    return bool((gained(result, unit, act) >= -SLACK).all())


@given(cases())
@settings(deadline=None, max_examples=40)
def test_a_restriction_never_raises_the_score(case: Case) -> None:
    assert restriction_never_helps(case)


def test_a_restriction_that_is_blind_to_polarity_does() -> None:
    assert broken_by(a_blind_restriction_never_helps, cases())


@given(cases())
@settings(deadline=None, max_examples=40)
def test_cooperation_never_lowers_the_score(case: Case) -> None:
    assert cooperation_never_hurts(case)


def test_becoming_like_the_partner_does() -> None:
    assert broken_by(moving_towards_never_hurts, cases())


@given(made(smooth=True), st.floats(0.5, 2.0), st.floats(0.0, 20.0))
@settings(deadline=None, max_examples=40)
def test_an_act_and_its_inverse_restore_the_scores(
    index: tuple[int, int], factor: float, amount: float
) -> None:
    """Of amounts without an upper end: nothing stops them on the way."""
    result = result_of(*index)
    scaled = [{"act": "scale", "nodes": ["a", "b", "d"], "by": by} for by in (factor, 1 / factor)]
    added = [{"act": "add", "nodes": ["a", "b", "d"], "by": by} for by in (amount, -amount)]
    unit = result.units[0]

    assert np.abs(gained(result, unit, *scaled)).max() <= 1e-12 * 100
    assert np.abs(gained(result, unit, *added)).max() <= 1e-12 * 100


@given(made())
@settings(deadline=None, max_examples=20)
def test_a_bloc_of_one_is_that_one(index: tuple[int, int]) -> None:
    result = result_of(*index)
    unit = result.units[3]
    one = scenario({"act": "merge", "into": "BLOC"}, units=(unit,))
    after = result_after(result, play(result, one, middle_sizes(one)))
    kept = [row for row, code in enumerate(result.units) if code != unit]

    np.testing.assert_array_equal(after.scores[:, -1], result.scores[:, result.units.index(unit)])
    np.testing.assert_array_equal(after.scores[:, :-1], result.scores[:, kept])
    assert after.rank()[-1] == result.rank()[result.units.index(unit)]
