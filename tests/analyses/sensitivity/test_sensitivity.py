"""Effects of the assumptions of an index, against enumeration of all that they allow."""

from __future__ import annotations

import dataclasses

import joblib
import numpy as np
import pytest

from rankscope.analyses.rank_moves import mean_of, rank_moves
from rankscope.analyses.sensitivity import alone_frame, one_at_a_time, sensitivity
from rankscope.analyses.sensitivity.model import DesignModel, ordered
from rankscope.analyses.uncertainty import design_of
from rankscope.definition.assumptions import Assumptions
from rankscope.errors import MethodError
from rankscope.methods.ranking import rank
from rankscope.pipeline.result import build
from tests.support.indices import TWO_LEVELS, indicator, make_index, pillar
from tests.support.panels import defined, panel_of
from tests.support.panels import indicator as panel_indicator

METHODS = {
    "normalisation": [{"method": "min_max", "to": [1, 100]}, {"method": "z_score"}],
    "aggregation": ["arithmetic", {"method": "geometric", "zeros": "zero"}],
    "treatment": ["none", {"method": "winsorise_points", "points": 2}],
}
DISCRETE = {
    "normalisation": [
        {"method": "min_max", "to": [1, 100]},
        {"method": "rank"},
        {"method": "percentile_rank", "to": [1, 100]},
    ],
    "aggregation": ["arithmetic", "geometric", "harmonic"],
    "leave_out": ["indicators"],
}
JOINT = {**DISCRETE, "weights": {"method": "perturbed", "by": 0.5}}


def design(assumed, **more):
    method = {"normalisation": {"method": "min_max", "to": [1, 100]}, **more.pop("method", {})}
    index = make_index(framework=TWO_LEVELS, method=method, **more)
    assumptions = Assumptions.model_validate(assumed)
    return design_of(index.build(), assumptions=assumptions)


def factorial(made):
    """Return every combination with its chance, and the mean shift and ranks that it gives."""
    shape = [len(factor.options) for factor in made.factors]
    choices = np.array(list(np.ndindex(*shape)))
    chances = np.ones(len(choices))
    for number, factor in enumerate(made.factors):
        each = np.array(factor.chances or [1 / shape[number]] * shape[number])
        chances *= each[choices[:, number]]
    scores = made.scores(choices, lambda varied: np.repeat(varied.given[None], len(choices), 0))
    ranks = made.ranking.ranks(scores)
    shift = np.abs(ranks - made.result.rank(made.node, made.view)).mean(axis=1)
    return shape, chances, np.column_stack([shift, ranks, scores])


def variance_parts(shape, chances, values):
    """Decompose the variance by enumeration: first-order and total effects of each factor."""
    p = chances.reshape(shape)
    y = values.reshape(shape)
    mean = (p * y).sum()
    variance = (p * (y - mean) ** 2).sum()
    first, total = [], []
    for axis in range(len(shape)):
        rest = tuple(other for other in range(len(shape)) if other != axis)
        own = p.sum(axis=rest)
        conditional = (p * y).sum(axis=rest) / own
        first.append((own * (conditional - mean) ** 2).sum() / variance)
        others = p.sum(axis=axis, keepdims=True)
        inner = (p * y).sum(axis=axis, keepdims=True) / others
        total.append((p * (y - inner) ** 2).sum() / variance)
    return np.array(first), np.array(total)


@pytest.fixture(scope="module")
def discrete():
    return design(DISCRETE)


def test_effects_are_those_of_all_combinations(discrete):
    found = sensitivity(discrete, points=1024)
    shape, chances, values = factorial(discrete)
    rows = len(discrete.rows)

    assert found.factors == ("normalisation", "aggregation", "leave_out")
    for effects, columns in (
        (found.shift, values[:, :1]),
        (found.ranks, values[:, 1 : 1 + rows]),
        (found.scores, values[:, 1 + rows :]),
    ):
        for output, column in enumerate(columns.T):
            if column.var() == 0:
                assert effects.variance[output] == 0
                continue
            first, total = variance_parts(shape, chances, column)
            reach = 5 * effects.first_error[:, output] + 0.02
            assert (np.abs(effects.first[:, output] - first) < reach).all()
            reach = 5 * effects.total_error[:, output] + 0.02
            assert (np.abs(effects.total[:, output] - total) < reach).all()


def test_the_decomposition_by_enumeration_can_fail(discrete):
    found = sensitivity(discrete, points=256)
    shape, chances, values = factorial(discrete)
    shuffled = np.random.default_rng(0).permutation(values[:, 0])
    wrong, _ = variance_parts(shape, chances, shuffled)

    assert np.abs(found.shift.first[:, 0] - wrong).max() > 0.1


def test_an_uneven_chance_of_leaving_out_counts():
    made = design({**DISCRETE, "leave_out_chance": 0.1})
    found = sensitivity(made, points=1024)
    shape, chances, values = factorial(made)
    first, total = variance_parts(shape, chances, values[:, 0])

    assert found.shift.first[:, 0] == pytest.approx(first, abs=0.03)
    assert found.shift.total[:, 0] == pytest.approx(total, abs=0.03)


def test_weights_explain_what_a_large_plain_sample_says():
    made = design(
        {"weights": {"method": "perturbed", "by": 0.6}, "aggregation": ["arithmetic", "harmonic"]}
    )
    found = sensitivity(made, points=512)
    random = np.random.default_rng(5)
    n = 40_000
    varied = made.published.varied
    first, other = (varied.draw(n, random) for _ in range(2))
    choices = random.integers(0, 2, (n, 1))

    def shift(choices, weights):
        ranks = made.ranking.ranks(made.scores(choices, lambda _: weights))
        return np.abs(ranks - made.result.rank()).mean(axis=1)

    y = shift(choices, first)
    alike, otherwise = shift(choices[::-1], first), shift(choices, other)
    weights = np.cov(y, alike)[0, 1] / y.var()
    methods = np.cov(y, otherwise)[0, 1] / y.var()
    truth = dict(zip(found.factors, [[methods, 1 - weights], [weights, 1 - methods]], strict=True))
    for one in found.of_shift():
        assert one.first == pytest.approx(truth[one.factor][0], abs=0.03)
        assert one.total == pytest.approx(truth[one.factor][1], abs=0.03)


def test_any_number_of_workers_gives_the_same_bits():
    runs = [
        sensitivity(design(JOINT), points=64, scramblings=5, seed=3, workers=workers)
        for workers in (1, 2, 8)
    ]

    for other in runs[1:]:
        for name in ("shift", "ranks", "scores"):
            one, its = getattr(runs[0], name), getattr(other, name)
            assert np.array_equal(one.first, its.first, equal_nan=True)
            assert np.array_equal(one.total_error, its.total_error, equal_nan=True)


def test_the_seed_counts_and_zero_is_one():
    one, same, other = (sensitivity(design(JOINT), points=32, seed=seed) for seed in (0, 0, 1))

    assert np.array_equal(one.shift.first, same.shift.first)
    assert not np.array_equal(one.shift.first, other.shift.first)


def test_a_choice_that_changes_nothing_has_no_effect():
    made = design(
        {
            "aggregation": ["arithmetic", "harmonic"],
            "treatment": ["none", {"method": "winsorise", "lower": 0.0, "upper": 1.0}],
        }
    )
    found = sensitivity(made, points=64)
    number = found.factors.index("treatment")

    assert found.shift.total[number, 0] == 0
    assert (found.ranks.total[number][found.ranks.variance > 0] == 0).all()
    assert (found.scores.total[number] == 0).all()


def test_only_weights_explain_everything():
    found = sensitivity(design({"weights": {"method": "perturbed", "by": 0.3}}), points=64)

    assert found.factors == ("weights",)
    assert (found.shift.first[0, 0], found.shift.total[0, 0]) == (1, 1)
    assert np.isnan(found.ranks.total[0, found.ranks.variance == 0]).all()


def test_a_rank_that_nothing_moves_has_no_effects_and_a_finding():
    flat = pillar("whole", indicator("a"), indicator("b"))
    index = make_index(framework=flat, units=2, seed=3)
    values = index.table.values.copy()
    values[:, :2] = [[9, 9], [1, 1]]
    index = dataclasses.replace(index, table=dataclasses.replace(index.table, values=values))
    found = sensitivity(design_of(index.build()), points=16, scramblings=2)

    assert np.isnan(found.ranks.total).all()
    assert np.isnan(found.shift.total).all()
    assert (found.ranks.variance == 0).all()
    assert [one.id for one in found.findings] == ["sensitivity-constant"]
    assert "have the same rank in all draws" in found.findings[0].sentence


def test_a_unit_without_a_rank_in_some_draws_has_no_effects_and_a_finding():
    index = make_index(framework=pillar("whole", indicator("a"), indicator("b")), gaps=0.0)
    values = index.table.values.copy()
    values[4, 0] = np.nan
    table = dataclasses.replace(index.table, values=values)
    assumed = Assumptions.model_validate(
        {"leave_out": ["b"], "aggregation": ["arithmetic", "harmonic"]}
    )
    method = index.definition.method
    changes = {
        "min_available": method.min_available.model_copy(update={"at_least": 0.5}),
        "screening": method.screening.model_copy(update={"at_least": 0.0}),
    }
    definition = index.definition.model_copy(update={"method": method.model_copy(update=changes)})
    found = sensitivity(design_of(build(definition, table), assumptions=assumed), points=64)

    assert np.isnan(found.ranks.variance[4])
    assert np.isfinite(np.delete(found.ranks.variance, 4)).all()
    assert np.isfinite(found.shift.total).all()
    assert "sensitivity-unranked" in [one.id for one in found.findings]


def test_what_matters_most_for_a_unit_comes_first():
    found = sensitivity(design(JOINT), points=128)
    code = found.result.units[found.result.order()[3]]
    effects = found.of_unit(code)

    assert [one.total for one in effects] == sorted((one.total for one in effects), reverse=True)
    assert found.frame(code).index[0] == effects[0].factor
    assert found.units_frame().loc[code].idxmax() == effects[0].factor
    with pytest.raises(KeyError):
        found.of_unit("Atlantis")


def test_convergence_ends_with_the_estimate():
    found = sensitivity(design(JOINT), points=128)
    code = found.result.units[2]

    for unit in (None, code):
        whole = found.convergence(unit)
        assert whole.index.unique("points").tolist() == [32, 64, 128]
        assert whole.loc[128, "total"].to_dict() == found.frame(unit)["total"].to_dict()


def test_ranks_that_seldom_move_are_told():
    found = sensitivity(design({"weights": {"method": "perturbed", "by": 0.02}}), points=64)
    variance = found.ranks.variance
    rare = [name for name, v in zip(found.result.names, variance, strict=True) if 0 < v < 0.0475]
    [said] = [one.sentence for one in found.findings if one.id == "sensitivity-rare"]

    assert 0 < len(rare) < len(variance)
    assert all(name in said for name in rare[:1])


def test_few_points_are_told():
    found = sensitivity(design(JOINT), points=16, scramblings=2)

    assert "sensitivity-wide" in [one.id for one in found.findings]


def test_an_interrupt_is_told():
    def stop(done):
        if done == 2:
            raise KeyboardInterrupt

    found = sensitivity(design(JOINT), points=16, progress=stop)

    assert found.scramblings == 2
    assert "draws-interrupted" in [one.id for one in found.findings]


def test_where_nothing_varies_it_says_how_to_let_something():
    with pytest.raises(MethodError, match=r"Nothing varies in Made-up Index\. Name in its"):
        sensitivity(design({}))


def test_of_a_panel_one_period_is_looked_at():
    random = np.random.default_rng(0)
    cells = {
        (f"unit {k}", year): random.uniform(1, 9, 3) for k in range(12) for year in ("2019", "2020")
    }
    columns = ("a", "b", "c")
    definition = defined(*map(panel_indicator, columns), normalisation={"method": "min_max"})
    result = build(definition, panel_of(cells, columns))
    found = sensitivity(design_of(result, period="2019"), points=32)

    assert found.ranks.total.shape == (1, 12)
    assert len(found.units_frame()) == 12
    assert np.array_equal(found.result.rank(), result.of_period("2019").rank())


@pytest.mark.slow
def test_processes_give_the_same_bits_as_threads():
    plain = sensitivity(design(JOINT), points=16, scramblings=3)
    with joblib.parallel_config(backend="loky"):
        other = sensitivity(design(JOINT), points=16, scramblings=3, workers=2)

    assert np.array_equal(plain.shift.first, other.shift.first)
    assert np.array_equal(plain.ranks.total, other.ranks.total, equal_nan=True)


# ── one at a time ────────────────────────────────────────────────────────────


def test_each_option_alone_is_the_index_built_with_it():
    made = design({"aggregation": ["arithmetic", "harmonic"], "leave_out": ["pillars"]})
    same, harmonic, *left_out = one_at_a_time(made)
    definition, table = made.result.plan.definition, made.result.plan.table
    method = definition.method
    changed = method.model_copy(update={"aggregation": made.factors[0].options[1].methods[0][1]})
    other = build(definition.model_copy(update={"method": changed}), table)
    shift = made.result.rank() - other.rank()

    assert (same.mean_shift, same.largest, same.spearman) == (0, "", 1)
    assert harmonic.mean_shift == pytest.approx(np.abs(shift).mean())
    assert harmonic.largest_shift == np.abs(shift).max()
    assert harmonic.moves == pytest.approx(shift)
    assert harmonic.over_5 == (np.abs(shift) > 5).sum()
    assert harmonic.over_10 == (np.abs(shift) > 10).sum()
    assert [one.option for one in left_out] == ["means", "ends"]


def test_weights_alone_are_means_over_draws():
    made = design(JOINT)
    [weights] = [one for one in one_at_a_time(made) if one.factor == "weights"]
    random = np.random.default_rng(9)
    drawn = made.published.varied.draw(20_000, random)
    shifts = np.abs(made.ranking.ranks(made.published.scores(drawn)) - made.result.rank())

    assert weights.draws == 1024
    assert weights.mean_shift == pytest.approx(shifts.mean(), rel=0.05)
    assert weights.shifts == pytest.approx(shifts.mean(axis=0), abs=0.2)
    assert weights.over_5 == pytest.approx((shifts > 5).sum(axis=1).mean(), abs=0.2)


def test_an_option_that_does_not_go_with_the_published_methods_says_why():
    assumed = {
        "normalisation": [{"method": "min_max", "to": [1, 100]}],
        "aggregation": ["arithmetic", "geometric"],
    }
    found = sensitivity(design(assumed, method={"normalisation": "min_max"}), points=16)
    frame = alone_frame(found.alone)

    assert np.isnan(frame.loc[("aggregation", "geometric"), "mean_shift"])
    assert "positive values" in frame.loc[("aggregation", "geometric"), "refused"]
    assert "sensitivity-not-alone" in [one.id for one in found.findings]


def test_errors_of_the_data_are_one_factor_and_one_row():
    made = design(
        {"errors": [{"relative": 0.1}], "tables": 4, "aggregation": ["arithmetic", "harmonic"]}
    )
    found = sensitivity(made, points=32, scramblings=4, workers=2)
    rows = [one for one in found.alone if one.factor == "tables"]

    assert [(one.option, one.draws) for one in rows] == [("drawn", 4)]
    assert found.factors == ("aggregation", "tables")


# ── parts ────────────────────────────────────────────────────────────────────


def test_weights_are_ordered_along_what_they_mostly_do():
    random = np.random.default_rng(1)
    weights = random.random((200, 3))
    loud = np.array([[5.0, -5.0, 4.0], [0.1, 0, 0], [0, 0.1, 0.1]])
    order = ordered(lambda w: w @ loud, weights)

    first = weights[order, 0]
    assert abs(np.corrcoef(first, np.arange(200))[0, 1]) > 0.95
    assert sorted(order.tolist()) == list(range(200))


def test_scores_that_are_missing_or_all_the_same_give_some_order():
    weights = np.random.default_rng(1).random((9, 2))

    for scores in (np.full((9, 3), np.nan), np.ones((9, 3)), np.empty((9, 0))):
        order = ordered(lambda w, s=scores: s[: len(w)], weights)
        assert sorted(order.tolist()) == list(range(9))


def test_each_scrambling_has_a_pool_of_its_own_and_one_for_each_call():
    model = DesignModel(design(JOINT), 64)
    uniform = np.random.default_rng(0).random((8, 4))
    one, same, other = (model.of_scrambling(k)(uniform) for k in (0, 0, 1))

    assert np.array_equal(one, same, equal_nan=True)
    assert not np.array_equal(one, other, equal_nan=True)


def test_units_that_enter_or_leave_push_nobody(discrete):
    before = np.array([1, 2, 3, 0])
    after = np.array([[0, 1, 2, 3], [1, 2, 3, 0], [2, 1, 3, 0]])

    moves = rank_moves(before, after, discrete.ranking)

    assert np.array_equal(
        moves,
        [[np.nan, 0, 0, np.nan], [0, 0, 0, np.nan], [-1, 1, 0, np.nan]],
        equal_nan=True,
    )
    assert mean_of(np.abs(moves)).tolist() == pytest.approx([0, 0, 2 / 3])
    assert np.isnan(mean_of(np.full((1, 2), np.nan))).all()
    assert rank(np.array([1.0, 2.0])).tolist() == [2, 1]
