"""What it would take Russia in the packaged index, and how sure that is."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
import pytest

from rankscope.analyses.goal import goal_seek
from rankscope.analyses.goal.engine import Engine
from rankscope.analyses.goal.room import room_of
from rankscope.analyses.scenario.after import result_after
from rankscope.analyses.scenario.play import play
from rankscope.analyses.scenario.sampled import middle_sizes
from rankscope.catalogue import open_index
from rankscope.definition.model import Scenario
from tests.analyses.goal.cases import check_reached

if TYPE_CHECKING:
    from rankscope.pipeline.result import Result


@pytest.fixture(scope="module")
def result() -> Result:
    """Return the packaged index."""
    return open_index("ai-capacity").build()


@pytest.mark.parametrize("rank", [31, 20, 10, 1])
def test_two_sided_indicators_have_a_bound_close_by(result: Result, rank: int) -> None:
    goal = goal_seek(result, "RUS", rank=rank)

    check_reached(goal)
    assert goal.rank_reached == rank
    assert goal.exactness == "bounded"
    assert 0 <= goal.excess < 0.005
    assert goal.score_reached == pytest.approx(goal.score_needed, rel=1e-5)
    points = sum(one.points for one in goal.needs)
    assert points == pytest.approx(goal.score_reached - goal.score_before)
    assert goal.shares["ai_convention"] in (0.0, 1.0)


def test_more_effort_for_a_better_rank_and_less_where_more_may_change(result: Result) -> None:
    efforts = [goal_seek(result, "RUS", rank=rank).effort for rank in (45, 31)]
    only = goal_seek(result, "RUS", rank=45, nodes=["development", "commercial"])

    assert efforts == sorted(efforts)
    check_reached(only)
    assert only.effort > efforts[0]


def test_the_same_shares_as_acts_towards_the_best(result: Result) -> None:
    """The act `towards` with the same shares, on its own default scale, gives the same score."""
    goal = goal_seek(result, "RUS", rank=31)
    acts = [
        {"act": "towards", "best": True, "by": one.share, "nodes": [one.code]}
        for one in goal.needs
        if one.share > 0
    ]
    trial = {"name": "trial", "units": ["RUS"], "changes": acts}
    scenario = Scenario.model_validate(trial)
    after = result_after(result, play(result, scenario, middle_sizes(scenario)))
    row = after.units.index("RUS")

    assert after.rank()[row] == 31
    assert after.score()[row] == pytest.approx(goal.score_reached, rel=1e-12)


def test_research_alone_does_not_lead_to_the_top(result: Result) -> None:
    goal = goal_seek(result, "RUS", rank=10, nodes=["research"])

    assert not goal.reachable
    assert goal.score_at_best < goal.score_needed
    assert goal.proof.startswith("Even with the best observed value in all 3 indicators")
    assert goal.rank_reached > 10
    assert all(share == 1 for share in goal.shares.values())


def test_random_shares_of_less_effort_never_reach_it(result: Result) -> None:
    goal = goal_seek(result, "RUS", rank=31)
    random = np.random.default_rng(0)
    shares = np.array(list(goal.shares.values()))
    row = result.units.index("RUS")
    engine = Engine(result, "headline", room_of(result, row, "headline", 1.0, (), {}))
    tries = np.clip(shares * random.uniform(0.5, 1.5, (200, len(shares))), 0, 1)
    tries = np.vstack([tries, random.random((200, len(shares))) * (shares > 0)])
    efforts = (tries**2).sum(axis=1, keepdims=True)
    tries = np.clip(tries * np.sqrt(0.995 * goal.bound / efforts), 0, 1)

    assert (engine.scores(engine.values(tries)) < goal.score_needed).all()
    assert engine.scores(engine.values(shares[None]))[0] >= goal.score_needed * (1 - 1e-9)


@pytest.mark.slow
def test_it_takes_less_than_two_seconds(result: Result) -> None:
    goal_seek(result, "RUS", rank=51)
    times = []
    for rank in (31, 20):
        start = perf_counter()
        goal_seek(result, "RUS", rank=rank)
        times.append(perf_counter() - start)
    assert min(times) < 2
