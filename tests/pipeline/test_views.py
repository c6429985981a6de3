"""Scale and intensity: views are weights, by hand on a small index."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.definition.model import Threshold, Views
from rankscope.pipeline import HEADLINE, INTENSITY, SCALE, Result, build
from tests.pipeline.test_bind import defined, indicator
from tests.pipeline.test_prepare import plain

NAN = np.nan
PEOPLE, COUNT, SHARE = [10.0, 100.0, 1000.0], [1.0, 4.0, 8.0], [3.0, 1.0, 2.0]


def viewed(views: Views, count: list[float] = COUNT, people: list[float] = PEOPLE) -> Result:
    definition = defined(
        indicator("n", "count", denominator="pop"), indicator("s", weight=2), views=views
    )
    return build(definition, plain(n=count, s=SHARE, pop=people))


def to_100(values: Any) -> np.ndarray:
    values = np.asarray(values, dtype=float)
    return 100 * (values - np.nanmin(values)) / np.ptp(values[~np.isnan(values)])


def test_each_view_by_hand() -> None:
    result = viewed(Views(scale=3, intensity=1))
    scale = to_100(np.log(np.add(COUNT, 1)))
    intensity = to_100(np.divide(COUNT, PEOPLE))
    share = to_100(SHARE)

    assert_allclose(result.score(view=SCALE), (scale + 2 * share) / 3)
    assert_allclose(result.score(view=INTENSITY), (intensity + 2 * share) / 3)
    assert_allclose(result.score(view=HEADLINE), (0.75 * scale + 0.25 * intensity + 2 * share) / 3)


@given(st.floats(0.01, 100), st.floats(0.01, 100))
def test_the_headline_lies_between_the_views(scale: float, intensity: float) -> None:
    result = viewed(Views(scale=scale, intensity=intensity))
    sides = [result.score(view=view) for view in (SCALE, INTENSITY)]

    assert (result.score() <= np.maximum(*sides) + 1e-9).all()
    assert (result.score() >= np.minimum(*sides) - 1e-9).all()


def test_a_view_of_weight_zero_leaves_the_other_as_the_headline() -> None:
    result = viewed(Views(scale=0, intensity=1))

    assert_allclose(result.score(), result.score(view=INTENSITY))
    assert not np.allclose(result.score(), result.score(view=SCALE))


def test_a_ratio_with_a_denominator_is_a_total_in_scale() -> None:
    definition = defined(
        indicator("r", "ratio", denominator="pop", per=100), indicator("s"), views=Views()
    )
    result = build(definition, plain(r=[5, 2, 1], s=SHARE, pop=PEOPLE))
    totals = np.array([5, 2, 1]) * PEOPLE / 100

    assert_allclose(result.score(result.plan.node("r.intensity")), [100, 25, 0])
    assert_allclose(
        result.score(result.plan.node("r.scale")), to_100(np.log(totals + totals.min()))
    )


def test_small_units_are_shown_but_not_ranked_in_intensity() -> None:
    views = Views(rank_intensity_from=Threshold(variable="pop", at_least=100))
    result = viewed(views, people=[99.0, 100.0, NAN])

    assert result.rank(view=INTENSITY).tolist()[0] == 0
    assert result.rank(view=INTENSITY).tolist()[1] == 1
    assert not np.isnan(result.score(view=INTENSITY)[0])
    assert result.ranked(view=SCALE) == 3


def test_a_figure_without_its_denominator_counts_in_no_view() -> None:
    result = viewed(Views(), people=[10.0, NAN, 1000.0])
    n = result.plan.node("n")

    for view in result.plan.views:
        assert_array_equal(np.isnan(result.score(n, view)), [False, True, False])


def test_without_views_there_is_only_the_headline() -> None:
    result = build(defined(indicator("a"), indicator("b")), plain(a=[1, 2], b=[1, 2]))

    assert result.plan.views == (HEADLINE,)
    with pytest.raises(KeyError, match="scale"):
        result.score(view=SCALE)


def test_effective_weights_of_the_leaves_sum_to_one_in_each_view() -> None:
    plan = viewed(Views(scale=3, intensity=1)).plan
    leaves = [leaf.node for leaf in plan.leaves]

    for view in plan.views:
        assert plan.effective_weights(view)[leaves].sum() == pytest.approx(1)
    assert plan.effective_weights(SCALE)[plan.node("n.intensity")] == 0
