"""The admissible weights of a node as one polytope, on which every unit's score is linear.

The variables are effective weights u, one for each *visible* node: the top, and from
there down the children of each node below which weights vary.  Bounds of shares at every
level of a tree are linear in them.  Visible nodes without varied weights below are
terminals: their scores are constants, like data.

A unit's *merit* is ``u @ coefficients``: its score on the chart on which the tree is linear,
turned so that more merit is a better rank.  Merit orders the units of a draw as the engine
does, up to ties.  Where a score is no linear function of the weights (gaps, other charts)
the coefficients have a low and a high end, which are equal everywhere else.

See docs/conventions.md §17 for what is exact and what is a bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from rankscope.analyses.exact.chain import order_of
from rankscope.analyses.exact.expansion import Expansion
from rankscope.analyses.exact.spans import Spans, refused
from rankscope.errors import MethodError
from rankscope.methods.aggregation import Identity
from rankscope.methods.aggregation.charts import LOGARITHM_OF_ZERO, POWER_OF_ZERO, Power
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from rankscope.analyses.exact.groups import RegionGroup
    from rankscope.analyses.varied_weights import VariedGroup, VariedWeights
    from rankscope.methods.aggregation import Chart
    from rankscope.pipeline.plan import Plan
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Batch, Mask, Matrix, Vector, Whole

Gaps = Literal["bounds", "hold"]
"""What becomes of a group of siblings whose weights vary while a unit misses one of them:
the answer is given as bounds, or the group keeps its shares."""

BOUNDS, HOLD = "bounds", "hold"


class System(NamedTuple):
    """The polytope: x >= 0, ``walls @ x <= 0`` and ``flows @ x == totals``.

    The first columns of x are the weights u of the visible nodes, the others are the extras
    that some sets need; ``walls`` (walls, columns), ``flows`` (flows, columns).
    """

    walls: Matrix
    flows: Matrix
    totals: Vector


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """The admissible effective weights below a node, and what units make of them.

    ``nodes`` (visible,) are plan numbers, parents before children, the top first; ``parents``
    (visible,) their places in it, -1 for the top.  ``groups`` say how weight flows from each
    parent to its children, parents first.  ``rows`` (units,) are the rows ranked together;
    ``low`` and ``high`` (units, visible) their coefficients of merit.  ``sign`` is +1 where
    a higher score on ``chart`` has more merit; scores closer than ``coarse`` may tie.

    ``held`` are the parents whose shares are kept because of gaps, ``gappy`` those where
    gaps leave only bounds, ``bent`` the visible nodes that are not linear in the weights
    below them; ``hidden`` the varied groups below these, which have no variables.
    """

    plan: Plan
    varied: VariedWeights
    chart: Chart
    sign: float
    coarse: float
    nodes: Whole
    parents: Whole
    groups: tuple[RegionGroup, ...]
    rows: Whole
    low: Matrix
    high: Matrix
    held: tuple[int, ...]
    gappy: tuple[int, ...]
    bent: tuple[int, ...]
    hidden: tuple[VariedGroup, ...]

    @property
    def top(self) -> int:
        """Return the plan number of the node that is ranked."""
        return int(self.nodes[0])

    @property
    def linear(self) -> Mask:
        """Return for which units merit is exact, (units,); for the others it is bounded."""
        return np.asarray((self.low == self.high).all(axis=1))

    @property
    def columns(self) -> int:
        """Return the number of variables: visible nodes and extras."""
        return len(self.nodes) + sum(group.extras for group in self.groups)

    @property
    def given(self) -> Vector:
        """Return the effective weights at the shares as given, (visible,)."""
        return self.effective(self.varied.given)

    def effective(self, edges: Batch) -> Batch:
        """Return effective weights, (*any, visible), for weights of all edges, (*any, edges)."""
        found = np.zeros((*edges.shape[:-1], len(self.nodes)))
        found[..., 0] = 1.0
        for group in self.groups:
            parts = group.effective_shares(edges)
            found[..., group.children] = found[..., group.parent, None] * parts
        return found

    def system(self) -> System:
        """Return the polytope; the extras of each group stand behind the visible nodes."""
        walls, flows, behind = [], [_unit(self.columns, 0)], len(self.nodes)
        for group in self.groups:
            own = np.arange(behind, behind + group.extras)
            behind += group.extras
            walls.append(_spread(group.walls, [*group.children, *own], self.columns))
            flows.append(group.flows(self.columns))
        totals = np.zeros(sum(map(len, flows)))
        totals[0] = 1.0
        empty = np.zeros((0, self.columns))
        return System(np.vstack([empty, *walls]), np.vstack(flows), totals)

    def weights(self, found: Batch) -> Batch:
        """Return weights of all edges, (*any, edges), for points x of the region, (*any, columns).

        Where a node has no weight itself its children keep theirs, as do hidden groups.
        """
        found = np.asarray(found)
        edges = np.empty((*found.shape[:-1], len(self.varied.given)))
        edges[:] = self.varied.given
        behind = len(self.nodes)
        for group in self.groups:
            own = found[..., behind : behind + group.extras]
            behind += group.extras
            if group.varied is not None:
                above = found[..., group.parent]
                shares = group.sibling_shares(found[..., group.children], own, above)
                edges[..., group.varied.children] = shares * group.varied.siblings.weights.sum()
        return edges

    def between(self, first: Whole, second: Whole) -> Matrix:
        """Return the coefficients of the most that one unit's merit can exceed another's.

        ``first`` and ``second`` (pairs,) are places among the units; the answer is of shape
        (pairs, visible).
        """
        return np.asarray(self.high[first] - self.low[second])


def region_of(
    result: Result,
    varied: VariedWeights,
    *,
    view: str = HEADLINE,
    node: int | None = None,
    rows: Whole | None = None,
    gaps: Gaps = "bounds",
) -> Region:
    """Return the admissible weights below a node, with the merit of some rows.

    ``rows`` (units,) are ranked together, by default all that have a rank at the node in
    this view.  Of a panel give the whole result and the rows of one period.

    Raises
    ------
    MethodError
        When scores of a node can not be bounded; the message names it and the ways out.
    """
    plan = result.plan
    top = plan.root if node is None else node
    if gaps not in (BOUNDS, HOLD):
        raise MethodError(f"gaps must be {BOUNDS} or {HOLD}, got {gaps!r}.")
    ranked = np.flatnonzero(result.rank(top, view) > 0) if rows is None else rows
    order = order_of(plan.nodes[top].steps, ranked)
    if order is None:
        raise refused(plan.nodes[top], "has steps that may turn the order of units round")
    made = Expansion(Spans(result, varied, view), ranked, hold=gaps == HOLD)
    chart = made.expand(top)
    lows, highs = np.column_stack(made.lows), np.column_stack(made.highs)
    if max(-lows.min(), highs.max()) >= _from_zero(chart):
        raise refused(plan.nodes[top], "averages zeros by a mean that they make zero")
    rising = _rises(chart, result, top, view) * order.sign
    sign = -rising if plan.definition.method.ranking.best == "lowest" else rising
    inside = {made.nodes[group.parent] for group in made.groups}
    return Region(
        plan=plan,
        varied=varied,
        chart=chart,
        sign=sign,
        coarse=order.coarse,
        nodes=np.array(made.nodes, dtype=np.int64),
        parents=np.array(made.parents, dtype=np.int64),
        groups=tuple(made.groups),
        rows=ranked,
        low=sign * (lows if sign > 0 else highs),
        high=sign * (highs if sign > 0 else lows),
        held=tuple(made.held),
        gappy=tuple(made.gappy),
        bent=tuple(made.bent),
        hidden=tuple(one for one in varied.groups if one.parent not in inside),
    )


def _from_zero(chart: Chart) -> float:
    """Return how far out on a chart only what stands for zero can be."""
    if isinstance(chart, Identity):
        return np.inf
    return POWER_OF_ZERO / 1e10 if isinstance(chart, Power) else -LOGARITHM_OF_ZERO / 2


def _rises(chart: Chart, result: Result, top: int, view: str) -> float:
    """Return +1 where higher scores are higher on the chart, -1 where they are lower."""
    if isinstance(chart, Identity):
        return 1.0
    below = [leaf.node for leaf in result.plan.leaves if leaf.node in result.plan.subtree(top)]
    values = result.scores[result.plan.views.index(view)][:, below]
    ends = np.array([np.nanmin(values), np.nanmax(values)])
    one, other = chart.forward(ends)
    return 1.0 if other >= one else -1.0


def _unit(columns: int, place: int) -> Matrix:
    return np.eye(1, columns, place)


def _spread(rows: Matrix, places: list[int], columns: int) -> Matrix:
    """Return rows with their columns put in their places among all, (rows, columns)."""
    spread = np.zeros((len(rows), columns))
    spread[:, places] = rows
    return spread
