"""The estimators against functions whose effects are known in closed form."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rankscope.analyses.sensitivity import Sampling, effects_of, moments, sobol_effects
from rankscope.analyses.sensitivity.sobol import samples
from rankscope.errors import MethodError

A, B = 7.0, 0.1
G = np.array([0.0, 1.0, 4.5, 9.0, 99.0])


def ishigami(uniform):
    x = np.pi * (2 * uniform - 1)
    return (np.sin(x[:, 0]) * (1 + B * x[:, 2] ** 4) + A * np.sin(x[:, 1]) ** 2)[:, None]


def ishigami_truth():
    """Ishigami & Homma (1990): the variances worked out by hand."""
    first = 0.5 * (1 + B * np.pi**4 / 5) ** 2
    second, both = A**2 / 8, B**2 * np.pi**8 * (1 / 18 - 1 / 50)
    whole = first + second + both
    return np.array([first, second, 0]) / whole, np.array([first + both, second, both]) / whole


def sobol_g(uniform):
    return np.prod((np.abs(4 * uniform - 2) + G) / (1 + G), axis=1)[:, None]


def sobol_g_truth():
    parts = 1 / (3 * (1 + G) ** 2)
    whole = np.prod(1 + parts) - 1
    return parts / whole, parts * (np.prod(1 + parts) / (1 + parts)) / whole


def steps(uniform):
    """Add up what each option of three categorical factors is worth, the last nothing."""
    worth = [np.array([0.0, 3.0]), np.array([1.0, 5.0, 0.0, 2.0]), np.zeros(3)]
    chosen = [(column * len(w)).astype(int) for column, w in zip(uniform.T, worth, strict=True)]
    return sum(w[c] for w, c in zip(worth, chosen, strict=True))[:, None]


def steps_truth():
    parts = np.array([np.var([0, 3]), np.var([1, 5, 0, 2]), 0])
    return parts / parts.sum(), parts / parts.sum()


CASES = {
    "ishigami": (ishigami, 3, ishigami_truth()),
    "g": (sobol_g, 5, sobol_g_truth()),
    "steps": (steps, 3, steps_truth()),
}


def whole(function, factors, **more):
    return sobol_effects(lambda _: function, Sampling(factors, **more)).whole


@pytest.mark.parametrize("name", CASES)
def test_known_effects_are_found_within_their_intervals(name):
    function, factors, (first, total) = CASES[name]
    found = whole(function, factors, points=1024, seed=3)

    assert np.abs(found.first[:, 0] - first).max() < 0.01
    assert np.abs(found.total[:, 0] - total).max() < 0.01
    low, high = found.first_interval(0.999)[..., 0]
    assert ((low - 1e-12 <= first) & (first <= high + 1e-12)).all()
    low, high = found.total_interval(0.999)[..., 0]
    assert ((low - 1e-12 <= total) & (total <= high + 1e-12)).all()


@pytest.mark.parametrize("name", ["ishigami", "g"])
def test_intervals_cover_the_truth_as_often_as_they_say(name):
    function, factors, (first, total) = CASES[name]
    covered = []
    for seed in range(100):
        found = whole(function, factors, points=128, seed=seed)
        for truth, (low, high) in (
            (first, found.first_interval()[..., 0]),
            (total, found.total_interval()[..., 0]),
        ):
            covered.append((low <= truth) & (truth <= high))
    share = np.mean(covered, axis=0)

    assert share.min() >= 0.88
    assert share.mean() <= 0.99


@pytest.mark.parametrize("name", CASES)
def test_with_the_samples_swapped_the_law_fails(name):
    function, factors, (first, _) = CASES[name]
    sampling = Sampling(factors, points=1024)
    sums = []
    for number in range(16):
        values = function(samples(sampling.uniform(number)).reshape(-1, factors))
        values = values.reshape(factors + 2, -1, 1)
        sums.append(moments(values[1], values[0], values[2:]))
    broken = effects_of(sums)

    assert np.abs(broken.first[:, 0] - first).max() > 0.3


def test_a_factor_that_does_nothing_has_no_total_effect():
    assert whole(steps, 3).total[2, 0] == 0
    assert whole(steps, 3).first[2, 0] == 0


def test_without_interactions_first_and_total_effects_are_one():
    found = whole(steps, 3, points=4096)

    assert found.first[:, 0] == pytest.approx(found.total[:, 0], abs=0.002)
    assert found.first.sum() == pytest.approx(1, abs=0.002)


def test_one_factor_alone_explains_everything():
    found = whole(lambda uniform: uniform**2, 1)

    assert (found.first[0, 0], found.total[0, 0]) == (1, 1)
    assert found.total_interval().ravel().tolist() == [1, 1]


def test_effects_do_not_depend_on_level_and_scale():
    plain = whole(ishigami, 3)
    moved = whole(lambda uniform: 1e3 + 0.1 * ishigami(uniform), 3)

    assert moved.first == pytest.approx(plain.first, abs=1e-7)
    assert moved.total == pytest.approx(plain.total, abs=1e-7)


def test_more_points_narrow_the_intervals():
    quarter, _, full = sobol_effects(lambda _: ishigami, Sampling(3, points=2048))

    assert (quarter.points, full.points) == (512, 2048)
    assert (full.total_error < quarter.total_error).all()


def test_effects_at_half_the_points_are_those_of_half_the_points():
    run = sobol_effects(lambda _: ishigami, Sampling(3, points=256))
    half = whole(ishigami, 3, points=128)

    assert run.half.first == pytest.approx(half.first, abs=1e-12)
    assert run.half.total_error == pytest.approx(half.total_error, abs=1e-12)


@pytest.mark.parametrize("value", [0.0, 0.1, 1e6 + 0.1])
def test_what_never_changes_has_no_effects(value):
    found = whole(lambda uniform: np.full((len(uniform), 1), value), 2)

    assert found.variance[0] == 0
    assert np.isnan(found.first).all()
    assert np.isnan(found.total_interval()).all()


def test_what_is_missing_somewhere_has_no_effects_and_no_variance():
    def holed(uniform):
        return np.hstack([np.where(uniform[:, :1] > 0.99, np.nan, uniform[:, :1]), uniform])

    found = whole(holed, 2)

    assert np.isnan(found.variance[0])
    assert np.isnan(found.total[:, 0]).all()
    assert found.total[0, 1] == pytest.approx(1, abs=0.01)


def test_steps_within_the_tolerance_are_none():
    def shaken(uniform):
        noise = 1e-13 * np.sin(1e6 * uniform[:, 1:])
        return uniform[:, :1] + noise

    sampling = Sampling(2)

    assert sobol_effects(lambda _: shaken, sampling).whole.total[1, 0] > 0
    assert sobol_effects(lambda _: shaken, sampling, tolerance=1e-9).whole.total[1, 0] == 0


def test_a_rare_move_in_some_scramblings_only_is_still_estimated():
    found = whole(lambda uniform: (uniform[:, :1] < 0.002).astype(float), 2)

    assert found.total[0, 0] == pytest.approx(1, abs=0.3)
    assert np.isfinite(found.total_error).all()


@pytest.mark.parametrize("outputs", [1, 200_000])
def test_any_number_of_workers_gives_the_same_bits(outputs):
    sampling = Sampling(3, points=32, scramblings=5)
    runs = [
        sobol_effects(lambda _: ishigami, sampling, outputs=outputs, workers=workers).whole
        for workers in (1, 2, 8)
    ]

    for other in runs[1:]:
        assert np.array_equal(other.first, runs[0].first)
        assert np.array_equal(other.total_error, runs[0].total_error)


def test_the_scramblings_are_told_and_an_interrupt_keeps_them():
    told = []

    def stop(done):
        told.append(done)
        if done == 3:
            raise KeyboardInterrupt

    run = sobol_effects(lambda _: ishigami, Sampling(3), progress=stop)

    assert told == [1, 2, 3]
    assert run.whole.scramblings == 3
    assert np.array_equal(run.whole.first, whole(ishigami, 3, scramblings=3).first)


def test_an_interrupt_before_there_are_two_is_one():
    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sobol_effects(lambda _: ishigami, Sampling(3), progress=stop)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"points": 500}, "got 500. Say 512."),
        ({"points": 8}, "got 8. Say 16."),
        ({"points": 2**20}, "Say 65536."),
        ({"scramblings": 1}, "at least 2, got 1"),
    ],
)
def test_numbers_that_give_no_estimate_are_refused(given, said):
    with pytest.raises(MethodError, match=said):
        replace(Sampling(2), **given)


def test_no_workers_are_refused():
    with pytest.raises(MethodError, match="workers"):
        sobol_effects(lambda _: ishigami, Sampling(3), workers=0)


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.integers(2, 4), min_size=2, max_size=3),
    st.integers(0, 2**32 - 1),
)
def test_discrete_effects_are_those_of_the_analysis_of_variance(shape, seed):
    worth = np.random.default_rng(seed).normal(size=shape)

    def table(uniform):
        places = [(u * size).astype(int) for u, size in zip(uniform.T, shape, strict=True)]
        return worth[tuple(places)][:, None]

    found = whole(table, len(shape), points=512, seed=1)
    axes = range(len(shape))
    for axis in axes:
        others = tuple(other for other in axes if other != axis)
        first = worth.mean(axis=others).var() / worth.var()
        total = worth.var(axis=axis).mean() / worth.var()
        assert abs(found.first[axis, 0] - first) < 6 * found.first_error[axis, 0] + 0.01
        assert abs(found.total[axis, 0] - total) < 6 * found.total_error[axis, 0] + 0.01
