"""Which data a unit lacks, and which were imputed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rankscope.pipeline.result import Result


def gaps_below(
    result: Result, node: int, kind: Literal["missing", "imputed"]
) -> list[tuple[str, ...]]:
    """Return the codes of the indicators below a node that each unit lacks or has imputed."""
    import numpy as np

    wanted = {one.code for one in result.plan.nodes[node].spec.indicators()}
    imputed = result.leaves.imputed
    unobserved = np.isnan(result.leaves.record("denomination").matrix)
    mask = imputed if kind == "imputed" else unobserved & ~imputed
    codes = [leaf.spec.code for leaf in result.plan.leaves]
    return [
        tuple(dict.fromkeys(codes[at] for at in row.nonzero()[0] if codes[at] in wanted))
        for row in mask
    ]
