"""What must be known before an effect is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.findings import note, warning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.analyses.sensitivity.indices import Effects
    from rankscope.analyses.sensitivity.one_at_a_time import Alone
    from rankscope.analyses.uncertainty import Design
    from rankscope.findings import Finding
    from rankscope.shapes import Whole

WIDE = 0.1
"""An interval that reaches further than this from its middle is told."""

RARE = 0.05 * 0.95
"""A whole number of less variance has one value in more than 95 % of draws.

In the ASEM example a 95 % interval of such a rank's effects held the truth for 28 % of 80 seeds.
"""

_NAMED = 8


def findings_of(design: Design, shift: Effects, ranks: Effects) -> Iterator[Finding]:
    """Yield what is noteworthy of effects on the mean shift and on each rank."""
    order = np.array(design.result.order(design.node, design.view), dtype=np.int64)
    variance = ranks.variance[order]
    unranked, constant = order[np.isnan(variance)], order[variance == 0]
    rare = order[(variance > 0) & (variance < RARE)]
    if unranked.size:
        yield warning(
            "sensitivity-unranked",
            "assumptions",
            f"{_units(design, unranked)} no rank in some draws, and no effects.",
            "Look at the choice that takes the rank away: one at a time shows it.",
        )
    if constant.size:
        yield note(
            "sensitivity-constant",
            "assumptions",
            f"{_units(design, constant)} the same rank in all draws: there is nothing to explain.",
        )
    if rare.size:
        yield note(
            "sensitivity-rare",
            "assumptions",
            f"{_units(design, rare)} the same rank in more than 95 % of draws: the intervals of "
            "their effects are too narrow.",
            "What moves a rank so seldom matters little; more points show it better.",
        )
    reach = shift.total_interval()[1] - shift.total, shift.first_interval()[1] - shift.first
    widest = float(np.nan_to_num(np.stack(reach)).max(initial=0.0))
    if widest > WIDE:
        yield warning(
            "sensitivity-wide",
            "points",
            f"Shares of the mean shift are known only to within {100 * widest:.0f} percentage "
            f"points at {shift.points:,} points.",
            "Take more points, such as four times as many for half the interval.",
        )


def alone_findings(alone: Sequence[Alone]) -> Iterator[Finding]:
    """Yield which options can not be tried alone."""
    refused = [one for one in alone if one.refused]
    if refused:
        named = join_words([f"{one.option} ({one.title})" for one in refused], "and")
        yield note(
            "sensitivity-not-alone",
            "assumptions",
            f"{named} can not be combined with the other methods as published, and "
            f"{'is' if len(refused) == 1 else 'are'} not tried alone.",
            f"The effects of all together count it where it can be. The reason: "
            f"{refused[0].refused}",
        )


def interrupted(asked: int, done: int) -> Iterator[Finding]:
    """Yield that the work was interrupted, if it was."""
    if done < asked:
        yield note(
            "draws-interrupted",
            "draws",
            f"The work was interrupted after {done:,} of {asked:,} scramblings.",
            "What is shown comes from those; run it again for all.",
        )


def _units(design: Design, rows: Whole) -> str:
    """Name units with the verb that follows: ``A and B have``, ``A has``."""
    names = [design.result.names[row] for row in rows[:_NAMED]]
    if len(rows) > _NAMED:
        names.append(f"{len(rows) - _NAMED} more")
    return f"{join_words(names, 'and')} {'has' if len(rows) == 1 else 'have'}"
