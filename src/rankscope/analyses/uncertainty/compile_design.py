"""From the assumptions of an index to a design."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean, visible
from rankscope.analyses.uncertainty.combinations import that_go_together
from rankscope.analyses.uncertainty.design import Design
from rankscope.analyses.uncertainty.design_findings import findings_of
from rankscope.analyses.uncertainty.factors import leave_out_factor, method_factors, table_factor
from rankscope.analyses.variant_results import chosen_period
from rankscope.definition.assumptions import DEFAULT
from rankscope.errors import BindError
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from rankscope.definition.assumptions import Assumptions
    from rankscope.pipeline.plan import Plan
    from rankscope.pipeline.result import Result


def design_of(
    result: Result,
    *,
    assumptions: Assumptions | None = None,
    view: str = HEADLINE,
    node: str | None = None,
    period: str | None = None,
    seed: int = 0,
) -> Design:
    """Compile the assumptions of an index, or others, for a node in a view and a period.

    Methods that can not be combined, such as geometric means of scores that may be 0, are
    left out: the factors that exclude each other become one factor over the combinations
    that can be built, and a finding says which those are not.

    Raises
    ------
    BindError
        When no combination can be built or there are more than 1,024, or when there is no
        such node or view.
    MethodError
        When no weights are admissible for some siblings.
    DataError
        When the panel has no such period.
    """
    definition = result.plan.definition
    assumed = assumptions or definition.assumptions or DEFAULT
    shown = chosen_period(result, definition.title, period)
    _must_have(view, result.plan.views, f"{definition.title} has no view")
    periods = np.array(result.plan.table.periods)
    design = Design(
        result=result.of_period(shown),
        whole=result,
        assumptions=assumed,
        factors=(),
        view=view,
        node=result.plan.root if node is None else node_number(result.plan, node),
        seed=seed,
        rows=np.flatnonzero(periods == shown) if shown else np.arange(len(result.units)),
        findings=(),
    )
    design.realise((), None)  # refuses weights that nothing satisfies, whatever the methods
    tables = table_factor(assumed)
    drawn = sum(len(factor.options) for factor in tables)
    methods, excluded = that_go_together(design, method_factors(assumed), drawn)
    factors = (*methods, *tables, *leave_out_factor(assumed, result.plan, design.node))
    whole = replace(design, factors=factors)
    return replace(whole, findings=(*excluded, *findings_of(whole)))


def node_number(plan: Plan, code: str) -> int:
    """Return the number of a node by its code.

    Raises
    ------
    BindError
        When no node has this code.
    """
    codes = tuple(node.code for node in plan.nodes)
    _must_have(code, codes, f"{plan.definition.title} has no node")
    return codes.index(code)


def _must_have(said: str, known: tuple[str, ...], words: str) -> None:
    if said not in known:
        hint = did_you_mean(said, list(known))
        raise BindError(f"{words} {visible(said)!r}. {hint}".rstrip())
