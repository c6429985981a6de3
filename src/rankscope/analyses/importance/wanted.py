"""The weights that would give a wanted importance, or what stands against it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.importance.parts import parts_of
from rankscope.analyses.importance.solver import findings_of, solve
from rankscope.analyses.importance.targets import Wanted, check_measure, targets
from rankscope.analyses.importance.trial import Measure, trial_of
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.analyses.importance.solutions import Solution
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Vector

EXACT = 1e-9
"""Importance that differs by less from what is wanted, as confirmed by the engine, is reached."""


class Verdict(StrEnum):
    """What became of a wish."""

    EXACT = "exact"
    IMPOSSIBLE = "impossible"
    NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class WantedWeights:
    """Weights of the children of a node for a wanted importance; all vectors are (children,).

    ``wanted`` are shares of importance, ``now`` those with the weights as they are
    (``nominal``), ``attained`` those with ``weights``, as `evaluate` confirms.  ``distance`` is
    the largest difference between wanted and attained.  Where the verdict is *impossible*,
    ``reason`` has the proof, ``needed`` are the only weights that would do where one of them
    is negative, else NaN, and ``weights`` are the nearest that were found; NaN where there
    are none.  A negative correlation has a negative share.  Weights keep their sum.
    """

    node: str
    name: str
    view: str
    period: str | None
    measure: Measure
    codes: tuple[str, ...]
    names: tuple[str, ...]
    wanted: Vector
    nominal: Vector
    now: Vector
    weights: Vector
    attained: Vector
    needed: Vector
    verdict: Verdict
    distance: float
    reason: str
    seed: int
    findings: tuple[Finding, ...]

    def frame(self) -> pd.DataFrame:
        """Return a data frame with a row for each child, by its code; missing is NaN."""
        import pandas as pd

        columns = {
            "name": self.names,
            "nominal_weight": self.nominal,
            "importance_now": self.now,
            "wanted_importance": self.wanted,
            "weight": self.weights,
            "attained_importance": self.attained,
            "needed_weight": self.needed,
        }
        return pd.DataFrame(columns, index=pd.Index(self.codes, name="code"))


def weights_for(
    result: Result,
    wanted: Wanted | None = None,
    *,
    node: str | None = None,
    measure: Measure = "covariance_share",
    view: str = HEADLINE,
    period: str | None = None,
    seed: int = 0,
) -> WantedWeights:
    """Return the weights of a node's children by which each is as important as wanted.

    ``wanted`` gives a number for each child that counts, by its code, in proportion to each
    other; "nominal" takes the weights as they are, "equal" the same for all.  Unless told,
    covariance shares and correlation ratios are to be as the weights, and squared
    correlations equal.  Children of weight 0 stay at 0 (conventions §4.3).

    For an arithmetic mean without gaps the answer is exact: covariance shares are reached by
    one vector of weights, and correlations by one whose weights may be negative, which proves
    that none is possible.  Elsewhere a search tells how near it came; that it has not found
    any is no proof.

    >>> from rankscope.catalogue import open_index
    >>> found = weights_for(open_index("ai-capacity").build())
    >>> found.verdict.value, found.distance < 1e-9
    ('exact', True)

    Raises
    ------
    MethodError
        When there is no such node, view or measure, or ``wanted`` does not fit the children.
    DataError
        When there is no such period.
    """
    check_measure(measure)
    parts = parts_of(result, node, view=view, period=period)
    target = targets(parts, wanted, measure)
    trial = trial_of(parts, measure)
    solution = solve(trial, target, seed)
    nowhere = np.full(len(target), np.nan)
    attained = nowhere if solution.weights is None else trial.confirmed(solution.weights)
    distance = float(np.abs(attained - target).max())
    verdict = Verdict.IMPOSSIBLE if solution.impossible else Verdict.NOT_FOUND
    if distance < EXACT:
        verdict = Verdict.EXACT
    return WantedWeights(
        node=parts.plan.nodes[parts.node].code,
        name=parts.name,
        view=view,
        period=parts.period,
        measure=measure,
        codes=tuple(one.code for one in parts.nodes),
        names=tuple(one.name for one in parts.nodes),
        wanted=target,
        nominal=parts.nominal,
        now=trial.confirmed(parts.nominal),
        weights=nowhere if solution.weights is None else solution.weights * parts.nominal.sum(),
        attained=attained,
        needed=nowhere if solution.needed is None else solution.needed,
        verdict=verdict,
        distance=distance,
        reason=_reason(parts.name, solution, verdict, distance),
        seed=seed,
        findings=findings_of(trial),
    )


def _reason(name: str, solution: Solution, verdict: Verdict, distance: float) -> str:
    """Say what became of the wish, and why."""
    wish = f"each part of {name} the importance that is wanted"
    if verdict is Verdict.EXACT:
        others = " No other weights do." if solution.only else ""
        return f"These weights give {wish}, to {max(distance, 1e-16):.0e} as confirmed.{others}"
    points = f"{100 * distance:.2g} percentage points"
    missed = "" if np.isnan(distance) else f"miss it by up to {points}"
    if verdict is Verdict.IMPOSSIBLE:
        near = f" The weights shown {missed}." if missed else ""
        return f"No weights from 0 up give {wish}: {solution.impossible}.{near}"
    near = f"; the nearest {missed}" if missed else ""
    return f"No weights were found that give {wish}{near}. This is no proof that there are none."
