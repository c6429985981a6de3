"""How far a variant agrees with the published index, and who gains and loses by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.rank_agreement import rank_agreement, rank_shifts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.rank_agreement import RankAgreement
    from rankscope.shapes import Mask, Whole

MOVES = (3, 5, 10)
"""Moves by more places than these are counted."""

TOP = 10
"""How many leaders there are whose coming and going is told."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a variant agrees with the published index.

    Shifts are counted among the units that both rank.  ``moved`` holds the shares of these
    that move by more than 3, 5 and 10 places; ``furthest`` are those that move most.
    ``entered`` and ``left`` are the units that join and leave the first ten places as each
    ranking has them, whoever else is ranked.  Units are codes.
    """

    name: str
    title: str
    ranks: RankAgreement
    moved: tuple[float, ...]
    furthest: tuple[str, ...]
    entered: tuple[str, ...]
    left: tuple[str, ...]
    only_published: tuple[str, ...]
    only_variant: tuple[str, ...]


def agreement_of(
    label: tuple[str, str],
    units: Sequence[str],
    published: Whole,
    own: Whole,
    *,
    ties: str = "best",
    groups: Whole | None = None,
) -> Agreement:
    """Return the agreement of a variant, ``label`` its name and title.

    Ranks and the groups that they are within are of shape (rows,).
    """

    def those(which: Mask) -> tuple[str, ...]:
        return tuple(units[row] for row in np.flatnonzero(which).tolist())

    moves = np.abs(rank_shifts(published, own, ties=ties, groups=groups))
    ranks = rank_agreement(published, own, ties=ties, groups=groups)
    known = moves[~np.isnan(moves)]
    first, now = ((one > 0) & (one <= TOP) for one in (published, own))
    return Agreement(
        name=label[0],
        title=label[1],
        ranks=ranks,
        moved=tuple(float((known > most).mean()) if known.size else np.nan for most in MOVES),
        furthest=those(moves == ranks.largest_shift) if ranks.largest_shift > 0 else (),
        entered=those(now & ~first),
        left=those(first & ~now),
        only_published=those((published > 0) & (own == 0)),
        only_variant=those((published == 0) & (own > 0)),
    )
