"""What must be known of a design before a number that it gives is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.analyses.uncertainty.factors import TABLES, chosen
from rankscope.findings import note, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.analyses.uncertainty.design import Design
    from rankscope.analyses.uncertainty.factors import Factor
    from rankscope.findings import Finding
    from rankscope.pipeline.plan import Plan

ENOUGH_GAPS = 20
"""How many tables are asked for where gaps are filled by draws (conventions §7.6)."""

ENOUGH_ERRORS = 100
"""How many tables tell the ends of an interval where values have errors: five beyond each."""


def findings_of(design: Design) -> tuple[Finding, ...]:
    """Return the findings about a design."""
    return (*_nothing(design), *_scales(design), *_tables(design), *_without_draws(design))


def _nothing(design: Design) -> Iterator[Finding]:
    varied = any(len(factor.options) > 1 for factor in design.factors)
    if not varied and not design.varies_weights():
        yield note(
            "draws-nothing-varies",
            "assumptions",
            "Nothing varies, so that every draw gives the same ranks.",
            "Name in `assumptions` what could be otherwise, such as `weights: perturbed`.",
        )


def _scales(design: Design) -> Iterator[Finding]:
    """Say when combinations of methods give scores that do not compare."""
    spans = _spans(design)
    known = bool(np.isfinite(spans).all())
    if len(spans) > 1 and not (known and np.ptp(spans, axis=0).max() <= 1e-9):
        words = sorted({f"{low:g} to {high:g}" for low, high in spans if np.isfinite(low + high)})
        ends = f" ({join_words(words, 'and')})" if len(words) > 1 else ""
        yield note(
            "draws-scales-differ",
            "assumptions",
            f"The choices of methods put scores on different scales{ends}.",
            "Compare ranks, not scores: those of one draw do not stand on the scale of the next.",
        )


def _spans(design: Design) -> np.ndarray:
    """Return the ends of the scores of each kind of method, (kinds, 2).

    Where a scale has no ends, two normalisations count as two scales.
    """
    factors = [one for one in design.factors if any(option.methods for option in one.options)]
    places = np.ndindex(*(len(factor.options) for factor in factors))
    found: dict[object, tuple[float, float]] = {}
    for place in places:
        methods, _ = chosen([one.options[at] for one, at in zip(factors, place, strict=True)])
        table = 0 if any(factor.name == TABLES for factor in design.factors) else None
        span = design.realise(methods, table).span
        scale = tuple(pair for pair in methods if pair[0] == "normalisation")
        ends = span if np.isfinite(span).all() else (np.inf, np.inf)
        found[(ends, scale if ends[0] == np.inf else ())] = ends
    return np.array(list(found.values())).reshape(-1, 2)


def _tables(design: Design) -> Iterator[Finding]:
    """Say when the tables that are drawn are few."""
    assumed = design.assumptions
    count = _count(design.factors)
    enough = ENOUGH_ERRORS if assumed.errors else ENOUGH_GAPS
    if 0 < count < enough:
        why = "errors of the data" if assumed.errors else "gaps that are filled by draws"
        yield note(
            "draws-few-tables",
            "assumptions",
            f"{count} drawn tables are few to tell from them what {why} do to the ends of an "
            "interval: more draws do not make up for it.",
            f"Say `tables: {enough}` or more.",
        )


def _count(factors: tuple[Factor, ...]) -> int:
    return sum(len(factor.options) for factor in factors if factor.name == TABLES)


def _without_draws(design: Design) -> Iterator[Finding]:
    """Say when gaps are to be filled by draws, and no imputation can draw."""
    assumed, plan = design.assumptions, design.whole.plan
    if not assumed.multiple_imputation or not _has_gaps(design, plan):
        return
    methods = [*assumed.imputation] or [leaf.imputation for leaf in plan.leaves]
    if not any(method.knows_distribution() for method in methods):
        names = join_words(sorted({method.name for method in methods}), "and")
        yield warning(
            "imputation-without-draws",
            "assumptions",
            f"{names} fills a gap with the same number each time: nothing varies.",
            "Take regression, iterative, nearest_neighbours or another that can draw.",
        )


def _has_gaps(design: Design, plan: Plan) -> bool:
    columns = [leaf.column for leaf in plan.leaves]
    return bool(np.isnan(plan.table.values[design.whole.leaves.ranked][:, columns]).any())
