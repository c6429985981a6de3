"""The leaves: normalised indicators with all that the stages recorded on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.pipeline.fitting import FittedStage
    from rankscope.shapes import Mask, Matrix, Vector, Whole


@dataclass(frozen=True, slots=True)
class StageRecord:
    """A stage and the matrix that came out of it, of shape (rows, leaves).

    ``fitted`` are its methods in the order in which they were applied.
    """

    name: str
    matrix: Matrix
    fitted: tuple[FittedStage, ...] = ()

    def decision(self, leaf: int) -> str:
        """Say what the stage did to a leaf; once where all groups of rows were treated alike."""
        strata = [part.strata for part in self.fitted if leaf in part.leaves]
        firsts = {int(row) for one in strata for row in np.unique(one, return_index=True)[1]}
        return "; ".join(dict.fromkeys(self.explain(leaf, row) for row in sorted(firsts)))

    def of_rows(self, rows: Whole) -> StageRecord:
        """Return the record of some rows."""
        fitted = tuple(replace(part, strata=part.strata[rows]) for part in self.fitted)
        return StageRecord(self.name, self.matrix[rows], fitted)

    def explain(self, leaf: int, row: int) -> str:
        """Say in words and numbers what the stage did to a leaf of a row."""
        parts = (part for part in self.fitted if leaf in part.leaves)
        return ", then ".join(part.explain(leaf, row) for part in parts)


@dataclass(frozen=True, slots=True)
class Leaves:
    """Normalised leaves, ready for any number of weight vectors.

    ``values`` of shape (rows, leaves), NaN where missing; ``imputed`` (rows, leaves);
    ``present`` (rows, nodes) says which nodes have a score, judged once on the
    definition's own weights, ``idle`` (nodes,) which nobody has; ``ranked`` (rows,) which
    units passed screening; ``coverage`` (rows,) the share of data present; ``weights``
    (edges,) those of the definition or, where a node derives them from data, those derived;
    ``records`` every stage.
    """

    values: Matrix
    imputed: Mask
    present: Mask
    idle: Mask
    ranked: Mask
    coverage: Vector
    weights: Vector
    records: tuple[StageRecord, ...]

    def of_rows(self, rows: Whole) -> Leaves:
        """Return the leaves of some rows, on the same scales."""
        return replace(
            self,
            values=self.values[rows],
            imputed=self.imputed[rows],
            present=self.present[rows],
            ranked=self.ranked[rows],
            coverage=self.coverage[rows],
            records=tuple(record.of_rows(rows) for record in self.records),
        )

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
