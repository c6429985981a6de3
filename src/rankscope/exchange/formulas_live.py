"""What the live workbook is made of: one period and view, and which nodes stay numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.errors import OutputError
from rankscope.exchange.formulas_aggregation import aggregation_formula
from rankscope.exchange.formulas_layout import LONGEST, UNIT_COLUMNS, Layout, layout_of
from rankscope.exchange.formulas_steps import Before, step_formula
from rankscope.pipeline.evaluate import evaluate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rankscope.pipeline.fitting import PlacedStep
    from rankscope.pipeline.plan import Plan
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Mask, Matrix, Vector

MOST_ROWS, MOST_COLUMNS = 1_000_000, 16_000
"""What a sheet holds: 1,048,576 rows and 16,384 columns, less some for heads."""


@dataclass(frozen=True, slots=True)
class Live:
    """A result of one period, seen in one view, and its place in the workbook.

    ``weights`` (edges,) are those of the period and view; ``frozen`` tells for each node
    that no formula can say why its scores are plain numbers.
    """

    result: Result
    view: str
    period: str
    layout: Layout
    weights: Vector
    frozen: Mapping[int, str]

    @property
    def plan(self) -> Plan:
        """Return the compiled index."""
        return self.result.plan

    @property
    def scores(self) -> Matrix:
        """Return the scores of the view, of shape (rows, nodes)."""
        scores: Matrix = self.result.scores[self.plan.views.index(self.view)]
        return scores

    @property
    def rankable(self) -> Mask:
        """Return which rows take part in the ranks, of shape (rows,)."""
        return self.plan.rankable(self.view)

    @property
    def title(self) -> str:
        """Return title, edition, period and view."""
        definition = self.plan.definition
        parts = [f"{definition.title}, edition {definition.edition}"]
        parts += [self.period] if self.period else []
        parts += [self.view] if len(self.plan.views) > 1 else []
        return " · ".join(parts)


def live(result: Result, view: str, period: str | None) -> Live:
    """Prepare what the workbook shows.

    Raises
    ------
    KeyError
        When there is no such view or period.
    OutputError
        When the score of the whole index can not be said as a formula, or the index is
        too large for a sheet.
    """
    one = result.of_period(period)
    plan = one.plan
    if view not in plan.views:
        raise KeyError(view)
    layout = layout_of(plan)
    _fits(layout)
    weights = plan.weights(view)
    frozen = _frozen(one, view, layout)
    _usable(plan, frozen)
    if plan.factors is not None and (plan.factors != plan.factors[:1]).any():
        raise OutputError(
            "A workbook that recalculates has one weight for each node, and here weights differ "
            "between groups of units. Export scores to .csv, .parquet or .json instead."
        )
    if plan.factors is not None and len(plan.factors):
        weights = weights * plan.factors[0]
    named = (period or result.periods[-1]) if result.periods else ""
    return Live(one, view, named, layout, weights, frozen)


def spread_of(step: PlacedStep) -> bool:
    """Whether a step is fitted in several groups, or leaves rows out."""
    strata = step.rows.strata
    return bool((strata != strata[:1]).any() or (strata < 0).any())


def _fits(layout: Layout) -> None:
    columns = max(len(layout.leaves), 4 * len(layout.columns)) + UNIT_COLUMNS
    if layout.rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise OutputError(
            f"A workbook holds up to {MOST_ROWS:,} units and {MOST_COLUMNS:,} columns, got "
            f"{layout.rows:,} and {columns:,}. Export to .csv or .parquet instead."
        )


def _frozen(result: Result, view: str, layout: Layout) -> dict[int, str]:
    """Return the nodes that no formula can say, each with the reason."""
    plan = result.plan
    again = evaluate(plan, result.leaves, plan.weights(view))
    published = result.scores[plan.views.index(view)]
    reasons = {}
    for number, node in enumerate(plan.nodes):
        if not node.children:
            continue
        reason = _method_beyond(plan, number, layout) or _step_beyond(node.steps)
        learning = not all(step.method.row_wise for step in node.steps)
        if not reason and learning and not _same(again[:, number], published[:, number]):
            reason = "its scale is learnt from all periods"
        if reason:
            reasons[number] = reason
    return reasons


def _method_beyond(plan: Plan, number: int, layout: Layout) -> str:
    """Return what no formula can say of how a node's children are combined, or nothing."""
    method = plan.nodes[number].aggregation
    formula = aggregation_formula(method, layout.children(plan, number, home=""))
    if formula is None:
        return f"no formula says {method.name}"
    return "" if len(formula.text) < LONGEST else "its formula would be too long"


def _step_beyond(steps: tuple[PlacedStep, ...]) -> str:
    placed = Before("A#", "A$1:A$9")
    if not all(step.rows.fitting.all() or step.method.row_wise for step in steps):
        return "its scale is learnt from some of the units"
    beyond = [one.method.name for one in steps if step_formula(one.method, placed) is None]
    return f"no formula says the step {join_words(beyond, 'and')}" if beyond else ""


def _same(again: Vector, published: Vector) -> bool:
    """Whether one period by itself gives the scores that it has in the whole panel."""
    return bool(np.allclose(again, published, rtol=1e-9, atol=1e-12, equal_nan=True))


def _usable(plan: Plan, frozen: Mapping[int, str]) -> None:
    if plan.root not in frozen:
        return
    raise OutputError(
        f"{plan.nodes[plan.root].name} can not be a workbook that recalculates: "
        f"{frozen[plan.root]}. Export its scores to .csv, .parquet or .json instead."
    )
