"""What changed since the last edition: every unit's change, handed out among its causes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean, visible
from rankscope.analyses.diff.changes import changes
from rankscope.analyses.diff.drawing import Drawing
from rankscope.analyses.diff.mixtures import Mixtures, build_mixtures, finest_blocks
from rankscope.analyses.diff.pair import Ends, paired
from rankscope.analyses.diff.ranges import needs_weights, share_ranges
from rankscope.analyses.diff.remarks import (
    idle_findings,
    merged_findings,
    same_name_findings,
    unranked_findings,
)
from rankscope.analyses.diff.remarks_on_scores import recovered_findings, scale_findings
from rankscope.analyses.diff.result import Diff, Player
from rankscope.analyses.diff.shares import rank_shares, score_shares
from rankscope.analyses.diff.switches import PLAYERS, WEIGHTS
from rankscope.errors import MethodError
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rankscope.analyses.diff.mixtures import Blocks
    from rankscope.pipeline.result import Result


def diff(  # noqa: PLR0913 - each is a choice of its own, and named
    old: Result,
    new: Result,
    *,
    view: str = HEADLINE,
    old_period: str | None = None,
    new_period: str | None = None,
    renamed: Mapping[str, str] | None = None,
    ranges: int = 0,
    seed: int = 0,
) -> Diff:
    """Hand out each unit's change of score and rank among what changed between two editions.

    The causes are the cells that both editions have, the set of units, the framework with the
    weights of groups whose membership changed, the methods, all other weights, and the
    aggregation.  Every mixture of old and new is built as an index of its own, with all scales
    fitted anew; a cause's share is what it changes on average over all orders in which the
    causes can turn from old to new (Shapley values), so that shares add up without rest.
    What only one edition has brings its only data and specification wherever it takes part.

    Of a panel one period is compared, the last unless told, built from its own rows; ``old``
    and ``new`` may be the same index.  Units, nodes and columns are matched by their codes;
    ``renamed`` maps old codes of nodes and variables to new ones.  ``ranges`` is a number of
    draws of weights from the admissible sets that the definitions assume, independently for
    both editions; an edition that assumes none keeps its published weights.

    Shapley (1953), https://doi.org/10.1515/9781400881970-018; for decompositions of changes
    Shorrocks (2013), Journal of Economic Inequality 11, 99-126,
    https://doi.org/10.1007/s10888-011-9214-z.

    Raises
    ------
    DataError
        When an edition has no such period.
    DefinitionError
        When a renamed code is not there.
    MethodError
        When an edition has no such view, or ``ranges`` are asked for and no weights may vary.
    """
    _check_view(view, old, new)
    pair = paired((old, new), (old_period, new_period), renamed or {})
    differing = changes(pair.old, pair.new)
    drawing = Drawing.of(pair, ranges, seed) if ranges else None
    if drawing and needs_weights(drawing, differing):
        differing = (*differing, Player(WEIGHTS, PLAYERS[WEIGHTS], "not known exactly"))
    codes = [one.code for one in differing]
    ends = pair.ends(codes)
    units = _ranked_in_both(ends, view)
    every = build_mixtures((pair.old, pair.new), ends, codes, units, view)
    blocks, players, idle = _players(every, differing, keep=WEIGHTS if drawing else "")
    mixtures = every.together(blocks)
    found = drawing and share_ranges(drawing, (pair.old, pair.new), blocks, units, mixtures, view)
    first, last = pair.editions(ends, view)
    called = dict(zip(ends[1].units, ends[1].names, strict=True))
    names = tuple(called[unit] for unit in units)
    return Diff(
        old=first,
        new=last,
        view=view,
        players=players,
        units=tuple(units),
        names=names,
        score_before=every.scores[0],
        score_after=every.scores[-1],
        rank_before=every.ranks[0].astype(np.int64),
        rank_after=every.ranks[-1].astype(np.int64),
        score_shares=score_shares(mixtures),
        rank_shares=rank_shares(mixtures),
        score_ranges=found.scores if found else None,
        rank_ranges=found.ranks if found else None,
        **pair.come_and_gone(ends, view)._asdict(),
        findings=(
            *pair.findings(ends, view),
            *merged_findings(finest_blocks(every), every),
            *idle_findings(idle),
            *same_name_findings(pair.old, pair.new),
            *unranked_findings(mixtures, units, names),
            *scale_findings(pair.old, pair.new, players, every.scores[0], every.scores[-1]),
            *recovered_findings(pair, ranged=drawing is not None),
            *(drawing.findings(exact=found.exact) if drawing and found else ()),
        ),
    )


def _check_view(view: str, old: Result, new: Result) -> None:
    for which, result in (("old", old), ("new", new)):
        if view not in result.plan.views:
            hint = did_you_mean(view, result.plan.views)
            raise MethodError(f"The {which} edition has no view {visible(view)!r}. {hint}".rstrip())


def _ranked_in_both(ends: Ends, view: str) -> list[str]:
    """Return the units ranked in both editions, by their new rank."""
    old, new = ends
    ranks = old.rank(view=view)
    before = {unit for unit, rank in zip(old.units, ranks, strict=True) if rank > 0}
    return [new.units[row] for row in new.order(view=view) if new.units[row] in before]


def _players(
    every: Mixtures, differing: Sequence[Player], keep: str
) -> tuple[Blocks, tuple[Player, ...], list[Player]]:
    """Return blocks of players with an effect, these as players, and those without effect.

    What has no effect is left old.
    """
    known = {one.code: one for one in differing}
    blocks = finest_blocks(every)
    mixtures = every.together(blocks)
    players = [_together([known[code] for code in block]) for block in blocks]
    acts = [mixtures.effective(at) or keep in blocks[at] for at in range(len(blocks))]
    return (
        tuple(block for block, does in zip(blocks, acts, strict=True) if does),
        tuple(one for one, does in zip(players, acts, strict=True) if does),
        [one for one, does in zip(players, acts, strict=True) if not does],
    )


def _together(players: Sequence[Player]) -> Player:
    """Return several players as one."""
    first, *others = players
    return Player(
        code="+".join(one.code for one in players),
        name=" with ".join([first.name, *(one.name.lower() for one in others)]),
        words="; ".join(one.words for one in players),
    )
