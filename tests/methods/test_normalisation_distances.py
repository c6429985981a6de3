"""Distances and ratios: COINr's definitions on small columns, targets out of reach, true zeros."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.errors import MethodError
from rankscope.methods.base import plain_traits
from rankscope.methods.normalisation import (
    DistanceToBest,
    DistanceToReference,
    DistanceToTarget,
    MinMax,
    Normalisation,
    RatioToMean,
    RatioToTarget,
    ShareOfBest,
    ShareOfTotal,
    VectorNormalisation,
)
from tests.methods.test_normalisation import normalised

NAN = np.nan
TEN = tuple(float(one) for one in range(1, 11))
X = np.arange(1.0, 11.0)


def explained(method: Normalisation, target: float) -> str:
    traits = plain_traits(10, 1)
    traits.target[:] = target
    return method.explain(method.fit(X[:, None], traits), 0)


def test_the_distance_to_the_best_is_min_max() -> None:
    assert normalised(DistanceToBest(), TEN, -1) == normalised(MinMax(), TEN, -1)
    assert_allclose(normalised(DistanceToBest((0, 1)), TEN), 1 - (10 - X) / (10 - 1))


def test_the_distance_to_a_target_is_that_of_coinr() -> None:
    """COINr's own test: 1 to 10 with target 8, capped, runs from 0 to 1, and is 1 from 8 on."""
    to = (0, 1)
    capped = np.array(normalised(DistanceToTarget(to), TEN, target=8))
    kept = normalised(DistanceToTarget(to, beyond="keep"), TEN, target=8)
    down = normalised(DistanceToTarget(to, beyond="keep"), TEN, polarity=-1, target=3)

    assert (capped.min(), capped.max()) == (0, 1)
    assert (capped[7:] == 1).all()
    assert_allclose(kept, 1 - (8 - X) / (8 - 1))
    assert_allclose(down, 1 - (X - 3) / (10 - 3))
    assert_allclose(normalised(DistanceToTarget(), TEN, target=8), 100 * capped)


def test_a_target_that_nobody_is_short_of_gives_no_scale_to_go_beyond() -> None:
    """COINr's formula would turn the order round there."""
    assert normalised(DistanceToTarget(), TEN, target=0.5) == [100] * 10
    assert np.isnan(normalised(DistanceToTarget(beyond="keep"), TEN, target=0.5)).all()
    assert_array_equal(normalised(DistanceToTarget(), TEN, then=(0.2, 7.0), target=0.5), [NAN, 100])
    assert explained(DistanceToTarget(), 0.5) == "no value is short of 0.5"
    assert explained(DistanceToTarget(), 8) == "1 becomes 0 and 8 becomes 100"


def test_without_a_target_there_is_no_distance() -> None:
    assert np.isnan(normalised(DistanceToTarget(), TEN)).all()
    assert np.isnan(normalised(RatioToTarget(), TEN)).all()


def test_a_unit_of_reference_stands_for_the_target() -> None:
    """COINr's ``n_dist2ref`` of 1 to 10 with the fifth as the reference."""
    far = DistanceToReference("FIN", to=(0, 1))

    assert far.reference() == "FIN"
    assert DistanceToTarget().reference() is None
    assert_allclose(normalised(far, TEN, target=5), 1 - (5 - X) / (5 - 1))
    assert_allclose(normalised(far, TEN, -1, target=5), 1 - (X - 5) / (10 - 5))
    capped = DistanceToReference("FIN", to=(0, 1), beyond="cap")
    assert_allclose(normalised(capped, TEN, target=5), np.minimum(1 - (5 - X) / 4, 1))
    assert np.isnan(normalised(far, TEN, target=1)).all()


def test_ratios_to_a_unit_and_to_a_target() -> None:
    to_unit = DistanceToReference("FIN", form="ratio")

    assert_allclose(normalised(to_unit, TEN, target=5), 20 * X)
    assert_allclose(normalised(to_unit, TEN, -1, target=5), 500 / X)
    assert_allclose(normalised(RatioToTarget(), TEN, target=5), np.minimum(20 * X, 100))
    keep = RatioToTarget(beyond="keep")
    assert_allclose(normalised(keep, TEN, -1, target=5), 500 / X)
    assert keep.needs_target
    assert explained(to_unit, 5) == "divided by the value of FIN, 5"


def test_a_reference_must_be_named() -> None:
    with pytest.raises(MethodError, match=r"distance_to_reference\.unit must be the code of a"):
        DistanceToReference()


def test_the_vector_has_length_one() -> None:
    found = np.array(normalised(VectorNormalisation(), (3.0, NAN, 4.0)))

    assert_allclose(found, [0.6, NAN, 0.8])
    assert_allclose(normalised(VectorNormalisation(), (3.0, 4.0), -1), [0.4, 0.2])
    assert_allclose(normalised(VectorNormalisation(), (3e99, 4e99)), [0.6, 0.8])


def test_the_total_of_shares_is_the_top() -> None:
    for polarity in (1, -1):
        assert_allclose(sum(normalised(ShareOfTotal(), TEN, polarity)), 100)


@pytest.mark.parametrize(
    ("method", "values", "up", "down"),
    [
        (ShareOfBest(), (-1.0, 0.0, 2.0), (), (-1.0, 0.0)),
        (ShareOfBest(), (-1.0, 0.0), (-1.0, 0.0), (-1.0, 0.0)),
        (ShareOfTotal(), (-1.0, 3.0), (), (-1.0,)),
        (ShareOfTotal(), (-4.0, 3.0), (-4.0,), (-4.0,)),
        (RatioToMean(), (0.0, 3.0), (), (0.0,)),
        (RatioToMean(form="difference"), (-1.0, 3.0), (), ()),
        (RatioToTarget(), (-1.0, 3.0), (), (-1.0,)),
        (DistanceToReference("FIN", form="ratio"), (-1.0, 3.0), (), (-1.0,)),
        (DistanceToReference("FIN"), (-1.0, 3.0), (), ()),
        (VectorNormalisation(), (-1.0, 3.0), (), (-1.0,)),
        (VectorNormalisation(), (0.0, 0.0), (0.0,), (0.0,)),
    ],
    ids=str,
)
def test_ratios_need_a_true_zero(
    method: Normalisation, values: tuple[float, ...], up: tuple[float, ...], down: tuple[float, ...]
) -> None:
    assert method.refused_values(np.array(values), 1) == up
    assert method.refused_values(np.array(values), -1) == down


def test_a_ratio_needs_a_target_above_zero() -> None:
    assert RatioToTarget().refuses_target(0)
    assert not RatioToTarget().refuses_target(0.1)
    assert DistanceToReference("FIN", form="ratio").refuses_target(-1)
    assert not DistanceToTarget().refuses_target(-1)


@pytest.mark.parametrize("method", [ShareOfBest(), ShareOfTotal(), RatioToMean(),
                                    RatioToTarget(), VectorNormalisation()], ids=str)  # fmt: skip
def test_before_the_data_are_read_nothing_is_known_of_ratios(method: Normalisation) -> None:
    assert np.isnan(method.image(NAN, NAN)).all()
    assert method.image(0.0, 9.0)[0] == 0
    assert method.image(-1.0, 9.0)[0] < 0


def test_tiny_numbers_do_not_become_infinite() -> None:
    for method in (ShareOfBest(), ShareOfTotal(), RatioToMean(), RatioToTarget(beyond="keep")):
        found = normalised(method, (1e-320, 1e100), polarity=-1, target=1e100)

        assert not np.isinf(found).any()
