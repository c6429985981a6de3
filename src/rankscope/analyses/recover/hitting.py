"""The fewest elements that meet every set of a list, by an integer program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.recover.solver import Program, solve

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rankscope.shapes import Whole


def fewest_that_meet(sets: Sequence[Whole], kept: Collection[int] = ()) -> Whole | None:
    """Return the fewest numbers that meet all sets, none of them among ``kept``.

    None where a set has no other members.  The answer is sorted.
    """
    if not sets:
        return np.empty(0, dtype=np.int64)
    members = np.unique(np.concatenate(sets))
    members = members[~np.isin(members, list(kept))]
    rows = np.array([np.isin(members, own) for own in sets], dtype=float)
    if not rows.any(axis=1).all():
        return None
    count = len(members)
    found = solve(
        Program(
            costs=np.ones(count),
            rows=rows,
            row_low=np.ones(len(sets)),
            row_high=np.full(len(sets), np.inf),
            low=np.zeros(count),
            high=np.ones(count),
            whole=True,
        )
    )
    return None if found is None else np.asarray(members[found.point > 0.5])
