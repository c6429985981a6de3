"""The assumptions as factors: what varies, and which choices each has (conventions §7.5)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope._registry import describe
from rankscope.definition.assumptions import INDICATORS, PILLARS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope._registry import Method
    from rankscope.definition.assumptions import Assumptions
    from rankscope.definition.method import MethodSpec
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Vector, Whole

METHODS = "methods"
"""The factor of choices that exclude each other: the combinations that can be built."""

TABLES = "tables"
LEAVE_OUT = "leave_out"

TITLES = {
    "imputation": "how gaps are filled",
    "treatment": "how outliers are treated",
    "normalisation": "how indicators come onto one scale",
    "aggregation": "how scores are combined",
    METHODS: "which methods are combined",
    TABLES: "errors of the data",
    LEAVE_OUT: "what is left out",
    "weights": "weights",
}
"""What factors are called in print."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a factor: the methods it sets, the table it takes, or the edge it cuts.

    ``methods`` are pairs of a stage and a method; the stage ``aggregation.2`` is that of
    the nodes two levels below the root.
    """

    label: str
    methods: tuple[tuple[str, Method], ...] = ()
    table: int | None = None
    out: int | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """An assumption with its choices and the chance of each."""

    name: str
    options: tuple[Option, ...]
    chances: tuple[float, ...] = ()

    @property
    def title(self) -> str:
        """Return what the factor is called in print."""
        stage, _, level = self.name.partition(".")
        if level == "1":
            return "how the scores of pillars are combined"
        below = {"": "", "0": " into the overall score"}
        return f"{TITLES[stage]}{below.get(level, f' {level} levels below the root')}"

    def drawn(self, uniform: Vector) -> Whole:
        """Return which option each number from 0 to 1 stands for, of the same shape."""
        ends = np.cumsum(self.chances or [1 / len(self.options)] * len(self.options))[:-1]
        return np.searchsorted(ends, uniform, side="right")


def method_factors(assumptions: Assumptions) -> tuple[Factor, ...]:
    """Return the factors of stages that have two choices or more, or one other than published."""
    found: list[tuple[str, Sequence[Method]]] = [
        ("imputation", assumptions.imputation),
        ("treatment", assumptions.treatment),
        ("normalisation", assumptions.normalisation),
        ("aggregation", assumptions.aggregation),
    ]
    found += [(f"aggregation.{level}", one) for level, one in _by_level(assumptions)]
    return tuple(
        Factor(stage, tuple(Option(label(one), ((stage, one),)) for one in methods))
        for stage, methods in found
        if methods
    )


def table_factor(assumptions: Assumptions) -> tuple[Factor, ...]:
    """Return the factor of tables that are drawn, if any are."""
    if not (assumptions.errors or assumptions.multiple_imputation):
        return ()
    count = assumptions.tables
    return (Factor(TABLES, tuple(Option(f"table {k + 1}", table=k) for k in range(count))),)


def leave_out_factor(
    assumptions: Assumptions, plan: Plan, node: int | None = None
) -> tuple[Factor, ...]:
    """Return the factor of what is left out below a node, its first option nothing, if any is."""
    below = plan.subtree(plan.root if node is None else node)
    edges = [edge for edge in dict.fromkeys(_edges(assumptions, plan)) if edge in below[:-1]]
    if not edges:
        return ()
    chance = assumptions.leave_out_chance
    each = 1 / (len(edges) + 1) if chance is None else chance / len(edges)
    options = (Option("nothing"), *(Option(plan.nodes[edge].code, out=edge) for edge in edges))
    return (Factor(LEAVE_OUT, options, (1 - each * len(edges), *[each] * len(edges))),)


def with_methods(method: MethodSpec, methods: Sequence[tuple[str, Method]]) -> MethodSpec:
    """Return the method of an index with other methods at some stages."""
    changes: dict[str, object] = {}
    levels = dict(enumerate(method.aggregation_by_level))
    for stage, one in methods:
        name, _, level = stage.partition(".")
        if level:
            levels[int(level)] = one  # type: ignore[assignment]  # of that stage, as its name says
        else:
            changes[name] = one
    if "aggregation" in changes:
        changes["aggregation_by_level"] = ()
    elif levels:
        deepest = max(levels) + 1
        changes["aggregation_by_level"] = tuple(
            levels.get(level, method.aggregation) for level in range(deepest)
        )
    return method.model_copy(update=changes)


def chosen(options: Sequence[Option]) -> tuple[tuple[tuple[str, Method], ...], int | None]:
    """Return the methods and the table that options choose together."""
    methods = tuple(pair for one in options for pair in one.methods)
    return methods, next((one.table for one in options if one.table is not None), None)


def label(method: Method) -> str:
    """Return a method as it is printed: its name and what is not at its default."""
    said = describe(method)
    fields = {field.name for field in dataclasses.fields(method)}
    given = ", ".join(f"{key} {_shown(said[key])}" for key in said if key in fields)
    return f"{method.name} ({given})" if given else method.name


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_shown, value))}]"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _by_level(assumptions: Assumptions) -> Iterator[tuple[int, Sequence[Method]]]:
    for level, methods in enumerate(assumptions.aggregation_by_level):
        if methods:
            yield level, methods


def _edges(assumptions: Assumptions, plan: Plan) -> Iterator[int]:
    """Yield the edges that may be cut: of counted nodes, in the order of the framework."""
    effective = plan.effective_weights()
    counted = [edge for edge in range(plan.root) if effective[edge] > 0]
    for said in assumptions.leave_out:
        for edge in counted:
            node = plan.nodes[edge]
            indicator = node.spec.is_indicator and not node.side
            if (
                said == node.code
                or (said == INDICATORS and indicator)
                or (said == PILLARS and node.parent == plan.root)
            ):
                yield edge
