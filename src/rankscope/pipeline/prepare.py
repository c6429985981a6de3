"""From the table to the leaves: one discrete choice of stages, built once for many draws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.errors import MethodError
from rankscope.methods.base import Traits
from rankscope.methods.imputation import Imputation
from rankscope.methods.treatment import Treatment
from rankscope.pipeline.groups import group_names
from rankscope.pipeline.presence import covered, node_presence

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.methods.base import Stage
    from rankscope.methods.normalisation import Normalisation
    from rankscope.pipeline.plan import Plan, PlanLeaf
    from rankscope.shapes import Mask, Matrix, Vector, Whole

STAGES = ("imputation", "treatment", "normalisation")


@dataclass(frozen=True, slots=True)
class Choice:
    """One discrete choice of methods; None keeps what the definition says."""

    imputation: Imputation | None = None
    treatment: Treatment | None = None
    normalisation: Normalisation | None = None


PUBLISHED = Choice()
"""The methods of the definition."""


@dataclass(frozen=True, slots=True)
class FittedStage:
    """A stage fitted on some leaves: the method, its leaves and its state."""

    method: Stage
    leaves: Whole
    state: Any


@dataclass(frozen=True, slots=True)
class StageRecord:
    """A stage and the matrix that came out of it, of shape (rows, leaves)."""

    name: str
    matrix: Matrix
    fitted: tuple[FittedStage, ...] = ()

    def explain(self, leaf: int) -> str:
        """Say in words and numbers what the stage did to a leaf."""
        for part in self.fitted:
            position = np.flatnonzero(part.leaves == leaf)
            if position.size:
                return part.method.explain(part.state, int(position[0]))
        return ""


@dataclass(frozen=True, slots=True)
class Leaves:
    """Normalised leaves, ready for any number of weight vectors.

    ``values`` of shape (rows, leaves), NaN where missing; ``imputed`` (rows, leaves);
    ``present`` (rows, nodes) says which nodes have a score, judged once on the
    definition's own weights; ``ranked`` (rows,) which units passed screening;
    ``coverage`` (rows,) the share of data present; ``records`` every stage.
    """

    values: Matrix
    imputed: Mask
    present: Mask
    ranked: Mask
    coverage: Vector
    records: tuple[StageRecord, ...]

    def record(self, name: str) -> StageRecord:
        """Return the record of a stage.

        Raises
        ------
        KeyError
            When the stage was not run.
        """
        for record in self.records:
            if record.name == name:
                return record
        raise KeyError(name)


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
        When both a choice of methods and a frozen scale are given.
    """
    if fitted is not None and choice != PUBLISHED:
        raise MethodError(f"prepare takes a choice or a fitted scale, not both, got {choice}.")
    data = plan.table if table is None else table
    raw = np.column_stack([data.values[:, leaf.column] for leaf in plan.leaves])
    denominated = _denominate(plan, data, raw)
    coverage, ranked = covered(plan, data, denominated)
    if rows is not None:
        ranked = ranked & rows
    traits = _traits(plan, data)
    records = [StageRecord("raw", raw), StageRecord("denomination", denominated)]
    for name in STAGES:
        matrix = records[-1].matrix
        if fitted is None:
            parts = _fit(name, plan, choice, matrix, traits, ranked)
        else:
            parts = fitted.record(name).fitted
        records.append(_run(name, plan, parts, matrix, traits))
        if name == "treatment":
            traits = _on_treated_scale(records[-1], traits)
    values = np.where(ranked[:, None], records[-1].matrix, np.nan)
    imputed = np.isnan(denominated) & ~np.isnan(records[2].matrix) & ranked[:, None]
    return Leaves(
        values=values,
        imputed=imputed,
        present=node_presence(plan, values),
        ranked=ranked,
        coverage=coverage,
        records=tuple(records),
    )


def _denominate(plan: Plan, data: DataTable, raw: Matrix) -> Matrix:
    """Divide leaves by their denominators, or turn ratios into totals.

    A denominator that is not positive gives a gap.
    """
    matrix = raw.copy()
    for number, leaf in enumerate(plan.leaves):
        if leaf.divisor >= 0:
            matrix[:, number] *= leaf.spec.per / _positive(data.values[:, leaf.divisor])
        if leaf.multiplier >= 0:
            matrix[:, number] *= _positive(data.values[:, leaf.multiplier]) / leaf.spec.per
    return matrix


def _positive(denominator: Vector) -> Vector:
    return np.where(denominator > 0, denominator, np.nan)


def _run(
    name: str, plan: Plan, parts: tuple[FittedStage, ...], matrix: Matrix, traits: Traits
) -> StageRecord:
    """Run one fitted stage over all rows, the leaves of one method together."""
    after = np.full(matrix.shape, np.nan)
    for part in parts:
        own = _strata(part.method, plan, traits).of_columns(part.leaves)
        after[:, part.leaves] = part.method.transform(matrix[:, part.leaves], part.state, own)
    return StageRecord(name, after, parts)


def _fit(
    name: str, plan: Plan, choice: Choice, matrix: Matrix, traits: Traits, ranked: Mask
) -> tuple[FittedStage, ...]:
    """Fit each method of a stage on its leaves and the ranked rows."""
    chosen = getattr(choice, name)
    by_method: dict[Stage, list[int]] = {}
    for number, leaf in enumerate(plan.leaves):
        by_method.setdefault(_method_of(leaf, name, chosen), []).append(number)
    parts = []
    for method, numbers in by_method.items():
        leaves = np.array(numbers)
        own = _strata(method, plan, traits).of_columns(leaves)
        fitting = replace(own, strata=own.strata[ranked])
        state = method.fit(matrix[np.ix_(ranked, leaves)], fitting)
        parts.append(FittedStage(method, leaves, state))
    return tuple(parts)


def _method_of(leaf: PlanLeaf, name: str, chosen: Stage | None) -> Stage:
    own: Stage = getattr(leaf, name)
    return own if chosen is None else chosen


def _traits(plan: Plan, data: DataTable) -> Traits:
    """Collect polarity and goalposts of all leaves; one stratum."""
    specs = [leaf.spec for leaf in plan.leaves]
    return Traits(
        polarity=np.array([float(spec.polarity) for spec in specs]),
        goalposts=np.array([spec.goalposts or (np.nan, np.nan) for spec in specs]),
        strata=np.zeros(len(data.units), dtype=np.int64),
    )


def _on_treated_scale(record: StageRecord, traits: Traits) -> Traits:
    """Move the goalposts, which are in the indicators' own units, as treatment moved the values."""
    goalposts = traits.goalposts.copy()
    for part in record.fitted:
        if isinstance(part.method, Treatment):
            goalposts[part.leaves] = part.method.moved(goalposts[part.leaves].T, part.state).T
    return replace(traits, goalposts=goalposts)


def _strata(method: Stage, plan: Plan, traits: Traits) -> Traits:
    """Give each row the number of its group, for a method that works within a grouping."""
    grouping = method.grouping() if isinstance(method, Imputation) else ""
    names = group_names(plan.definition, plan.table, grouping) if grouping else None
    if names is None:
        return traits
    numbers = {name: number for number, name in enumerate(sorted(set(names) - {""}))}
    numbers[""] = -1
    return replace(traits, strata=np.array([numbers[name] for name in names]))
