"""What must be known of the draws of a design before a number from them is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.findings import note, warning
from rankscope.methods.references import HIT_AND_RUN, WEIGHTS_BY_HIT_AND_RUN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.analyses.uncertainty.design import Design
    from rankscope.analyses.uncertainty.rank_draws import RankDraws
    from rankscope.findings import Finding

FEW = 400
"""Fewer independent draws than this leave fewer than twenty beyond each end of 90 %."""

_NAMED = 5


def findings_of(
    design: Design, ranks: RankDraws, counts: tuple[int, int, float]
) -> tuple[Finding, ...]:
    """Return the findings about draws: how many were asked for, computed, and worth."""
    asked, done, effective = counts
    return (
        *_interrupted(asked, done),
        *_few(design, done, effective),
        *_chained(design, done, effective),
        *_unranked(design, ranks),
    )


def _interrupted(asked: int, done: int) -> Iterator[Finding]:
    if done < asked:
        yield note(
            "draws-interrupted",
            "draws",
            f"The work was interrupted after {done:,} of {asked:,} draws.",
            "What is shown comes from those draws; run it again for all.",
        )


def _few(design: Design, done: int, effective: float) -> Iterator[Finding]:
    """Say when the draws are few, or worth few because each depends on the one before."""
    if design.varies_weights() and effective < FEW:
        worth = "" if effective > 0.9 * done else f", worth {effective:,.0f} independent ones,"
        yield warning(
            "draws-few",
            "draws",
            f"{done:,} draws{worth} are few to tell the ends of an interval.",
            f"Take at least {int(np.ceil(FEW * done / max(effective, 1.0))):,}.",
        )


def _chained(design: Design, done: int, effective: float) -> Iterator[Finding]:
    """Say how many independent draws those of a hit-and-run sampler are worth."""
    varied = design.published.varied
    if varied.groups and varied.admissible.citation in (HIT_AND_RUN, WEIGHTS_BY_HIT_AND_RUN):
        yield note(
            "draws-effective",
            "draws",
            f"{varied.admissible.label()} is drawn by hit-and-run: {done:,} draws of weights are "
            f"worth about {effective:,.0f} independent ones.",
        )


def _unranked(design: Design, ranks: RankDraws) -> Iterator[Finding]:
    """Say which units have a rank as published, and none in some draws, or the other way round."""
    published = design.result.rank(design.node, design.view)
    for rows, words in (
        (np.flatnonzero((published > 0) & (ranks.ranked < 1)), "no rank in some draws"),
        (np.flatnonzero((published == 0) & (ranks.ranked > 0)), "a rank in some draws only"),
    ):
        if rows.size:
            names = [design.result.names[row] for row in rows[:_NAMED]]
            more = f" and {rows.size - _NAMED:,} more" if rows.size > _NAMED else ""
            yield note(
                "draws-unranked",
                "units",
                f"{', '.join(names)}{more}: {words}.",
                "Their ranks are told from the draws in which they have one; how many, the "
                "column `ranked` says.",
            )
