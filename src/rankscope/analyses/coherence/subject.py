"""What is audited: a node with all below it, in one view and period, over the units it ranks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.importance.node_weights import own_shares, shares_below
from rankscope.analyses.importance.parts import parts_of

if TYPE_CHECKING:
    from rankscope.pipeline.plan import Plan, PlanNode
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Mask, Matrix, Whole


@dataclass(frozen=True, slots=True)
class Subject:
    """A node of a result, in a view and of a panel in one period.

    ``period_rows`` are the rows of that period, ``rows`` those of them that the node ranks.
    ``counted`` (nodes,) says what has any weight in the node; what has none is shown and
    never judged (conventions §4.3).  ``scores`` are (rows, nodes).
    """

    result: Result
    node: int
    view: str
    period: str | None
    rows: Whole
    period_rows: Whole
    counted: Mask
    scores: Matrix

    @property
    def plan(self) -> Plan:
        """Return the compiled index."""
        return self.result.plan

    @property
    def top(self) -> PlanNode:
        """Return the node."""
        return self.plan.nodes[self.node]

    @property
    def below(self) -> tuple[int, ...]:
        """Return all nodes below in the order of the framework, parents before children.

        The two sides of one indicator are not told apart.
        """
        return tuple(self._below(self.node))

    @property
    def aggregates(self) -> tuple[int, ...]:
        """Return the aggregates that count, the node first."""
        return (self.node, *(one for one in self.below if self._is_aggregate(one)))

    @property
    def indicators(self) -> tuple[int, ...]:
        """Return the indicators that count."""
        return tuple(
            one
            for one in self.below
            if self.plan.nodes[one].spec.is_indicator and self.counted[one]
        )

    @property
    def leaves(self) -> tuple[int, ...]:
        """Return the columns of the leaves below, also those without weight."""
        return tuple(self.plan.nodes[one].leaf for one in self.plan.below(self.node))

    def items(self, aggregate: int) -> tuple[int, ...]:
        """Return the children of an aggregate that count."""
        return tuple(one for one in self.plan.nodes[aggregate].children if self.counted[one])

    def code(self, node: int) -> str:
        """Return the code of a node."""
        return self.plan.nodes[node].code

    def codes(self, nodes: tuple[int, ...]) -> tuple[str, ...]:
        """Return the codes of nodes."""
        return tuple(self.plan.nodes[one].code for one in nodes)

    def name(self, node: int) -> str:
        """Return what a node is called in print."""
        return self.plan.nodes[node].name

    def _is_aggregate(self, node: int) -> bool:
        return bool(self.counted[node]) and not self.plan.nodes[node].spec.is_indicator

    def _below(self, node: int) -> list[int]:
        found = []
        for child in self.plan.nodes[node].children:
            found.append(child)
            if not self.plan.nodes[child].spec.is_indicator:
                found += self._below(child)
        return found


def subject_of(
    result: Result, *, view: str, node: str | None = None, period: str | None = None
) -> Subject:
    """Return what is audited, by the code of a node; the default is the whole index.

    Raises
    ------
    MethodError
        When there is no such node or view, or the node is an indicator.
    DataError
        When there is no such period.
    """
    parts = parts_of(result, node, view=view, period=period)
    plan = result.plan
    own = own_shares(plan, view, parts.rows)
    in_period = np.arange(len(result.units))
    if parts.period is not None:
        in_period = np.flatnonzero(np.array(plan.table.periods) == parts.period)
    return Subject(
        result=result,
        node=parts.node,
        view=view,
        period=parts.period,
        rows=parts.rows,
        period_rows=in_period,
        counted=shares_below(plan, own, parts.node) > 0,
        scores=result.scores[plan.views.index(view)][parts.rows],
    )
