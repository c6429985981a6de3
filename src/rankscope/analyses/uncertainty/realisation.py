"""One combination of methods and table, compiled: what a draw of a design looks up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from threadpoolctl import threadpool_limits

from rankscope.analyses.uncertainty.factors import with_methods
from rankscope.analyses.uncertainty.tables import drawn_leaves
from rankscope.analyses.varied_weights import VariedWeights, varied_weights
from rankscope.definition.assumptions import DEFAULT_WEIGHTS
from rankscope.definition.ranges import score_range
from rankscope.pipeline.binding import bind
from rankscope.pipeline.evaluate import compile_node
from rankscope.pipeline.prepare import prepare
from rankscope.pipeline.result import alone

if TYPE_CHECKING:
    from rankscope._registry import Method
    from rankscope.definition.assumptions import Assumptions
    from rankscope.definition.ranges import Range
    from rankscope.pipeline.evaluate import Compiled, EdgeWeights
    from rankscope.pipeline.leaves import Leaves
    from rankscope.pipeline.plan import Plan
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Batch, Vector, Whole

Methods = tuple[tuple[str, "Method"], ...]
Extend = Callable[["Plan", "Leaves"], tuple["Plan", "Leaves"]]
"""Returns an index of one period with more rows, from one without them."""


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """What combinations are compiled for: an index, a node in a view, the ``rows`` of a period.

    ``memo`` holds where weights vary, once for each set of given weights; ``extend`` puts
    rows after those of the period.
    """

    whole: Result
    assumptions: Assumptions
    view: str
    node: int
    seed: int
    rows: Whole
    memo: dict[object, Any]
    extend: Extend | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Realisation:
    """One combination of methods and table, ready for many weights.

    ``rows`` are those of the design among the compiled ones, None where they are the same;
    ``span`` are the ends between which scores lie, infinite or NaN where nothing bounds them.
    """

    compiled: Compiled
    varied: VariedWeights
    rows: Whole | None
    span: Range

    def scores(self, weights: Batch) -> Batch:
        """Return scores of shape (draws, rows) for weights (draws, edges)."""
        return self.scores_of(self.compiled.edge_weights(weights))

    def scores_of(self, edges: EdgeWeights) -> Batch:
        """Return scores of shape (draws, rows) for weights that are added up already."""
        scores = self.compiled.scores_of(edges)
        return scores if self.rows is None else scores[:, self.rows]


def realised(scope: Scope, methods: Methods, table: int | None) -> Realisation:
    """Compile one combination of methods and table.

    BLAS has one thread, as it has in a draw: what is learnt from data is then the same bit
    for bit in any process (conventions §7.2).

    Raises
    ------
    BindError
        When the methods do not go together.
    MethodError
        When a method refuses the data, or no weights are admissible.
    """
    with threadpool_limits(limits=1, user_api="blas"):
        plan, leaves = _prepared(scope, methods, table)
        varied = _varied(scope, replace(plan, fitted_weights=tuple(leaves.weights)))
        stepped = any(plan.nodes[number].steps for number in plan.subtree(scope.node))
        cut = len(scope.rows) < len(leaves.values)
        if scope.extend:
            plan, leaves = scope.extend(plan.of_rows(scope.rows), alone(leaves.of_rows(scope.rows)))
            cut = False
        if cut and not stepped:  # a step looks at all periods, a mean at its own row
            plan, leaves = plan.of_rows(scope.rows), leaves.of_rows(scope.rows)
        compiled = compile_node(plan, leaves, scope.node)
    return Realisation(
        compiled, varied, scope.rows if cut and stepped else None, _span(plan, scope.node)
    )


def plan_with(plan: Plan, methods: Methods) -> Plan:
    """Return an index compiled with other methods.

    Raises
    ------
    BindError
        When they do not go together.
    """
    if not methods:
        return plan
    changed = with_methods(plan.definition.method, methods)
    alone = {"method": changed, "variants": (), "assumptions": None}  # those are judged apart
    return bind(plan.definition.model_copy(update=alone), plan.table)


def _prepared(scope: Scope, methods: Methods, table: int | None) -> tuple[Plan, Leaves]:
    whole = scope.whole
    if not methods and table is None:
        return whole.plan, whole.leaves
    plan = plan_with(whole.plan, methods)
    if table is None:
        return plan, _leaves(scope, plan)
    ranked = whole.leaves.ranked
    return plan, drawn_leaves(plan, scope.assumptions, scope.seed, table, ranked=ranked)


def _leaves(scope: Scope, plan: Plan) -> Leaves:
    """Return the leaves of a plan; those with the same methods at every leaf are fitted once."""
    methods = [(one.imputation, one.treatment, one.normalisation, one.steps) for one in plan.leaves]
    key = ("leaves", tuple(methods))
    fitted: Leaves | None = scope.memo.get(key)
    if fitted is None or not np.array_equal(fitted.weights, plan.weights()):  # learnt from data
        scope.memo[key] = prepare(plan)
        found: Leaves = scope.memo[key]
        return found
    return prepare(plan, fitted=fitted)


def _varied(scope: Scope, plan: Plan) -> VariedWeights:
    """Return where weights vary; the same object for the same weights."""
    given = np.asarray(plan.weights(scope.view), dtype=float)
    key = ("weights", given.tobytes())
    if key not in scope.memo:
        scope.memo[key] = _checked(scope, plan, given)
    found: VariedWeights = scope.memo[key]
    return found


def _checked(scope: Scope, plan: Plan, given: Vector) -> VariedWeights:
    """Return where weights vary, once it is sure that each group has some to draw."""
    admissible, levels = scope.assumptions.weights, scope.assumptions.levels
    if admissible is None:
        return VariedWeights(DEFAULT_WEIGHTS, (), given)
    varied = varied_weights(plan, given, admissible, levels=levels, node=scope.node)
    for group in varied.groups:
        admissible.check(group.siblings)
    return varied


def _span(plan: Plan, node: int) -> Range:
    """Return the ends between which a node's scores lie."""
    above = node
    level = 0
    while plan.nodes[above].parent >= 0:
        above, level = plan.nodes[above].parent, level + 1
    return score_range(plan.definition, plan.nodes[node].spec, level)
