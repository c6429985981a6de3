"""How firm the order of neighbours is: what must change until two of them tie."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.analyses.overtake.fewest_points import (
    fewest_points,
    fewest_points_of_pairs,
    points_moved,
)
from rankscope.analyses.overtake.findings import arena_findings
from rankscope.analyses.overtake.question import Question, arena_of
from rankscope.analyses.overtake.standing import rows_of_period
from rankscope.methods.admissible.simplex import Simplex
from rankscope.pipeline.plan import HEADLINE
from rankscope.pipeline.ranks import ranking_of

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.analyses.overtake.arena import Arena
    from rankscope.findings import Finding
    from rankscope.methods.admissible import Admissible
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Matrix, Vector, Whole

_LEVEL = 1e-9
"""A difference that is this small a part of the widest one is none (conventions §3)."""


@dataclass(frozen=True, slots=True)
class RobustnessRadius:
    """How far weights must move until neighbours in the ranking tie: two numbers, two names.

    All are of shape (pairs,): ``higher`` and ``lower`` are codes, with names and ranks.
    ``points_moved`` is the least weight that must move, as a share of all weight; NaN where no
    weights of the set bring the two level.  ``share_of_arbitrary_mix`` is the share of the
    given weights that an arbitrary mix of the set may replace before the two can tie; 1
    where they never do.  ``held`` are the nodes of each pair below which weights keep still
    because one of the two has a gap there.
    """

    higher: tuple[str, ...]
    higher_names: tuple[str, ...]
    higher_ranks: tuple[int, ...]
    lower: tuple[str, ...]
    lower_names: tuple[str, ...]
    lower_ranks: tuple[int, ...]
    points_moved: Vector
    share_of_arbitrary_mix: Vector
    weights: str
    levels: tuple[int, ...]
    period: str | None
    held: tuple[tuple[str, ...], ...]
    findings: tuple[Finding, ...]

    def frame(self) -> pd.DataFrame:
        """Return a data frame, a row a pair of neighbours."""
        import pandas as pd

        return pd.DataFrame(
            {
                "rank": self.higher_ranks,
                "higher": self.higher,
                "higher_name": self.higher_names,
                "lower": self.lower,
                "lower_name": self.lower_names,
                "points_moved": self.points_moved,
                "share_of_arbitrary_mix": self.share_of_arbitrary_mix,
                "held": [", ".join(codes) for codes in self.held],
            }
        )


def robustness_radius(
    result: Result,
    *,
    weights: Admissible | None = None,
    levels: tuple[int, ...] | None = None,
    node: str | None = None,
    view: str = HEADLINE,
    period: str | None = None,
) -> RobustnessRadius:
    r"""Return for each two neighbours in the ranking how far weights must move until they tie.

    ``weights`` and ``levels`` are as in `overtake`.  The share of an arbitrary mix is
    :math:`A / (A - B)`, with A by how much the higher unit is ahead, and B the least it is
    ahead over all weights of the set; 1 where B is not negative.  Foster, McGillivray & Seth
    (2013) Econometric Reviews 32(1), 35-56, https://doi.org/10.1080/07474938.2012.690647

    Raises
    ------
    KeyError
        When the index has no such node or view.
    DataError
        When there is no such period.
    MethodError
        When the scores are not linear in any of the weights.
    """
    top = result.plan.root if node is None else result.plan.node(node)
    chosen = Simplex() if weights is None else weights
    rows, moment = rows_of_period(result, period)
    question = Question(result, chosen, levels or (), top, view)
    pairs = _neighbours(question, rows)
    radii = np.full((len(pairs), 2), np.nan)
    held: list[tuple[int, ...]] = [()] * len(pairs)
    arenas = _arenas(question, pairs)
    for places, arena in arenas:
        radii[places] = _radii(arena, pairs[places])
        for place in places.tolist():
            held[place] = arena.region.held
    names, ranks = result.names, result.rank(top, view)
    one, other = pairs[:, 0].tolist(), pairs[:, 1].tolist()
    return RobustnessRadius(
        higher=tuple(result.units[row] for row in one),
        higher_names=tuple(names[row] for row in one),
        higher_ranks=tuple(int(ranks[row]) for row in one),
        lower=tuple(result.units[row] for row in other),
        lower_names=tuple(names[row] for row in other),
        lower_ranks=tuple(int(ranks[row]) for row in other),
        points_moved=radii[:, 0],
        share_of_arbitrary_mix=radii[:, 1],
        weights=chosen.label(),
        levels=tuple(sorted({level for _, arena in arenas for level in arena.levels})),
        period=moment,
        held=tuple(tuple(result.plan.nodes[number].code for number in own) for own in held),
        findings=tuple(arena_findings([arena for _, arena in arenas])),
    )


def _neighbours(question: Question, rows: Whole) -> Whole:
    """Return the rows of each two neighbours in the ranking, the higher first, (pairs, 2)."""
    result = question.result
    ranks = result.rank(question.node, question.view)
    rivals = ranking_of(result.plan, question.view).rivals or (rows,)
    pairs = []
    for together in rivals:
        own = np.intersect1d(together, rows[ranks[rows] > 0])
        order = own[np.argsort(ranks[own], kind="stable")]
        pairs.append(np.column_stack([order[:-1], order[1:]]))
    return np.concatenate([np.empty((0, 2), dtype=np.int64), *pairs])


class _Some(NamedTuple):
    places: Whole
    arena: Arena


def _arenas(question: Question, pairs: Whole) -> list[_Some]:
    """Return pairs with the weights that may move between them: alike for those without gaps."""
    plan, present = question.result.plan, question.result.leaves.present
    nodes = list(plan.subtree(question.node))
    edges = [number for number in nodes if number != plan.root]
    there = present[:, nodes], plan.factor(edges)
    alike: dict[bytes, list[int]] = defaultdict(list)
    for place, pair in enumerate(pairs):
        alike[b"".join(part[pair].tobytes() for part in there)].append(place)
    return [
        _Some(np.array(places), arena_of(question, np.unique(pairs[places])))
        for places in alike.values()
    ]


def _radii(arena: Arena, pairs: Whole) -> Matrix:
    """Return points moved and the share of an arbitrary mix, (pairs, 2), of rows (pairs, 2)."""
    merits, rows = arena.merits(), np.asarray(arena.region.rows)
    higher, lower = (np.searchsorted(rows, one) for one in pairs.T)
    differences = merits[lower] - merits[higher]
    space = arena.space()
    gains = differences @ space.start
    best = np.array([arena.highest(one) for one in differences])
    if space.free:
        moved = fewest_points_of_pairs(differences, space.start)
    else:
        found = [fewest_points(one, space, 0.0) for one in differences]
        moved = np.array(
            [np.nan if one is None else points_moved(space.start, one) for one in found]
        )
    size = np.abs(differences).max(axis=1, initial=0.0)
    tied = gains >= -_LEVEL * size
    ahead, least = -gains, -best
    never = least >= -_LEVEL * size
    apart = np.where(never, 1.0, ahead - least)
    share = np.where(tied, 0.0, np.where(never, 1.0, ahead / apart))
    return np.column_stack([np.where(tied, 0.0, moved), share])
