"""The multiverse of methods: every combination of the assumed choices, built and ranked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.choice_effects import ChoiceEffect, choice_effects
from rankscope.analyses.published_weights import published_weights
from rankscope.analyses.uncertainty import Design, design_of
from rankscope.analyses.uncertainty.factors import TABLES
from rankscope.errors import MethodError
from rankscope.findings import note

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Batch, Whole

MOST = 10_000
"""How many combinations are built at most."""

_AT_ONCE = 2**22
"""Scores that are computed at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class Multiverse:
    """The ranks of an index under every combination of its discrete choices.

    ``choices`` (combinations, factors) are the options of each, ``ranks`` (combinations,
    rows) the ranks, 0 for none.  Weights are as published and nothing is drawn, so that all
    that is counted here is exact.
    """

    design: Design
    choices: Whole
    ranks: Whole
    findings: tuple[Finding, ...]

    @property
    def result(self) -> Result:
        """Return the index as published."""
        return self.design.result

    @property
    def combinations(self) -> int:
        """Return how many combinations there are."""
        return len(self.choices)

    @property
    def published(self) -> Whole:
        """Return the published ranks, (rows,), 0 for none."""
        return self.result.rank(self.design.node, self.design.view)

    @property
    def order(self) -> list[int]:
        """Return the ranked rows, best first."""
        return self.result.order(self.design.node, self.design.view)

    @property
    def ranked(self) -> Whole:
        """Return in how many combinations each unit has a rank, (rows,)."""
        return np.asarray((self.ranks > 0).sum(axis=0))

    @property
    def kept(self) -> Whole:
        """Return in how many combinations each unit has its published rank, (rows,)."""
        return np.asarray(((self.ranks == self.published) & (self.ranks > 0)).sum(axis=0))

    def extremes(self) -> Batch:
        """Return the best, the median and the worst rank of each unit, (3, rows), NaN for none."""
        found = np.full((3, self.ranks.shape[1]), np.nan)
        for row, own in enumerate(self.ranks.T):
            there = own[own > 0]
            if there.size:
                found[:, row] = there.min(), np.median(there), there.max()
        return found

    def above(self) -> Batch:
        """Return the share of combinations in which a row's unit is above a column's, (rows, rows).

        Among those in which both have a rank; NaN where there are none.
        """
        there = self.ranks > 0
        placed = np.where(there, self.ranks, np.iinfo(np.int64).max)
        wins = np.array([((own[:, None] < placed) & there).sum(axis=0) for own in placed.T])
        both = there.T.astype(np.int64) @ there
        found = np.full(both.shape, np.nan)
        return np.asarray(np.divide(wins, both, out=found, where=both > 0))

    def effects(self) -> tuple[ChoiceEffect, ...]:
        """Return what each option does against the published one of its factor."""
        return choice_effects(self.design, self.choices, self.ranks)

    def frame(self) -> pd.DataFrame:
        """Return a data frame of ranked units, as published: ranks over all combinations."""
        import pandas as pd

        rows = self.order
        best, middle, worst = self.extremes()[:, rows]
        ranked, kept = self.ranked[rows], self.kept[rows]
        index = pd.Index([self.result.units[row] for row in rows], name="unit")
        columns = {
            "name": [self.result.names[row] for row in rows],
            "rank": self.published[rows],
            "best": best,
            "median": middle,
            "worst": worst,
            "kept": kept,
            "ranked": ranked,
        }
        return pd.DataFrame(columns, index=index)

    def combinations_frame(self) -> pd.DataFrame:
        """Return a data frame, a row a combination by its labels, of the rank of each unit."""
        import pandas as pd

        factors = self.design.factors
        labels = [
            [factors[number].options[chosen].label for number, chosen in enumerate(one)]
            for one in self.choices
        ]
        index = pd.MultiIndex.from_tuples(
            map(tuple, labels), names=[factor.name for factor in factors]
        )
        frame = pd.DataFrame(self.ranks, index=index, columns=list(self.result.units))
        return frame.astype("Int64").mask(frame == 0)

    def effects_frame(self) -> pd.DataFrame:
        """Return a data frame, a row an option, of `effects`."""
        import pandas as pd

        columns = list(ChoiceEffect.__dataclass_fields__)
        rows = [[getattr(one, key) for key in columns] for one in self.effects()]
        return pd.DataFrame(rows, columns=columns).set_index(["factor", "option"])


def multiverse(index: Result | Design) -> Multiverse:
    """Build every combination of the assumed choices at the published weights, and rank.

    A result stands for its definition's assumptions and the whole index; `design_of` makes
    a design with others, of a node, a view or a period.  Tables that are drawn are no
    choices: they stay as published.

    Steegen, Tuerlinckx, Gelman & Vanpaemel (2016) Perspectives on Psychological Science
    11(5), 702-712, https://doi.org/10.1177/1745691616658637

    Raises
    ------
    MethodError
        When there is no choice, or there are more than 10,000 combinations.
    BindError
        When no combination can be built.
    """
    whole = index if isinstance(index, Design) else design_of(index)
    design = replace(whole, factors=tuple(one for one in whole.factors if one.name != TABLES))
    choices = _factorial(design)
    size = max(1, _AT_ONCE // max(len(design.rows), 1))
    starts = range(0, len(choices), size)
    ranks = np.concatenate([_ranks(design, choices[first : first + size]) for first in starts])
    drawn = () if len(design.factors) == len(whole.factors) else tuple(_drawn())
    return Multiverse(design, choices, ranks, (*design.findings, *drawn))


def _factorial(design: Design) -> Whole:
    """Return every combination of options, (combinations, factors), the last running fastest."""
    shape = [len(factor.options) for factor in design.factors]
    if max(shape, default=1) < 2:
        raise MethodError(
            f"{design.result.plan.definition.title} names no choice between methods. Name some "
            "in its `assumptions`, such as `aggregation: [arithmetic, geometric]`."
        )
    combinations = int(np.prod(shape, dtype=float))
    if combinations > MOST:
        said = (
            f"The assumed choices combine in {combinations:,} ways, and at most {MOST:,} are built."
        )
        raise MethodError(f"{said} Name fewer choices, or draw from them: `robust` does.")
    return np.stack(np.unravel_index(np.arange(combinations), shape), axis=1).astype(np.int64)


def _ranks(design: Design, choices: Whole) -> Whole:
    """Return the ranks of some combinations, (combinations, rows)."""
    return design.ranking.ranks(design.scores(choices, published_weights(len(choices))))


def _drawn() -> Iterator[Finding]:
    yield note(
        "multiverse-tables",
        "assumptions",
        "Errors of the data and gaps filled by draws are no choices: the table is as published.",
        "Draw them with the rest: `robust` does.",
    )
