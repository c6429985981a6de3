"""Who overtakes whom: closed forms, brute force, and the engine as the referee."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.optimize import linprog

from rankscope.analyses.overtake import Overtaking, overtake
from rankscope.analyses.overtake.question import Question, arena_of
from rankscope.data.table import plain_table
from rankscope.definition.method import Ranking
from rankscope.definition.model import Availability, Node
from rankscope.errors import DataError, MethodError, UnitError
from rankscope.methods.admissible import Bounded, Perturbed, Simplex
from rankscope.methods.aggregation import Geometric
from rankscope.methods.aggregation.median import MedianOfChildren
from rankscope.methods.normalisation import MinMax, NoNormalisation
from rankscope.methods.steps import Round
from rankscope.pipeline.evaluate import evaluate
from rankscope.pipeline.ranks import ranking_of
from rankscope.pipeline.result import Result, build
from rankscope.testing import indices, make_index
from tests.published.test_global_ai_index import gaii
from tests.support import panels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.methods.admissible import Admissible

NAN = np.nan


def leaf(code: str, weight: float = 1.0) -> Node:
    """An indicator whose values are its scores."""
    return Node(code=code, name=code.upper(), weight=weight, kind="share")


def tree(*children: Node, code: str = "whole", weight: float = 1.0, **more: Any) -> Node:
    """An aggregate."""
    return Node(code=code, name=code.upper(), weight=weight, children=children, **more)


def built(root: Node, values: Sequence[Sequence[float]], **method: Any) -> Result:
    """An index of units u0, u1, ... with these scores of its indicators."""
    codes = tuple(one.code for one in root.indicators())
    units = tuple(f"u{row}" for row in range(len(values)))
    given = {"normalisation": NoNormalisation(), **method}
    return build(*make_index(root, plain_table(units, codes, np.array(values)), **given))


def ranks_under(result: Result, edges: np.ndarray, node: int | None = None) -> np.ndarray:
    """Ranks of all units under weights of all edges."""
    top = result.plan.root if node is None else node
    scores = evaluate(result.plan, result.leaves, edges)[..., top]
    return ranking_of(result.plan).ranks(scores)


def confirm(result: Result, found: Overtaking, node: int | None = None) -> int:
    """Build-level ranks at every witness turn the two units; return how many there are."""
    changes = [found.fewest, found.nearest, *found.within, *(one.change for one in found.singles)]
    witnesses = [one for one in changes if one.witness is not None]
    for one in witnesses:
        ranks = ranks_under(result, one.witness, node)
        assert one.ranks == (ranks[found.lower.row], ranks[found.higher.row])
        assert 0 < one.ranks[0] < one.ranks[1]
    return len(witnesses)


THREE = tree(leaf("a", 5), leaf("b", 3), leaf("c", 2))


def test_three_weights_by_hand() -> None:
    """The lower unit lacks 1.9: each point from a to c brings 6."""
    result = built(THREE, [[4, 1, 0], [0, 0, 2], [9, 9, 9]])
    found = overtake(result, "u1", "u0")
    moved = 1.9 / 6

    assert found.gain == pytest.approx(-1.9)
    assert found.fewest.points == pytest.approx(moved)
    assert_allclose(found.fewest.tie, [0.5 - moved, 0.3, 0.2 + moved])
    assert_allclose(found.fewest.beyond, found.fewest.tie, atol=1e-6)
    shares = {one.change.place: one.needed for one in found.singles}
    assert shares["c"] == pytest.approx(23 / 39)  # a and b as 5 to 3: s * 2 = (1 - s) * 23 / 8
    assert shares["a"] == pytest.approx(0.2 / 4.2)  # b and c as 3 to 2: 4 s = (1 - s) / 5
    assert np.isnan(shares["b"])
    assert confirm(result, found) == 4


def test_the_nearest_of_three_is_a_projection() -> None:
    found = overtake(built(THREE, [[4, 1, 0], [0, 0, 2]]), "u1", "u0")
    part = found.difference - found.difference.mean()
    tie = found.before - found.gain / (part @ part) * part

    assert_allclose(found.nearest.tie, tie)
    assert found.nearest.distance == pytest.approx(-found.gain / np.linalg.norm(part))
    assert found.nearest.distance <= found.fewest.distance
    assert found.fewest.points <= found.nearest.points


def test_whoever_is_above_already_is_answered_the_other_way_round() -> None:
    result = built(THREE, [[4, 1, 0], [0, 0, 2]])
    asked, reverse = overtake(result, "u1", "u0"), overtake(result, "u0", "u1")

    assert (asked.lower.code, asked.swapped) == ("u1", False)
    assert (reverse.lower.code, reverse.swapped) == ("u1", True)
    assert asked.fewest.points == reverse.fewest.points


def test_no_weights_lift_whoever_is_behind_everywhere() -> None:
    found = overtake(built(THREE, [[4, 1, 2], [0, 0, 1]]), "u1", "u0")

    assert not found.possible
    assert found.behind_everywhere
    assert found.fewest.highest == -1.0
    assert found.fewest.tie is None
    assert np.isnan(found.fewest.points)
    assert not any(one.change.ties for one in found.singles)


def test_whoever_can_only_draw_level_never_passes() -> None:
    found = overtake(built(THREE, [[4, 1, 2], [0, 0, 2]]), "u1", "u0")

    assert found.fewest.ties
    assert not found.possible
    assert found.fewest.highest == 0.0
    assert_allclose(found.fewest.tie, [0, 0, 1], atol=1e-12)


def test_units_that_tie_pass_each_other_at_a_hair() -> None:
    result = built(THREE, [[4, 1, 0], [0, 1, 10], [50, 1, 1]])
    found = overtake(result, "u0", "u1")

    assert found.lower.code == "u0"
    assert found.fewest.points == pytest.approx(0, abs=1e-12)
    assert confirm(result, found) == 4


def test_units_that_are_alike_stay_so() -> None:
    found = overtake(built(THREE, [[4, 1, 0], [4, 1, 0]]), "u0", "u1")

    assert found.fewest.points == 0.0
    assert not found.possible
    assert found.findings == ()


NESTED = tree(
    tree(leaf("a"), leaf("b"), code="left", weight=3),
    tree(leaf("c", 2), tree(leaf("d"), leaf("e"), code="deep"), code="right", weight=1),
)


def test_within_a_pillar_the_weight_of_the_pillar_stays() -> None:
    """Shares of a and b: 0.75 (10 s - 8 (1 - s)) = 1 where s has grown by 1 / 13.5 + ..."""
    result = built(NESTED, [[1, 9, 5, 5, 5], [9, 0, 5, 4, 5]])
    found = overtake(result, "u1", "u0")
    within = {(one.place, one.kind): one for one in found.within}
    left = within["left", "group"]
    moved = -found.gain / 17  # of effective weight, from b (9 behind) to a (8 ahead)

    assert left.points == pytest.approx(moved)
    assert left.tie @ [1, 1, 0, 0, 0] == pytest.approx(0.75)
    assert_allclose(left.tie[2:], [1 / 6, 1 / 24, 1 / 24])
    assert not within["right", "subtree"].ties
    assert within["right", "subtree"].highest == pytest.approx(0.75 * -0.5)
    assert confirm(result, found) >= 1


def test_levels_are_those_asked_for() -> None:
    result = built(NESTED, [[1, 9, 5, 5, 5], [9, 0, 5, 4, 5]])

    assert overtake(result, "u1", "u0").levels == (1,)
    assert overtake(result, "u1", "u0", weights=Perturbed(0.25)).levels == (1, 2, 3)
    deep = overtake(result, "u1", "u0", levels=(2, 3))
    assert deep.levels == (2, 3)
    assert deep.fewest.tie @ [1, 1, 0, 0, 0] == pytest.approx(0.75)
    assert deep.fewest.points == pytest.approx(-deep.gain / 17)
    assert confirm(result, deep) >= 2


def brute_force(result: Result, found: Overtaking, steps: int) -> float:
    """The fewest points on a grid of three weights at which the engine turns the two."""
    grid = np.arange(steps + 1) / steps
    weights = np.array([(a, b, 1 - a - b) for a in grid for b in grid if a + b <= 1 + 1e-9])
    ranks = ranks_under(result, np.clip(weights, 0, 1))
    turned = ranks[:, found.lower.row] < ranks[:, found.higher.row]
    moved = np.abs(weights - found.before).sum(axis=1) / 2
    return float(moved[turned].min(initial=np.inf))


@given(st.integers(0, 2**32 - 1))
def test_a_grid_finds_nothing_smaller(seed: int) -> None:
    result = built(THREE, np.random.default_rng(seed).uniform(0, 10, (4, 3)).tolist())
    found = overtake(result, "u0", "u1")
    smallest = brute_force(result, found, 40)

    if found.possible:
        assert found.fewest.points <= smallest + 1e-9
    else:
        assert smallest == np.inf
    confirm(result, found)


def test_a_smaller_change_would_be_seen() -> None:
    """The broken twin: an answer a quarter too large is beaten by the grid."""
    result = built(THREE, [[4, 1, 0], [0, 0, 2]])
    found = overtake(result, "u1", "u0")

    assert 1.25 * found.fewest.points > brute_force(result, found, 40)


@settings(max_examples=30)
@given(indices(aggregations=(None, Geometric()), gaps=False), st.booleans())
def test_witnesses_turn_ranks_and_proofs_hold(index: Any, everywhere: bool) -> None:
    result = build(*index)
    order = result.order()
    levels = tuple(range(1, 9)) if everywhere else None
    last, first = result.units[order[-1]], result.units[order[0]]
    found = overtake(result, last, first, levels=levels)
    assert found.fewest.turns == found.nearest.turns
    confirm(result, found)
    least = [one.points for one in found.within if one.ties]
    least += [one.change.points for one in found.singles if one.change.ties]
    if everywhere and least:
        assert found.fewest.points <= min(least) + 1e-9
    if not found.fewest.ties:
        weights = np.random.default_rng(0).uniform(size=(200, len(result.plan.weights())))
        held = np.isin(np.arange(weights.shape[1]), _moving(result, found))
        tried = np.where(held, weights, result.plan.weights())
        ranks = ranks_under(result, tried)
        assert (ranks[:, found.lower.row] >= ranks[:, found.higher.row]).all()


def _moving(result: Result, found: Overtaking) -> list[int]:
    """The edges that are named among the weights of an answer and have siblings there."""
    codes = [node.code for node in result.plan.nodes]
    return [codes.index(one.change.place) for one in found.singles]


@settings(max_examples=30)
@given(indices(aggregations=(None,)))
def test_with_gaps_shares_are_held_and_ranks_turn(index: Any) -> None:
    result = build(*index)
    order = result.order()
    if len(order) < 2:
        return
    found = overtake(
        result, result.units[order[1]], result.units[order[0]], levels=tuple(range(1, 9))
    )
    confirm(result, found)
    assert found.gain <= 1e-9


def test_a_gap_holds_the_siblings_and_is_told() -> None:
    result = built(
        NESTED,
        [[1, 9, 5, 5, 5], [9, 0, 5, 4, NAN]],
        min_available=Availability(at_least=0.1),
    )
    found = overtake(result, "u1", "u0", levels=(1, 2, 3))

    assert [one.place for one in found.findings if one.id == "overtake-held"] == ["deep"]
    assert found.levels == (1, 2)
    assert {one.change.place for one in found.singles} == {"left", "right", "a", "b", "c", "deep"}
    assert confirm(result, found)


def test_what_both_miss_holds_nothing() -> None:
    """The weight of c stays as it is: neither has it, and it moves for nobody's good."""
    result = built(
        THREE, [[4, 0, NAN], [0, 3, NAN], [1, 1, 1]], min_available=Availability(at_least=0.1)
    )
    found = overtake(result, "u1", "u0")

    assert found.codes == ("a", "b")
    assert found.findings == ()
    assert found.fewest.witness[2] / found.fewest.witness.sum() == pytest.approx(0.2)
    assert confirm(result, found) == 4


def test_means_of_another_kind_keep_their_weights() -> None:
    root = tree(
        tree(leaf("a"), leaf("b"), code="left", aggregation=MedianOfChildren()),
        tree(leaf("c"), leaf("d"), code="right"),
    )
    result = built(root, [[4, 4, 1, 3], [1, 1, 6, 2]])
    found = overtake(result, "u1", "u0", levels=(1, 2))

    assert [one.id for one in found.findings] == ["overtake-kept"]
    assert found.codes == ("left", "c", "d")
    assert confirm(result, found) >= 3


def test_an_index_that_is_linear_nowhere_is_refused() -> None:
    result = built(tree(leaf("a"), leaf("b"), aggregation=MedianOfChildren()), [[4, 4], [1, 5]])

    with pytest.raises(MethodError, match="whole"):
        overtake(result, "u1", "u0")


def test_geometric_means_are_linear_in_logarithms() -> None:
    """With x and y times as much, s log x = (1 - s) log y."""
    result = built(tree(leaf("a"), leaf("b"), aggregation=Geometric()), [[8, 2], [2, 4]])
    found = overtake(result, "u1", "u0")

    assert found.measure == "logarithms of points"
    assert found.gain == pytest.approx(np.log(2 / 4) / 2)
    assert_allclose(found.fewest.tie, [1 / 3, 2 / 3])
    assert confirm(result, found) == 4


def test_where_the_lowest_score_is_best_less_wins() -> None:
    high = built(THREE, [[-4, -1, 0], [0, 0, -2]])
    low = built(THREE, [[4, 1, 0], [0, 0, 2]], ranking=Ranking(best="lowest"))
    one, other = overtake(high, "u0", "u1"), overtake(low, "u0", "u1")

    assert other.lower.code == "u0"
    assert_allclose(one.fewest.tie, other.fewest.tie)
    assert confirm(low, other) == 4


def test_a_wide_tolerance_asks_for_a_longer_step() -> None:
    values = [[4, 1, 0], [0, 0, 2], [9, 9, 9]]
    wide = built(THREE, values, ranking=Ranking(tolerance=0.05))
    narrow = built(THREE, values)
    far, near = (overtake(one, "u1", "u0").fewest for one in (wide, narrow))

    assert far.turns
    assert far.points == near.points
    assert np.abs(far.beyond - far.tie).sum() > 1e5 * np.abs(near.beyond - near.tie).sum()


def test_printed_decimals_count() -> None:
    result = built(THREE, [[4, 1, 0], [0, 0, 2]], ranking=Ranking(decimals=1))

    assert confirm(result, overtake(result, "u1", "u0")) == 4


def test_steps_of_the_whole_index_do_not_matter() -> None:
    values = [[4, 1, 0], [0, 0, 2], [9, 9, 9]]
    root = THREE.model_copy(update={"steps": (MinMax(), Round(1))})
    scaled, plain = (overtake(built(one, values), "u1", "u0") for one in (root, THREE))

    assert scaled.fewest.points == pytest.approx(plain.fewest.points)
    assert scaled.fewest.turns


def test_weights_of_zero_stay_zero() -> None:
    result = built(tree(leaf("a"), leaf("b"), leaf("c", 0)), [[4, 1, 0], [0, 2, 99]])
    found = overtake(result, "u1", "u0")

    assert found.codes == ("a", "b")
    assert found.fewest.witness[2] == 0


def test_within_a_set_weights_keep_to_it() -> None:
    result = built(THREE, [[4, 1, 0], [1, 2, 1]])
    narrow = overtake(result, "u1", "u0", weights=Perturbed(0.05))
    wide = overtake(result, "u1", "u0", weights=Perturbed(0.6))

    assert not narrow.possible
    assert narrow.fewest.highest < 0
    assert not narrow.behind_everywhere
    assert wide.possible
    ratios = wide.fewest.beyond / wide.before
    assert ratios.max() / ratios.min() <= 1.6 / 0.4 + 1e-9
    assert wide.weights == "perturbed(60%)"


@given(st.integers(0, 2**32 - 1), st.sampled_from([Perturbed(0.3), Bounded(0.3), Simplex()]))
def test_the_most_is_that_of_a_linear_program(seed: int, admissible: Admissible) -> None:
    """Proofs come from one sort a group; a solver that sees all walls at once agrees."""
    result = built(NESTED, np.random.default_rng(seed).uniform(0, 10, (3, 5)).tolist())
    question = Question(result, admissible, (1, 2, 3), result.plan.root, "headline")
    arena = arena_of(question, np.arange(2))
    difference, space = np.subtract(*arena.merits()), arena.space()
    extras = np.zeros(space.extras)
    found = linprog(
        np.r_[-difference, extras],
        A_ub=space.walls,
        b_ub=np.zeros(len(space.walls)),
        A_eq=np.r_[np.ones(len(difference)), extras][None],
        b_eq=[1],
    )
    assert arena.highest(difference) == pytest.approx(-found.fun, abs=1e-8)


def test_a_node_below_has_a_question_of_its_own() -> None:
    result = built(NESTED, [[1, 9, 5, 5, 5], [9, 0, 5, 4, 5]])
    found = overtake(result, "u1", "u0", node="left")

    assert found.node == "left"
    assert found.codes == ("a", "b")
    assert found.fewest.points == pytest.approx(0.5 / 17)
    assert confirm(result, found, result.plan.node("left")) == 4


def test_a_single_indicator_has_no_weights_to_move() -> None:
    result = built(tree(leaf("a")), [[4], [1]])

    with pytest.raises(MethodError, match="No weights below whole can move"):
        overtake(result, "u1", "u0")


def test_of_a_panel_one_period_is_looked_at() -> None:
    cells = {("x", "1"): [4, 1], ("y", "1"): [0, 3], ("x", "2"): [0, 3], ("y", "2"): [9, 1]}
    definition = panels.defined(
        panels.indicator("a"), panels.indicator("b"), normalisation=NoNormalisation()
    )
    result = build(definition, panels.panel_of(cells, ("a", "b")))
    last, first = overtake(result, "x", "y"), overtake(result, "x", "y", period="1")

    assert (last.period, last.lower.code, last.gain) == ("2", "x", pytest.approx(-3.5))
    assert (first.period, first.lower.code, first.gain) == ("1", "y", pytest.approx(-1))
    assert first.swapped
    assert confirm(result, first) == confirm(result, last) == 4


def test_who_has_no_rank_is_named() -> None:
    result = built(THREE, [[4, 1, 0], [0, 0, 2], [NAN, NAN, NAN]])

    with pytest.raises(UnitError, match="u2 has no rank"):
        overtake(result, "u2", "u0")
    with pytest.raises(DataError, match="itself"):
        overtake(result, "u0", "u0")
    with pytest.raises(KeyError):
        overtake(result, "nobody", "u0")


def test_frames_say_it_all() -> None:
    found = overtake(built(NESTED, [[1, 9, 5, 5, 5], [9, 0, 5, 4, 5]]), "u1", "u0", levels=(1, 2))

    assert list(found.frame().index) == list(found.codes)
    assert found.frame()["before"].sum() == pytest.approx(1)
    assert set(found.singles_frame().index) == {"left", "right", "a", "b", "c", "deep"}
    assert set(found.within_frame()["kind"]) == {"group"}
    assert replace(found, swapped=True).swapped


@pytest.mark.shared
@pytest.mark.usefixtures("shared")
def test_russia_and_brazil_in_the_global_ai_index_of_2021() -> None:
    """Points go to the operating environment, from the strategy of the government first."""
    result = build(*gaii())
    found = overtake(result, "BRA", "RUS")
    first = dict(zip(found.codes, found.before, strict=True))
    tie = dict(zip(found.codes, found.fewest.tie, strict=True))
    brought = 19.97 + 22.68  # by a point from the strategy, on the publisher's scores
    rest = (-found.gain - first["government_strategy"] * brought) / (19.97 + 14.41)

    assert (found.lower.rank, found.higher.rank) == (39, 32)
    assert tie["government_strategy"] == 0
    assert first["development"] - tie["development"] == pytest.approx(rest)
    assert found.fewest.points == pytest.approx(first["government_strategy"] + rest)
    assert confirm(result, found) == 5


@pytest.mark.shared
@pytest.mark.usefixtures("shared")
def test_russia_can_not_leave_its_reach() -> None:
    """Its best rank within 25% is 32: nobody above can be passed, who is not tied."""
    result = build(*gaii())
    above = [unit for row, unit in enumerate(result.units) if 0 < result.rank()[row] < 32]
    found = [overtake(result, "RUS", unit, weights=Perturbed(0.25)) for unit in above]

    assert not any(one.possible for one in found)
    assert all(one.fewest.highest < 0 for one in found)
