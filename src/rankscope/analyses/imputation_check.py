"""The masked-cell check: values that are known are hidden, imputed, and compared."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from rankscope._registry import describe
from rankscope.analyses.gaps import plan_of
from rankscope.analyses.masked_cells import ALL, Accuracy, accuracy, trial_of
from rankscope.errors import MethodError
from rankscope.pipeline.evaluate import evaluate
from rankscope.pipeline.prepare import Choice, prepare
from rankscope.pipeline.ranks import ranks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from rankscope.analyses.masked_cells import Trial
    from rankscope.methods.imputation import Imputation
    from rankscope.pipeline.leaves import Leaves
    from rankscope.pipeline.plan import Plan
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Batch, Mask, Random, Whole

AS_DEFINED = "as defined"
"""What the definition says, as a method to try."""

_PURPOSE = 2


@dataclass(frozen=True, slots=True)
class ImputationCheck:
    """The outcome of hiding known values, imputing them, and comparing.

    ``overall`` has one entry a method, ``by_indicator`` one a method and indicator;
    ``rank_shifts``, one a method, is the mean absolute change of rank when the hidden cells
    are imputed in place of known, over ranked units and repeats.
    """

    methods: tuple[str, ...]
    overall: tuple[Accuracy, ...]
    by_indicator: tuple[Accuracy, ...]
    rank_shifts: tuple[float, ...]
    share: float
    repeats: int
    seed: int

    @property
    def best(self) -> str:
        """Return the method with the smallest error among those that fill the most cells."""
        most = max(one.filled for one in self.overall)
        full = [one for one in self.overall if one.filled == most]
        return min(full or self.overall, key=lambda one: (np.isnan(one.error), one.error)).method

    def frame(self) -> pd.DataFrame:
        """Return a data frame, a row a method and indicator; ``all`` has the rank shift too."""
        import pandas as pd

        columns = [field.name for field in fields(Accuracy)]
        found = self.overall + self.by_indicator
        frame = pd.DataFrame([[getattr(one, name) for name in columns] for one in found])
        frame.columns = pd.Index(columns)
        shifts = dict(zip(self.methods, self.rank_shifts, strict=True))
        frame["rank_shift"] = frame["method"].map(shifts).where(frame["indicator"] == ALL)
        return frame.set_index(["method", "indicator"])


def check_imputation(
    index: Result | Plan,
    methods: Sequence[Imputation | None],
    *,
    share: float = 0.1,
    repeats: int = 20,
    seed: int = 0,
) -> ImputationCheck:
    """Hide some of the observed values, impute them by each method, and compare.

    In each repeat the same cells are hidden from all methods: of each indicator the
    ``share`` of what is observed for ranked units, at least one value, and at least two
    stay.  Indicators with fewer than three values or with one value for all, and zeros read
    from a complete census, are left alone.  A method holds for all indicators; None stands
    for what the definition says.  Errors are on denominated values.  Who is ranked stays as
    it is.

    As Troyanskaya et al. (2001, https://doi.org/10.1093/bioinformatics/17.6.520) compared
    imputations.  Cells are hidden at random, but real gaps are not: the poorest report the
    least, and errors in real gaps will be larger.

    Raises
    ------
    MethodError
        When there is no method, one is there twice, or a number is out of range.
    """
    labels = tuple(_label(method) for method in methods)
    _refuse(labels, share, repeats)
    trial = trial_of(plan_of(index))
    masks = np.stack([trial.mask(share, _random(seed, repeat)) for repeat in range(repeats)])
    true = np.broadcast_to(trial.truth, masks.shape)
    overall, single, shifts = [], [], []
    for label, method in zip(labels, methods, strict=True):
        imputed, shift = _tried(trial, method, masks)
        overall.append(accuracy(label, ALL, true[masks], imputed[masks]))
        for column, code in enumerate(trial.codes):
            own = masks[..., column]
            single.append(accuracy(label, code, true[..., column][own], imputed[..., column][own]))
        shifts.append(shift)
    return ImputationCheck(
        methods=labels,
        overall=tuple(overall),
        by_indicator=tuple(single),
        rank_shifts=tuple(shifts),
        share=share,
        repeats=repeats,
        seed=seed,
    )


def _refuse(labels: tuple[str, ...], share: float, repeats: int) -> None:
    """Refuse what can not be checked."""
    if not labels:
        raise MethodError("check_imputation needs at least one imputation to try, got none.")
    for label in labels:
        if labels.count(label) > 1:
            raise MethodError(f"{label} is to be tried twice. Name each imputation once.")
    if not 0 < share < 1:
        raise MethodError(f"share must be a number between 0 and 1, got {share}.")
    if repeats < 1:
        raise MethodError(f"repeats must be a whole number of at least 1, got {repeats}.")


def _label(method: Imputation | None) -> str:
    """Return a method's name, with the parameters that are not at their default."""
    if method is None:
        return AS_DEFINED
    given = {key: value for key, value in describe(method).items() if key != "method"}
    words = ", ".join(f"{key} {value}" for key, value in given.items())
    return f"{method.name} ({words})" if words else method.name


def _random(seed: int, repeat: int) -> Random:
    """Return the source of random numbers of one repeat: the same however many there are."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(_PURPOSE, repeat)))


def _tried(trial: Trial, method: Imputation | None, masks: Mask) -> tuple[Batch, float]:
    """Return what a method puts in the place of masks, (repeats, rows, indicators).

    Beside it stands the mean absolute shift of ranks that this makes.
    """
    choice = Choice(imputation=method)
    known = _ranks(trial.plan, prepare(trial.plan, choice, rows=trial.ranked))
    values, shifts = [], []
    for mask in masks:
        leaves = prepare(trial.plan, choice, table=trial.table(mask), rows=trial.ranked)
        values.append(trial.scaled(leaves.record("imputation").matrix))
        ranks = _ranks(trial.plan, leaves)
        shifts.append(np.abs(ranks - known)[(ranks > 0) & (known > 0)])
    moved = np.concatenate(shifts)
    return np.stack(values), float(moved.mean()) if moved.size else np.nan


def _ranks(plan: Plan, leaves: Leaves) -> Whole:
    """Return the ranks of the index, of shape (rows,)."""
    scores = np.asarray(evaluate(plan, leaves))[:, plan.root]
    return ranks_of(plan, np.where(plan.rankable(), scores, np.nan))
