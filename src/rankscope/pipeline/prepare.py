"""From the table to the leaves: one discrete choice of stages, built once for many draws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.data.table import Status
from rankscope.errors import MethodError
from rankscope.methods.base import EVERYTHING, Traits
from rankscope.methods.imputation import Imputation
from rankscope.methods.normalisation import Normalisation
from rankscope.methods.treatment import Treatment
from rankscope.pipeline.fitting import Rows, fit_stage
from rankscope.pipeline.groups import base_of, series_of, sizes_of, strata_of, times_of
from rankscope.pipeline.leaves import Leaves, StageRecord
from rankscope.pipeline.presence import covered, node_presence
from rankscope.pipeline.weighting import fitted_weights

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.data.table import DataTable
    from rankscope.methods.base import Stage
    from rankscope.pipeline.fitting import FittedStage
    from rankscope.pipeline.plan import Plan, PlanLeaf
    from rankscope.shapes import Mask, Matrix, Vector

STAGES = ("imputation", "treatment", "normalisation", "steps")


@dataclass(frozen=True, slots=True)
class Choice:
    """One discrete choice of methods; None keeps what the definition says."""

    imputation: Imputation | None = None
    treatment: Treatment | None = None
    normalisation: Normalisation | None = None


PUBLISHED = Choice()
"""The methods of the definition."""


def prepare(
    plan: Plan,
    choice: Choice = PUBLISHED,
    *,
    table: DataTable | None = None,
    fitted: Leaves | None = None,
    rows: Mask | None = None,
) -> Leaves:
    """Run the stages once and return the leaves.

    ``table`` replaces the values (a scenario, an imputation draw) with a table of
    the same units and columns; ``fitted`` freezes every stage at the state that
    other leaves were made with, None fits anew; ``rows`` of shape (rows,) masks units out
    of fitting and ranking without deleting them.

    Raises
    ------
    MethodError
        When both a choice of methods and a frozen scale are given, or when goalposts can not
        follow a treatment of groups.
    """
    if fitted is not None and choice != PUBLISHED:
        raise MethodError(f"prepare takes a choice or a fitted scale, not both, got {choice}.")
    data = plan.table if table is None else table
    raw = np.column_stack([data.values[:, leaf.column] for leaf in plan.leaves])
    denominated = denominate(plan, data.values)
    coverage, ranked = covered(plan, data, denominated)
    if rows is not None:
        ranked = ranked & rows
    traits = traits_of(plan, data)
    seen = _Seen(plan, choice, ranked)
    records = [StageRecord("raw", raw), StageRecord("denomination", denominated)]
    for name in STAGES[:3] if not any(leaf.steps for leaf in plan.leaves) else STAGES:
        matrix = records[-1].matrix
        if name == "steps":  # after normalisation more is better
            traits = replace(traits, polarity=np.ones(len(plan.leaves)))
        if fitted is None:
            records.append(_fitted(name, seen, matrix, traits))
        else:
            records.append(_again(fitted.record(name), matrix, traits))
        if name == "treatment":
            traits = _on_treated_scale(records[-1], traits, seen)
    values = np.where(ranked[:, None], records[-1].matrix, np.nan)
    filled = np.isnan(denominated) & ~np.isnan(records[2].matrix)
    before = data.status[:, [leaf.column for leaf in plan.leaves]] == Status.IMPUTED
    imputed = (filled | before) & ranked[:, None]
    idle = None if fitted is None else fitted.idle
    present, idle = node_presence(plan, values, ranked, idle)
    leaves = Leaves(
        values=values,
        imputed=imputed,
        present=present,
        idle=idle,
        ranked=ranked,
        coverage=coverage,
        weights=plan.weights(),
        records=tuple(records),
    )
    weights = fitted_weights(plan, leaves) if fitted is None else fitted.weights
    return replace(leaves, weights=weights)


def denominate(plan: Plan, values: Matrix) -> Matrix:
    """Return the leaves of raw values of shape (rows, columns), of shape (rows, leaves).

    Each is divided by its denominator, or turned from a ratio into a total; a denominator
    that is not positive gives a gap.
    """
    matrix = np.column_stack([values[:, leaf.column] for leaf in plan.leaves])
    for number, leaf in enumerate(plan.leaves):
        if leaf.divisor >= 0:
            matrix[:, number] *= leaf.spec.per / _positive(values[:, leaf.divisor])
        if leaf.multiplier >= 0:
            matrix[:, number] *= _positive(values[:, leaf.multiplier]) / leaf.spec.per
    return matrix


def _positive(denominator: Vector) -> Vector:
    return np.where(denominator > 0, denominator, np.nan)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What stages are fitted by: the plan, the choice of methods, and the ranked rows, (rows,)."""

    plan: Plan
    choice: Choice
    ranked: Mask

    def rows(self, name: str, method: Stage) -> Rows:
        """Return the rows as a method of a stage sees them."""
        definition, table = self.plan.definition, self.plan.table
        fitting = self.ranked if name == "imputation" else base_of(definition, table, self.ranked)
        strata, sizes = strata_of(definition, table, method), sizes_of(table, method)
        return Rows(strata, fitting, table.units, sizes)


def _fitted(name: str, seen: _Seen, matrix: Matrix, traits: Traits) -> StageRecord:
    """Fit a stage and run it over all rows, each method on its leaves."""
    after, parts = matrix.copy(), []
    for method, leaves in _placed(name, seen):
        part = fit_stage(method, np.array(leaves), after, traits, seen.rows(name, method))
        after[:, part.leaves] = part.transform(after, traits)
        parts.append(part)
    return StageRecord(name, after, tuple(parts))


def _again(before: StageRecord, matrix: Matrix, traits: Traits) -> StageRecord:
    """Run a stage over all rows as it was fitted before."""
    after = matrix.copy()
    for part in before.fitted:
        after[:, part.leaves] = part.transform(after, traits)
    return StageRecord(before.name, after, before.fitted)


def _placed(name: str, seen: _Seen) -> Iterator[tuple[Stage, list[int]]]:
    """Yield each method of a stage with its leaves, in the order in which they are applied."""
    places: dict[tuple[int, Stage, str], list[int]] = {}
    for number, leaf in enumerate(seen.plan.leaves):
        for place, method in enumerate(_methods_of(leaf, name, seen.choice)):
            siblings = isinstance(method, Imputation) and method.by_parent
            pillar = _pillar(seen.plan, leaf) if siblings else ""
            places.setdefault((place, method, pillar), []).append(number)
    for place in range(max((key[0] for key in places), default=-1) + 1):
        yield from ((key[1], leaves) for key, leaves in places.items() if key[0] == place)


def _pillar(plan: Plan, leaf: PlanLeaf) -> str:
    """Return what tells the leaves of a node from others: its number, and the side of the leaf."""
    node = plan.nodes[leaf.node]
    parent = plan.nodes[node.parent].parent if node.side else node.parent
    return f"{parent} {node.side}"


def _methods_of(leaf: PlanLeaf, name: str, choice: Choice) -> tuple[Stage, ...]:
    if name == "steps":
        return leaf.steps
    chosen: Stage | None = getattr(choice, name)
    return (getattr(leaf, name) if chosen is None else chosen,)


def traits_of(plan: Plan, data: DataTable) -> Traits:
    """Return polarity, goalposts and targets of all leaves, and what tells rows apart."""
    specs = [leaf.spec for leaf in plan.leaves]
    return Traits(
        polarity=np.array([float(spec.polarity) for spec in specs]),
        goalposts=np.array([spec.goalposts or (np.nan, np.nan) for spec in specs]),
        target=np.array([np.nan if spec.target is None else spec.target for spec in specs]),
        series=series_of(data),
        times=times_of(data),
        sizes=np.ones(len(data.units)),
    )


def _on_treated_scale(record: StageRecord, traits: Traits, seen: _Seen) -> Traits:
    """Move goalposts and targets, which are in raw units, as treatment moved the values.

    Raises
    ------
    MethodError
        When groups were treated differently, and a scale has ends that hold for all of them.
    """
    ends = np.column_stack([traits.goalposts, traits.target])
    for part in record.fitted:
        if isinstance(part.method, Treatment):
            given = ends[part.leaves].T
            moved = [part.method.moved(given, state).T for state in part.states.values()]
            for one in moved:
                _check_alike(part, one, moved[0], seen)
            ends[part.leaves] = moved[0] if moved else given.T
    return replace(traits, goalposts=ends[:, :2], target=ends[:, 2])


def _check_alike(part: FittedStage, one: Matrix, other: Matrix, seen: _Seen) -> None:
    """Check that two groups have their goalposts and targets, (leaves, 3), in the same places.

    Raises
    ------
    MethodError
        Naming the first indicator that has not and whose normalisation uses them.
    """
    alike = ((one == other) | (np.isnan(one) & np.isnan(other))).all(axis=1)
    for number in part.leaves[~alike].tolist():
        leaf = seen.plan.leaves[number]
        (scale,) = _methods_of(leaf, "normalisation", seen.choice)
        if isinstance(scale, Normalisation) and (scale.needs_goalposts or scale.needs_target):
            raise MethodError(
                f"{leaf.spec.code}: {part.method.name} treats each group by itself, and its "
                f"goalposts or target would lie elsewhere in each. Write `treatment: {{method: "
                f"{part.method.name}, within: {EVERYTHING}}}`, or take another normalisation."
            )
