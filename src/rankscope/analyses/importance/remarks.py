"""What must be known of importance before a number is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.analyses.importance.correlations import LEAST, in_shares
from rankscope.analyses.importance.parts import varies
from rankscope.analyses.importance.shapley import MOST_PARTS
from rankscope.findings import note, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.analyses.importance.parts import Parts
    from rankscope.findings import Finding
    from rankscope.shapes import Vector

FEW = 20
"""With fewer units correlations are mostly chance."""

_WHOLE = 1e-9


def remarks(
    parts: Parts, covariance: Vector, ratios: Vector, floors: Vector, shapley: Vector
) -> tuple[Finding, ...]:
    """Return the findings about the importance of parts; all vectors are (parts,)."""
    if len(parts.rows) < LEAST or not varies(parts.whole):
        return (_undefined(parts),)
    return (
        *_few(parts),
        *_by_part(parts, covariance, ratios, floors),
        *_sum(parts, covariance),
        *_no_shapley(parts, shapley),
    )


def _undefined(parts: Parts) -> Finding:
    said = "all units have the same score"
    if len(parts.rows) < LEAST:
        said = f"only {len(parts.rows)} units have a rank"
    return warning(
        "importance-undefined",
        parts.plan.nodes[parts.node].code,
        f"{said}, so that nothing can be said of what drives {parts.name}.",
        "Name another node, view or period.",
    )


def _few(parts: Parts) -> Iterator[Finding]:
    if len(parts.rows) < FEW:
        yield note(
            "importance-few-units",
            parts.plan.nodes[parts.node].code,
            f"only {len(parts.rows)} units have a rank: with fewer than {FEW} much of this is "
            "chance.",
            "Quote no differences that are small.",
        )


def _by_part(parts: Parts, covariance: Vector, ratios: Vector, floors: Vector) -> Iterator[Finding]:
    """Yield parts that tell no units apart, that are silent, and that work against the node."""
    shares = in_shares(covariance)
    for at, one in enumerate(parts.nodes):
        if not parts.counted[at]:
            continue
        if not parts.varies[at]:
            yield warning(
                "importance-silent",
                one.code,
                f"{one.name} has the same score for all units and decides nothing.",
                "Give it another scale, or take it out.",
            )
        elif ratios[at] <= floors[at]:
            yield warning(
                "importance-silent",
                one.code,
                f"{one.name} explains {ratios[at]:.1%} of the differences in {parts.name}, no more "
                f"than numbers handed out by chance would ({floors[at]:.1%}).",
                "Ask what it has to do with the other parts; if it is there for good reasons, show "
                "it apart or give it more weight.",
            )
        if covariance[at] < 0:
            yield warning(
                "importance-negative",
                one.code,
                f"units that are better in {one.name} are worse in {parts.name}: it takes away "
                f"{-shares[at]:.0%} of the differences there instead of adding to them.",
                "Check its polarity, and whether it belongs to what is measured.",
            )


def _sum(parts: Parts, covariance: Vector) -> Iterator[Finding]:
    total = float(np.nansum(covariance))
    if abs(total - 1) > _WHOLE:
        reasons = join_words(parts.not_linear(), "and") or "weights that do not sum to 1"
        yield note(
            "importance-sum",
            parts.plan.nodes[parts.node].code,
            f"covariance shares sum to {total:.3f}, not to 1, because of {reasons}.",
            "Read them in proportion to each other.",
        )


def _no_shapley(parts: Parts, shapley: Vector) -> Iterator[Finding]:
    if not np.isnan(shapley).all():
        return
    count = int(parts.counted.sum())
    said = f"too few units have a score for each of the {count} parts"
    if count > MOST_PARTS:
        said = f"{count} parts are more than the {MOST_PARTS} whose subsets can be gone through"
    yield note(
        "importance-without-shapley",
        parts.plan.nodes[parts.node].code,
        f"{said}, so that there are no Shapley shares.",
        "Ask for the children of a node below.",
    )
