"""Who has enough data for a score, as formulas: the rule of presence (conventions §1)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rankscope._workbook import letters
from rankscope.exchange.formulas_aggregation import number
from rankscope.exchange.formulas_layout import LONGEST, NORMALISED, PRESENT, UNIT_COLUMNS, Formula
from rankscope.exchange.formulas_scores import fill, fill_numbers, head, unit_sheet
from rankscope.exchange.formulas_style import HEAD, LOWER_HEAD, numbers

if TYPE_CHECKING:
    from openpyxl import Workbook

    from rankscope.exchange.formulas_live import Live
    from rankscope.pipeline.plan import PlanNode
    from rankscope.shapes import Vector


SLACK = 1e-12
"""What presence allows for rounding, as `rankscope.pipeline.presence` does."""


def add_present(book: Workbook, live: Live) -> None:
    """Add who has enough data for a score: 1 or 0, judged on the weights as exported."""
    sheet = unit_sheet(book, PRESENT, live, "")
    for node in live.layout.columns:
        column, spec = live.layout.column(node), live.plan.nodes[node]
        head(sheet, column, spec.name, spec.code, None, HEAD if spec.children else LOWER_HEAD)
        rule = _presence(live, node)
        if rule is None:
            there = live.result.leaves.present[:, node].astype(float)
            fill_numbers(sheet, column, there, numbers("0", quiet=True))
        else:
            fill(sheet, live, column, Formula(rule), numbers("0", quiet=True))


def _presence(live: Live, node: int) -> str | None:
    """Return the rule by which a node is present; None where it is written as 0 and 1."""
    layout, plan, spec = live.layout, live.plan, live.plan.nodes[node]
    if not spec.children:
        return f"--ISNUMBER({NORMALISED}!{layout.leaf_column(node)}#)"
    if any(step.method.fills for step in spec.steps) or _of_its_own(live, spec):
        return None
    children = layout.children(plan, node, home=PRESENT)
    if spec.min_available.by == "indicators":
        return _enough_indicators(live, node)
    weights = _given(live, spec)
    if spec.min_available.by == "count":
        weights = (weights > 0).astype(float)
    total = float(weights.sum())
    if len(set(weights.tolist())) == 1 and total > 0:
        least = _least(spec.min_available.at_least, len(weights))
        return f"--({_how_many(children.presence, children.values, children.there)}>={least})"
    row = ",".join(number(one) for one in weights.tolist())
    there = f"SUMPRODUCT({{{row}}},{children.there})"
    share = (spec.min_available.at_least - SLACK) * total
    rule = f"--({there}{f'>={number(share)}' if share > 0 else '>0'})"
    return rule if len(rule) < LONGEST else None


def _of_its_own(live: Live, spec: PlanNode) -> bool:
    """Whether a node's presence follows a rule that no formula here says."""
    children = list(spec.children)
    required = any(live.plan.nodes[child].spec.required for child in children)
    nobody = not live.result.leaves.present[:, children].any(axis=0).all()
    outside = any((step.rows.strata < 0).any() for step in spec.steps)
    return spec.min_available.number is not None or required or nobody or outside


def _enough_indicators(live: Live, node: int) -> str | None:
    """Return the rule that counts the indicators below a node."""
    layout, plan = live.layout, live.plan
    counted = sorted(
        layout.leaves.index(leaf) for leaf in plan.below(node) if plan.nodes[leaf].weight > 0
    )
    if not counted:
        return "0"
    runs: list[list[int]] = []
    for at in counted:
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    ranges = ",".join(
        f"{NORMALISED}!{letters(UNIT_COLUMNS + run[0])}#:{letters(UNIT_COLUMNS + run[-1])}#"
        for run in runs
    )
    least = _least(plan.nodes[node].min_available.at_least, len(counted))
    children = layout.children(plan, node, home=PRESENT)
    some = _how_many(children.presence, children.values, children.there)
    rule = f"--AND(COUNT({ranges})>={least},{some}>0)"
    return rule if len(runs) < 250 and len(rule) < LONGEST else None


def _given(live: Live, spec: PlanNode) -> Vector:
    """Return the weights of a node's children that presence is judged on, (children,)."""
    children = list(spec.children)
    given = live.plan.given_weights()[children]
    return given if live.plan.factors is None else given * live.plan.factors[0, children]


def _least(at_least: float, of: int) -> int:
    """Return how many of some equal parts are enough."""
    return max(1, math.ceil((at_least - SLACK) * of))


def _how_many(presence: str, values: str, there: str) -> str:
    return f"SUM({there})" if presence else f"COUNT({values})"
