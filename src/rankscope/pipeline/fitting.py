"""A stage fitted group by group: who runs it knows the groups, the method need not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.methods.base import plain_traits
from rankscope.methods.imputation import Imputation
from rankscope.methods.normalisation import Normalisation
from rankscope.pipeline.groups import base_of, sizes_of, strata_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition
    from rankscope.methods.base import Stage, Traits
    from rankscope.shapes import Batch, Mask, Matrix, Vector, Whole


@dataclass(frozen=True, slots=True)
class FittedStage:
    """A stage fitted on some leaves: its state for each stratum of rows.

    ``leaves`` are columns; ``strata`` (rows,) number the group of each row, -1 for none.
    ``carried`` (rows, leaves) is what gaps took from rows that are no longer there, NaN
    where nothing; see `alone`.
    """

    method: Stage
    leaves: Whole
    strata: Whole
    states: Mapping[int, Any]
    carried: Matrix | None = None

    def transform(self, matrix: Matrix, traits: Traits) -> Matrix:
        """Return the stage's columns of a matrix (rows, all leaves), (rows, leaves).

        Rows whose group was not fitted have no value; an imputation leaves them as they are.
        """
        given = matrix[:, self.leaves]
        own = traits.of_columns(self.leaves)
        after = given.copy() if isinstance(self.method, Imputation) else np.full_like(given, np.nan)
        for stratum, state in self.states.items():
            rows = self.strata == stratum
            after[rows] = self.method.transform(given[rows], state, own.of_rows(rows))
        return after if self.carried is None else np.where(np.isnan(after), self.carried, after)

    def alone(self, before: Matrix, after: Matrix) -> FittedStage:
        """Return the stage for these rows, (rows, all leaves), without the other periods.

        A gap that was filled from another period keeps what it was filled with.
        """
        if not (isinstance(self.method, Imputation) and self.method.needs_panel):
            return self
        gaps = np.isnan(before[:, self.leaves])
        return replace(self, carried=np.where(gaps, after[:, self.leaves], np.nan))

    def explain(self, leaf: int, row: int) -> str:
        """Say in words and numbers what the stage did to a leaf of a row."""
        stratum = int(self.strata[row])
        if stratum not in self.states:
            return f"no group of {self.method.within} to work in"
        column = int(np.flatnonzero(self.leaves == leaf)[0])
        return self.method.explain(self.states[stratum], column)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as a stage sees them: their groups, which are fitted on, their units and sizes."""

    strata: Whole
    fitting: Mask
    units: tuple[str, ...]
    sizes: Vector

    def some(self, rows: Whole) -> Rows:
        """Return some of the rows."""
        units = tuple(self.units[row] for row in rows)
        return Rows(self.strata[rows], self.fitting[rows], units, self.sizes[rows])


def fit_stage(
    method: Stage, leaves: Whole, matrix: Matrix, traits: Traits, rows: Rows
) -> FittedStage:
    """Fit a stage on some columns of a matrix, in each stratum by itself."""
    given, own = matrix[:, leaves], replace(traits.of_columns(leaves), sizes=rows.sizes)
    states = {}
    for stratum in np.unique(rows.strata[rows.fitting]):
        here = (rows.strata == stratum) & rows.fitting
        if stratum >= 0:
            seen = _with_reference(method, given, own, here, rows.units)
            states[int(stratum)] = method.fit(given[here], seen.of_rows(here))
    return FittedStage(method, leaves, rows.strata, states)


def _with_reference(
    method: Stage, given: Matrix, traits: Traits, here: Mask, units: tuple[str, ...]
) -> Traits:
    """Put the values of the unit that a normalisation refers to in the place of the targets."""
    unit = method.reference() if isinstance(method, Normalisation) else None
    if unit is None:
        return traits
    own = np.flatnonzero(np.array(units) == unit)
    near = own[here[own]] if here[own].any() else own
    if not near.size:
        return replace(traits, target=np.full(given.shape[1], np.nan))
    return replace(traits, target=given[near[np.argmax(traits.times[near])]])


@dataclass(frozen=True, slots=True)
class PlacedStep:
    """A step at a node, and the rows as it sees them."""

    method: Stage
    rows: Rows

    def through(self, scores: Batch) -> Batch:
        """Return scores of shape (*draws, rows) after the step, fitted for each draw by itself."""
        flat = scores.reshape(-1, scores.shape[-1]).T
        traits = plain_traits(*flat.shape)
        fitted = fit_stage(self.method, np.arange(flat.shape[1]), flat, traits, self.rows)
        return np.ascontiguousarray(fitted.transform(flat, traits).T).reshape(scores.shape)

    def of_rows(self, rows: Whole) -> PlacedStep:
        """Return the step for some of the rows."""
        return PlacedStep(self.method, self.rows.some(rows))

    def fitted_on(self, first: int) -> PlacedStep:
        """Return the step fitted on the first rows alone, and run over all."""
        fitting = self.rows.fitting & (np.arange(len(self.rows.fitting)) < first)
        return PlacedStep(self.method, replace(self.rows, fitting=fitting))


def placed_step(definition: IndexDefinition, table: DataTable, method: Stage) -> PlacedStep:
    """Return a step with the groups of rows in which it is fitted, and the rows that it sees."""
    strata, base = strata_of(definition, table, method), base_of(definition, table)
    return PlacedStep(method, Rows(strata, base, table.units, sizes_of(table, method)))
