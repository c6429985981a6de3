"""Shares of a change where weights are known only as a set: their ends over draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.analyses.diff.exact_ranges import exact_score_ends
from rankscope.analyses.diff.mixtures import coalitions
from rankscope.analyses.diff.prepared import prepared
from rankscope.analyses.diff.shares import rank_shares, score_shares
from rankscope.analyses.diff.switches import WEIGHTS
from rankscope.analyses.shapley_values import shapley_values
from rankscope.pipeline.blocks import BLOCK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.diff.drawing import Drawing
    from rankscope.analyses.diff.mixtures import Blocks, Mixtures
    from rankscope.analyses.diff.result import Player
    from rankscope.analyses.diff.side import Side
    from rankscope.shapes import Batch

_AT_ONCE = 2**24
"""Scores of units in mixtures that are held at a time."""


class Ranges(NamedTuple):
    """Lowest and highest shares of scores and of ranks, each (units, players, 2).

    ``exact`` says whether those of scores are proved, and not only seen in draws.
    """

    scores: Batch
    ranks: Batch
    exact: bool


def needs_weights(drawing: Drawing, differing: Sequence[Player]) -> bool:
    """Whether weights are a cause though the published ones are the same.

    Other sets, drawn each by itself, give other weights.
    """
    return not drawing.same and all(one.code != WEIGHTS for one in differing)


def share_ranges(
    drawing: Drawing,
    sides: tuple[Side, Side],
    blocks: Blocks,
    units: Sequence[str],
    published: Mixtures,
    view: str,
) -> Ranges:
    """Return the lowest and highest share of scores and of ranks.

    The published weights count as a draw.  Ends are those of the draws and lie inside the
    true ones, but for scores that are linear in the weights: theirs are exact.
    """
    ready = [prepared(sides, taken, units, view) for taken in coalitions(blocks)]
    score, rank = score_shares(published).T, rank_shares(published).T
    ends = [np.stack([one, one]) for one in (score, rank)]
    step = max(1, _AT_ONCE // (len(ready) * max(len(units), 1)))
    for number in range(-(-drawing.draws // BLOCK)):
        groups = drawing.block(number)
        last = min(drawing.draws - number * BLOCK, BLOCK)
        for start in range(0, last, step):
            part = slice(start, min(start + step, last))
            worth = [one.worth(groups, part) for one in ready]
            for end, values in zip(ends, zip(*worth, strict=True), strict=True):
                _widen(end, shapley_values(np.stack(values)))
    exact = exact_score_ends(drawing, ready)
    if exact is not None:  # published weights may stand for a set that rounding cut too close
        ends[0] = np.stack([np.fmin(ends[0][0], exact[0]), np.fmax(ends[0][1], exact[1])])
    scores, ranks = (np.moveaxis(end, (0, 1), (2, 1)) for end in ends)
    return Ranges(scores, ranks, exact is not None)


def _widen(ends: Batch, shares: Batch) -> None:
    """Move ends (2, players, units) out to shares (players, draws, units) beyond them."""
    np.fmin(ends[0], np.fmin.reduce(shares, axis=1), out=ends[0], where=~np.isnan(ends[0]))
    np.fmax(ends[1], np.fmax.reduce(shares, axis=1), out=ends[1], where=~np.isnan(ends[1]))
