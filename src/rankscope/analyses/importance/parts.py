"""The parts of a node: its children or indicators, their weights and their scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from rankscope._words import did_you_mean, join_words, visible
from rankscope.analyses.importance.node_weights import own_shares, shares_below
from rankscope.analyses.variant_results import chosen_period
from rankscope.errors import MethodError
from rankscope.methods.aggregation import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.pipeline.plan import Plan, PlanNode
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Mask, Matrix, Vector, Whole

Of: TypeAlias = Literal["children", "indicators"]

_SPREAD = 1e-12
"""Scores that differ by less, as a share of their size, are all the same but for rounding."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a node is made of, over the units that it ranks in one period.

    ``rows`` are those units, (rows,) of the result; ``numbers`` the parts.  Of shape (parts,):
    ``nominal`` weights among siblings, ``effective`` ones in the whole index, and ``weights``
    in the node, which are the products of the nominal ones from the node down.  ``scores``
    (rows, parts) are NaN in gaps; ``whole`` (rows,) are those of the node.
    """

    result: Result
    node: int
    view: str
    period: str | None
    rows: Whole
    numbers: tuple[int, ...]
    nominal: Vector
    effective: Vector
    weights: Vector
    scores: Matrix
    whole: Vector

    @property
    def plan(self) -> Plan:
        """Return the compiled index."""
        return self.result.plan

    @property
    def nodes(self) -> tuple[PlanNode, ...]:
        """Return the parts as nodes."""
        return tuple(self.plan.nodes[number] for number in self.numbers)

    @property
    def name(self) -> str:
        """Return what the node is called."""
        return self.plan.nodes[self.node].name

    @property
    def counted(self) -> Mask:
        """Return which parts have any weight, (parts,)."""
        return self.weights > 0

    @property
    def varies(self) -> Mask:
        """Return which parts tell any two units apart, (parts,)."""
        return np.array([varies(column) for column in self.scores.T], dtype=bool)

    def not_linear(self) -> tuple[str, ...]:
        """Return why the node is not its parts' weighted sum with the same weights for all units.

        Empty where it is; parts of weight 0 do not matter.
        """
        found = []
        if np.isnan(self.scores[:, self.counted]).any():
            found.append("gaps, whose weight goes to what is there")
        between = list(self._between())
        if not all(one.aggregation.chart() == Identity() for one in between):
            found.append("a mean that is not arithmetic")
        if any(one.steps for one in between):
            found.append("steps after the mean")
        edges = [edge for one in between for edge in one.children]
        factors = self.plan.factor(edges)[self.rows]
        if (factors != factors[:1]).any():
            found.append("weights that differ between units")
        return tuple(found)

    def _between(self) -> Iterator[PlanNode]:
        """Yield the node and those on the way from it to its parts."""
        open_nodes = [self.node]
        while open_nodes:
            node = self.plan.nodes[open_nodes.pop()]
            yield node
            open_nodes += [child for child in node.children if child not in self.numbers]


def parts_of(
    result: Result,
    node: str | None = None,
    *,
    view: str,
    of: Of = "children",
    period: str | None = None,
) -> Parts:
    """Return the parts of a node by its code, by default of the whole index.

    Of a panel one period is looked at, by default the last.

    Raises
    ------
    MethodError
        When there is no such node or view, or the node has no parts.
    DataError
        When there is no such period.
    """
    plan = result.plan
    number = _number(plan, node)
    if view not in plan.views:
        hint = did_you_mean(view, plan.views)
        raise MethodError(f"{plan.definition.title} has no view {visible(view)!r}. {hint}".rstrip())
    if of not in {"children", "indicators"}:
        raise MethodError(f"of must be children or indicators, got {visible(str(of))!r}.")
    numbers = plan.nodes[number].children if of == "children" else _indicators(plan, number)
    if not numbers:
        raise MethodError(
            f"{plan.nodes[number].code} is an indicator and has nothing below it. "
            "Name a node that has children."
        )
    moment = chosen_period(result, plan.definition.title, period)
    rows = np.flatnonzero((result.rank(number, view) > 0) & _in_period(result, moment))
    own = own_shares(plan, view, rows)
    scores = result.scores[plan.views.index(view)][rows]
    below = list(numbers)
    return Parts(
        result=result,
        node=number,
        view=view,
        period=moment,
        rows=rows,
        numbers=tuple(numbers),
        nominal=own[below],
        effective=shares_below(plan, own, plan.root)[below],
        weights=shares_below(plan, own, number)[below],
        scores=scores[:, below],
        whole=scores[:, number],
    )


def varies(values: Vector) -> bool:
    """Whether any two of the values that are there differ by more than rounding."""
    there = values[~np.isnan(values)]
    return there.size > 1 and bool(np.ptp(there) > _SPREAD * np.abs(there).max())


def _number(plan: Plan, code: str | None) -> int:
    if code is None:
        return plan.root
    codes = [node.code for node in plan.nodes]
    if code not in codes:
        hint = did_you_mean(code, codes) or f"Known are {join_words(codes[::-1][:12], 'and')}."
        raise MethodError(f"{plan.definition.title} has no node {visible(code)!r}. {hint}")
    return codes.index(code)


def _indicators(plan: Plan, number: int) -> tuple[int, ...]:
    """Return the indicators below a node, from left to right, not split into views."""
    return tuple(
        indicator
        for child in plan.nodes[number].children
        for indicator in (
            (child,) if plan.nodes[child].spec.is_indicator else _indicators(plan, child)
        )
    )


def _in_period(result: Result, period: str | None) -> Mask:
    if period is None:
        return np.ones(len(result.units), dtype=bool)
    return np.asarray(np.array(result.plan.table.periods) == period)
