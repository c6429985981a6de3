"""Overtaking: the smallest change of weights that puts one unit above another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.overtake.answer import Overtaking
from rankscope.analyses.overtake.findings import arena_findings, change_findings
from rankscope.analyses.overtake.question import Question, arena_of
from rankscope.analyses.overtake.referee import referee_of
from rankscope.analyses.overtake.search import Search
from rankscope.analyses.overtake.standing import measure_of, rows_of_period, standings
from rankscope.methods.admissible.simplex import Simplex
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from rankscope.analyses.overtake.change import Change
    from rankscope.analyses.overtake.referee import Referee
    from rankscope.methods.admissible import Admissible
    from rankscope.pipeline.result import Result

ALL_LEVELS = tuple(range(1, 31))
"""All levels that a tree may have."""


def overtake(  # noqa: PLR0913 - two units, and where they are compared
    result: Result,
    a: str,
    b: str,
    *,
    weights: Admissible | None = None,
    levels: tuple[int, ...] | None = None,
    node: str | None = None,
    view: str = HEADLINE,
    period: str | None = None,
) -> Overtaking:
    """Return the smallest change of weights that puts the lower of two units above the other.

    ``weights`` is the set within which weights may move, by default any that are not
    negative.  ``levels`` (1: the weights of the root's children) by default are those of the
    set: the first for any weights, all levels for other sets; what may happen ``within`` a
    pillar is then looked at on all levels below it.  Weights that are given as 0 stay so.

    Where one of the units misses something its siblings keep their shares, as do weights in
    which the node is not linear; the findings say where.  Every change comes with weights
    just beyond the tie under which the engine has ranked the units, or with the most that
    the lower unit can be ahead: below 0 that proves that there is no such change.

    One weight at a time: Triantaphyllou & Sanchez (1997) Decision Sciences 28(1), 151-194,
    https://doi.org/10.1111/j.1540-5915.1997.tb01306.x

    >>> from rankscope.catalogue import open_index
    >>> found = overtake(open_index("ai-capacity").build(), "BRA", "DEU")
    >>> found.possible or found.fewest.highest <= 0
    True

    Raises
    ------
    KeyError
        When no unit or node has one of the codes, or the index has no such view.
    DataError
        When a unit has no rank, both are one, or they are not ranked together.
    MethodError
        When the scores are not linear in any of the weights.
    """
    top = result.plan.root if node is None else result.plan.node(node)
    chosen = Simplex() if weights is None else weights
    rows, moment = rows_of_period(result, period)
    lower, higher = standings(result, (a, b), rows, top, view)
    question = Question(result, chosen, levels or (), top, view)
    inside = replace(question, levels=ALL_LEVELS) if levels is None else question
    referee = referee_of(question, (lower.row, higher.row))
    search = _search(question, referee)
    inner = search if inside is question else _search(inside, referee)
    fewest, nearest = search.fewest(), search.nearest()
    singles = tuple(one for group in search.arena.groups for one in search.singles(group))
    within = _within(inner, top=inner is search)
    changes = [fewest, nearest, *(one.change for one in singles), *within]
    return Overtaking(
        lower=lower,
        higher=higher,
        swapped=lower.code == b,
        of=int((result.rank(top, view)[rows] > 0).sum()),
        node=result.plan.nodes[top].code,
        view=view,
        period=moment,
        weights=chosen.label(),
        levels=search.arena.levels,
        codes=fewest.codes,
        names=fewest.names,
        before=search.arena.start,
        difference=search.difference,
        gain=search.gain,
        measure=measure_of(search.arena.region.chart),
        fewest=fewest,
        nearest=nearest,
        singles=singles,
        within=within,
        findings=(*arena_findings([inner.arena]), *change_findings(changes)),
    )


def _search(question: Question, referee: Referee) -> Search:
    """Return the search over the weights that a question lets move."""
    arena = arena_of(question, np.array(referee.rows))
    lower, higher = arena.merits()
    return Search(arena, referee, lower - higher)


def _within(search: Search, *, top: bool) -> tuple[Change, ...]:
    """Return what weights below one node alone can do: siblings, and whole pillars.

    With ``top`` the weights right below the top count too, where others may move as well.
    """
    arena = search.arena
    moving = arena.groups
    groups = [one for one in moving if one.parent != 0 or (top and len(moving) > 1)]
    found = [search.group(group) for group in groups]
    pillars = [place for place, parent in enumerate(arena.region.parents) if parent == 0]
    found += [
        search.subtree(place)
        for place in pillars
        if sum(arena.under(group.parent, place) for group in moving) > 1
    ]
    return tuple(sorted(found, key=lambda one: (np.isnan(one.points), one.points)))
