"""Reach under an index's own rules: ties, direction, groups, steps, sums, mixed means, views."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from rankscope.analyses.exact.dominance import dominance
from rankscope.analyses.exact.reach import reach
from rankscope.analyses.exact.reach_over import reach_over
from rankscope.analyses.varied_weights import varied_weights
from rankscope.definition.assumptions import Assumptions
from rankscope.definition.method import Ranking
from rankscope.errors import MethodError, RankscopeError, UnitError
from rankscope.methods.admissible import Bounded, Perturbed, Simplex
from rankscope.methods.aggregation import BenefitOfTheDoubt, Generalised, Geometric, Minimum, Sum
from rankscope.methods.normalisation import MinMax
from rankscope.methods.steps import Linear, Mirror, Round
from rankscope.pipeline import build, evaluate
from rankscope.pipeline.ranks import ranks_of
from tests.analyses.exact.trees import branch, leaf, random_values, result_of
from tests.support.indices import make_index

if TYPE_CHECKING:
    from rankscope.analyses.exact.answer import Reach

FLAT = branch("root", leaf("a", 2), leaf("b", 1), leaf("c", 1))
DEEP = branch(
    "root",
    branch("g", leaf("a", 2), leaf("b", 1), weight=3),
    branch("h", leaf("c", 1), leaf("d", 1), weight=2),
)


WIDE = Bounded(0.4)


def drawn(result, admissible, levels=(1, 2), size=3000) -> np.ndarray:
    varied = varied_weights(result.plan, result.leaves.weights, admissible, levels=levels)
    weights = varied.draw(size, np.random.default_rng(1))
    return ranks_of(result.plan, evaluate(result.plan, result.leaves, weights)[..., -1])


def holds(result, admissible=WIDE) -> Reach:
    """Return the reach after checking that no simulated rank lies beyond it."""
    found = reach(result, weights=admissible, levels=(1, 2))
    ranks = drawn(result, admissible)
    assert (found.best_from <= ranks.min(axis=0)).all()
    assert (ranks.max(axis=0) <= found.worst_to).all()
    assert (found.best_to <= ranks.min(axis=0)).all()
    assert (ranks.max(axis=0) <= found.worst_from).all()
    return found


def values_of(tree_leaves: int, units: int = 8, gaps: float = 0.0) -> np.ndarray:
    return random_values(np.random.default_rng(5), units, tree_leaves, gaps)


@pytest.mark.parametrize("ties", ["best", "worst", "order"])
def test_units_alike_in_everything_stay_tied(ties) -> None:
    values = values_of(3)
    values[3] = values[2]
    found = holds(result_of(FLAT, values, ranking=Ranking(ties=ties)))
    assert found.exact.all()
    apart = {"best": 0, "worst": 0, "order": 1}[ties]
    assert found.best_from[3] == found.best_from[2] + apart
    assert found.worst_to[3] == found.worst_to[2] + apart


def test_dense_ranks_are_refused() -> None:
    with pytest.raises(MethodError, match="dense"):
        reach(result_of(FLAT, values_of(3), ranking=Ranking(ties="dense")), weights=Bounded())


def test_where_the_lowest_is_best_the_ends_change_places() -> None:
    up = reach(result_of(FLAT, values_of(3)), weights=Bounded(0.4))
    down = holds(result_of(FLAT, values_of(3), ranking=Ranking(best="lowest")), Bounded(0.4))
    assert (down.best_from == 9 - up.worst_to).all()
    assert (down.worst_to == 9 - up.best_from).all()


def test_printed_decimals_make_ties_that_bounds_allow_for() -> None:
    found = holds(result_of(FLAT, values_of(3), ranking=Ranking(decimals=0)))
    plain = reach(result_of(FLAT, values_of(3)), weights=Bounded(0.4))
    assert (found.best_from <= plain.best_from).all()


STEPS = [
    ((MinMax(),), True),
    ((Linear(2.0, 5.0),), True),
    ((Linear(-1.0),), True),
    ((Round(0),), False),
    ((MinMax(), Round(0)), False),
]


@pytest.mark.parametrize(("steps", "exact"), STEPS, ids=str)
def test_steps_at_the_top_are_allowed_for(steps, exact) -> None:
    tree = branch("root", *DEEP.children, steps=steps)
    found = holds(result_of(tree, values_of(4)))
    assert found.exact.all() or not exact


def test_lines_below_the_top_leave_reach_exact() -> None:
    inner = DEEP.children[0].model_copy(update={"steps": (Mirror((0.0, 100.0)),)})
    found = holds(result_of(branch("root", inner, DEEP.children[1]), values_of(4)))
    assert found.exact.all()
    assert found.bent == ()


def test_another_mean_below_gives_bounds_that_name_it() -> None:
    inner = DEEP.children[0].model_copy(update={"aggregation": Geometric()})
    tree = branch("root", inner, DEEP.children[1])
    found = holds(result_of(tree, values_of(4)))
    assert found.bent == ("g",)
    assert "reach-bent" in {one.id for one in found.findings}
    only = reach(result_of(tree, values_of(4)), weights=Bounded(0.4), levels=[1])
    assert only.exact.all()
    assert only.bent == ()


def test_the_weakest_of_weighted_groups_is_bounded() -> None:
    tree = branch("root", *DEEP.children).model_copy(update={"aggregation": Minimum()})
    result = result_of(tree, values_of(4))
    found = reach(result, weights=Bounded(0.4), levels=[2])
    ranks = drawn(result, Bounded(0.4), levels=(2,))
    assert (found.best_from <= ranks.min(axis=0)).all()
    assert (ranks.max(axis=0) <= found.worst_to).all()
    with pytest.raises(MethodError, match=r"root combines by minimum.*other levels"):
        reach(result, weights=Bounded(0.4), levels=[1])


def test_methods_that_compare_units_are_refused_by_name() -> None:
    tree = branch("root", *DEEP.children).model_copy(update={"aggregation": BenefitOfTheDoubt()})
    with pytest.raises(MethodError, match="root combines by benefit_of_the_doubt"):
        reach(result_of(tree, values_of(4)), weights=Bounded(), levels=[2])


def test_zeros_that_make_a_mean_zero_are_refused_by_name() -> None:
    values = values_of(4)
    values[2, 1] = 0.0
    result = result_of(DEEP, values, aggregation=Geometric(zeros="zero"))
    with pytest.raises(MethodError, match="root averages zeros"):
        reach(result, weights=Bounded())


@pytest.mark.parametrize("power", [-3.0, 2.0, 12.0])
def test_steep_means_keep_their_promise(power) -> None:
    found = holds(result_of(DEEP, values_of(4), aggregation=Generalised(power=power)))
    assert (found.best_from <= found.ranks).all()
    assert found.exact.all() or power != 2.0  # on steep charts some lie too close to tell apart


def test_a_rescaled_node_below_the_top_is_refused_by_name() -> None:
    inner = DEEP.children[0].model_copy(update={"steps": (MinMax(),)})
    result = result_of(branch("root", inner, DEEP.children[1]), values_of(4))
    with pytest.raises(MethodError, match=r"^g has steps that look at all units"):
        reach(result, weights=Bounded(), levels=[2])
    assert reach(result, weights=Bounded(), levels=[1]).exact.all()


def test_sums_take_weights_as_given_and_gaps_as_nothing() -> None:
    found = holds(result_of(DEEP, values_of(4, gaps=0.15), aggregation=Sum()))
    assert found.exact.all()


def test_ranks_within_groups() -> None:
    index = make_index(units=40, method={"ranking": {"within": "region"}})
    found = reach(index.build(), weights=Perturbed(0.3))
    assert found.exact.all()
    assert len(set(found.of.tolist())) > 1
    assert (found.worst_to <= found.of).all()


@pytest.mark.parametrize("view", ["headline", "scale", "intensity"])
def test_every_view_and_node_has_its_reach(view) -> None:
    result = make_index(units=30, views=True).build()
    found = reach(result, weights=Perturbed(0.3), view=view, node="means")
    assert found.exact.all()
    assert (found.best_from <= found.ranks).all()
    assert (found.ranks <= found.worst_to).all()


def test_named_units_have_the_reach_that_they_have_among_all() -> None:
    result = result_of(DEEP, values_of(4, units=20))
    everyone = reach(result, weights=Bounded(0.4))
    some = reach(result, weights=Bounded(0.4), units=["u3", "u7"])
    assert some.codes == ("u3", "u7")
    assert np.isnan(some.settled)
    for code in some.codes:
        assert some.of_unit(code).best == everyone.of_unit(code).best
        assert some.of_unit(code).worst == everyone.of_unit(code).worst


def test_the_union_over_choices_says_whose_witness_it_is() -> None:
    results = {
        "arithmetic": result_of(DEEP, values_of(4, units=12)),
        "geometric": result_of(DEEP, values_of(4, units=12), aggregation=Geometric()),
    }
    alone = [reach(one, weights=Bounded(0.4)) for one in results.values()]
    found = reach_over(results, weights=Bounded(0.4))
    assert (found.best_from == np.minimum(alone[0].best_from, alone[1].best_from)).all()
    assert (found.worst_to == np.maximum(alone[0].worst_to, alone[1].worst_to)).all()
    one = found.of_unit("u0")
    assert one.best_witness.choice in results
    assert set(found.frame()["best_choice"]) <= set(results)
    with pytest.raises(MethodError, match="at least one result"):
        reach_over({}, weights=Bounded(0.4))


def test_a_witness_is_told_beside_the_published_weights() -> None:
    found = reach(result_of(DEEP, values_of(4)), weights=Bounded(0.4))
    witness = found.of_unit("u0").best_witness
    assert [one.code for one in witness.weights] == ["g", "h", "a", "b", "c", "d"]
    for parent in ("root", "g", "h"):
        own = [one for one in witness.weights if one.parent == parent]
        assert sum(one.share for one in own) == pytest.approx(1)
        assert all(0.6 - 1e-7 <= one.share / one.published_share <= 1.4 + 1e-7 for one in own)
    assert witness.weights[2].published_effective == pytest.approx(0.6 * 2 / 3)


def test_dominance_is_what_all_weights_agree_on() -> None:
    result = result_of(DEEP, values_of(4))
    found = dominance(result, weights=Bounded(0.4), levels=(1, 2))
    ranks = drawn(result, Bounded(0.4))
    above = (ranks[:, :, None] < ranks[:, None, :]).mean(axis=0)
    assert (above[found.necessary] == 1).all()
    assert (above[~found.possible] == 0).all()
    assert (found.necessary <= found.possible).all()
    assert found.settled == reach(result, weights=Bounded(0.4), levels=(1, 2)).settled
    better = (values_of(4)[:, None] > values_of(4)[None]).all(axis=2)
    assert found.necessary[better].all()
    assert found.frame()["necessary"].sum() == found.necessary.sum()


@pytest.mark.parametrize("units", [1, 2])
def test_one_or_two_units(units) -> None:
    found = reach(result_of(FLAT, values_of(3, units=units)), weights=Simplex())
    assert found.best_from.min() == 1
    assert found.worst_to.max() == units


def test_constant_columns_tie_everyone() -> None:
    found = reach(result_of(FLAT, np.full((5, 3), 7.0)), weights=Bounded(0.4))
    assert found.best_from.tolist() == found.worst_to.tolist() == [1] * 5


def test_what_can_be_got_wrong_is_said() -> None:
    result = result_of(DEEP, values_of(4))
    with pytest.raises(UnitError, match="'u99' has no rank here"):
        reach(result, weights=Bounded(), units=["u99"])
    with pytest.raises(MethodError, match="has no node 'gg'"):
        reach(result, weights=Bounded(), node="gg")
    with pytest.raises(MethodError, match="No weights vary below root at level 7"):
        reach(result, weights=Bounded(), levels=[7])
    with pytest.raises(MethodError, match="gaps must be bounds or hold"):
        reach(result, weights=Bounded(), gaps="ignore")  # type: ignore[arg-type]
    with pytest.raises(UnitError, match="No reach was found for 'RUS'"):
        reach(result, weights=Bounded()).of_unit("RUS")


def test_assumptions_without_weights_are_no_default() -> None:
    index = make_index(units=10)
    said = index.definition.model_copy(update={"assumptions": Assumptions(levels=(1,))})
    with pytest.raises(RankscopeError, match="name no admissible weights"):
        reach(build(said, index.table))


def test_the_assumptions_name_the_set_and_the_levels() -> None:
    index = make_index(units=10)
    assumed = Assumptions(weights=Bounded(0.1), levels=(1,))
    said = index.definition.model_copy(update={"assumptions": assumed})
    assert reach(build(said, index.table)).label == "bounded(10%) at level 1"
    assert reach(index.build()).label == "perturbed(25%) at levels 1, 2 and 3"


def test_out_of_time_is_said_and_bounds_hold() -> None:
    result = result_of(FLAT, random_values(np.random.default_rng(0), 40, 3))
    late = reach(result, weights=Simplex(), time_limit=0.0)
    full = reach(result, weights=Simplex())
    assert full.exact.all()
    assert not late.exact.all()
    assert "reach-between" in [one.id for one in late.findings]
    assert (late.best_from <= full.best_from).all()
    assert (full.worst_to <= late.worst_to).all()


def test_many_units_have_bounds_and_witnesses(monkeypatch: pytest.MonkeyPatch) -> None:
    result = result_of(FLAT, random_values(np.random.default_rng(0), 60, 3))
    full = reach(result, weights=Bounded(0.4))
    for module in ("bounds", "search"):
        monkeypatch.setattr(f"rankscope.analyses.exact.{module}.MOST", 30)
    many = reach(result, weights=Bounded(0.4))
    assert (many.best_from <= full.best_from).all()
    assert (full.worst_to <= many.worst_to).all()
    assert (many.best_to >= full.best_to).all()
    assert many.settled == full.settled
    named = reach(result, weights=Bounded(0.4), units=["u5"]).of_unit("u5")
    assert (named.best, named.worst) == (full.of_unit("u5").best, full.of_unit("u5").worst)
