"""Variants: the versions of an index that its definition names, built together and compared.

A version is the published index or one of its variants; the published one comes first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from rankscope.analyses.rank_agreement import kendall, rank_shifts, spearman
from rankscope.analyses.variant_agreement import Agreement, agreement_of
from rankscope.analyses.variant_results import (
    at_period,
    build_variant,
    chosen_period,
    chosen_variants,
    rivals_of,
)
from rankscope.pipeline.plan import HEADLINE
from rankscope.pipeline.result import build

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Matrix, Vector, Whole

What: TypeAlias = Literal["scores", "ranks", "differences", "absolute", "agreement", "correlations"]

PUBLISHED = "published"
"""The name of the version that is no variant."""


@dataclass(frozen=True, slots=True)
class Variants:
    """Versions of an index side by side, the published one first.

    ``units`` are the union over all versions; ``rows`` of shape (versions, units) says
    where a unit is in each result, -1 where it is not.  Nodes go by their codes, and None
    is the whole index.  What a version does not have is NaN, its rank 0.
    """

    names: tuple[str, ...]
    titles: tuple[str, ...]
    results: tuple[Result, ...]
    units: tuple[str, ...]
    unit_names: tuple[str, ...]
    rows: Whole
    period: str | None = None

    @property
    def letters(self) -> tuple[str, ...]:
        """Return a letter for each variant where names take too much room; none for the first."""
        return ("", *(_letter(at) for at in range(len(self.names) - 1)))

    def scores(self, node: str | None = None, view: str = HEADLINE) -> Matrix:
        """Return the scores of a node, of shape (units, versions)."""
        return self._aligned(lambda result, number: result.score(number, view), node)

    def ranks(self, node: str | None = None, view: str = HEADLINE) -> Whole:
        """Return the ranks of a node, of shape (units, versions), as each version gives them."""
        found = self._aligned(lambda result, number: result.rank(number, view), node)
        return np.nan_to_num(found).astype(np.int64)

    def differences(self, node: str | None = None, view: str = HEADLINE) -> Matrix:
        """Return the places gained against the published index, of shape (units, variants).

        Positive rises, negative falls: published rank minus rank in the variant, both
        counted among the units that both rank, so that nobody rises because others have
        left.  NaN where either has no rank.
        """
        ranks = self.ranks(node, view).T
        shifts = [
            rank_shifts(ranks[0], ranks[at], ties=self._ties, groups=self._rivals(0, at))
            for at in range(1, len(ranks))
        ]
        return np.array(shifts).reshape(-1, len(self.units)).T

    def agreement(self, node: str | None = None, view: str = HEADLINE) -> tuple[Agreement, ...]:
        """Return how far each variant agrees with the published index."""
        ranks = self.ranks(node, view).T
        return tuple(
            agreement_of(
                (self.names[at], self.titles[at]),
                self.units,
                ranks[0],
                ranks[at],
                ties=self._ties,
                groups=self._rivals(0, at),
            )
            for at in range(1, len(ranks))
        )

    def correlations(
        self,
        node: str | None = None,
        view: str = HEADLINE,
        *,
        kind: Literal["spearman", "kendall"] = "spearman",
    ) -> Matrix:
        """Return the rank correlation of each two versions, of shape (versions, versions).

        Each is over the units that both versions rank.
        """
        ranks = self.ranks(node, view).T
        correlation = spearman if kind == "spearman" else kendall
        found = np.empty((len(ranks), len(ranks)))
        for a, one in enumerate(ranks):
            for b, other in enumerate(ranks[: a + 1]):
                both = (one > 0) & (other > 0)
                rivals = self._rivals(a, b)[both]
                found[a, b] = found[b, a] = correlation(one[both], other[both], groups=rivals)
        return found

    def to_frame(
        self, what: What = "ranks", node: str | None = None, view: str = HEADLINE
    ) -> pd.DataFrame:
        """Return a table: a row for each unit, or for each version where it is about versions.

        ``absolute`` are the differences without their sign.  Missing is NaN, also among ranks.
        """
        import rankscope.analyses.variant_frames as frames

        if what == "agreement":
            return frames.agreement_frame(self.agreement(node, view))
        if what == "correlations":
            return frames.square_frame(self.correlations(node, view), self.names)
        return frames.unit_frame(
            self._by_unit(what, node, view), self.names, self.units, self.unit_names
        )

    def _by_unit(self, what: What, node: str | None, view: str) -> Matrix:
        """Return a table with a row for each unit, missing as NaN."""
        if what == "scores":
            return self.scores(node, view)
        if what == "ranks":
            ranks = self.ranks(node, view)
            return np.where(ranks > 0, ranks, np.nan)
        shifts = self.differences(node, view)
        return np.abs(shifts) if what == "absolute" else shifts

    @property
    def _ties(self) -> str:
        return self.results[0].plan.definition.method.ranking.ties

    def _rivals(self, one: int, other: int) -> Whole:
        """Return a number for each unit, (units,), alike where both versions rank it together.

        Ranks within groups say nothing across them.
        """
        groups = [rivals_of(self.results[at], self.rows[at]) for at in (one, other)]
        return np.unique(np.stack(groups), axis=1, return_inverse=True)[1].ravel()

    def _aligned(self, of: Callable[[Result, int], Vector | Whole], code: str | None) -> Matrix:
        """Return a column for each version, (units, versions), NaN where it has no such node."""
        numbers = [_number(result, code) for result in self.results]
        if code is not None and all(number is None for number in numbers):
            raise KeyError(code)
        found = np.full((len(self.units), len(self.names)), np.nan)
        for at, (result, number) in enumerate(zip(self.results, numbers, strict=True)):
            there = self.rows[at] >= 0
            if number is not None:
                found[there, at] = of(result, number)[self.rows[at][there]]
        return found


def build_variants(
    definition: IndexDefinition,
    table: DataTable,
    names: Sequence[str] | None = None,
    *,
    period: str | None = None,
) -> Variants:
    """Build the published index and its variants, by default all, from one table.

    Panels are built as a whole and compared in one period, by default the last.

    Raises
    ------
    DefinitionError
        When the definition has no variants, or none of a name.
    RankscopeError
        When a version can not be built or does not have the period; the message names it.
    """
    chosen = chosen_variants(definition, names)
    published = build(definition, table)
    moment = chosen_period(published, definition.title, period)
    wholes = [published, *(build_variant(definition, table, one) for one in chosen)]
    labels = [f"The variant {one.name}" for one in chosen]
    results = [
        at_period(whole, label, moment)
        for whole, label in zip(wholes, [definition.title, *labels], strict=True)
    ]
    called = {
        unit: name for one in results for unit, name in zip(one.units, one.names, strict=True)
    }
    places = [{unit: row for row, unit in enumerate(one.units)} for one in results]
    return Variants(
        names=(PUBLISHED, *(one.name for one in chosen)),
        titles=("Published", *(one.title or one.name for one in chosen)),
        results=tuple(results),
        units=tuple(called),
        unit_names=tuple(called.values()),
        rows=np.array([[place.get(unit, -1) for unit in called] for place in places]),
        period=moment,
    )


def _letter(at: int) -> str:
    """Return the letter of a variant: A to Z, then AA, AB, ...

    >>> [_letter(at) for at in (0, 25, 26)]
    ['A', 'Z', 'AA']
    """
    return ("" if at < 26 else _letter(at // 26 - 1)) + chr(ord("A") + at % 26)


def _number(result: Result, code: str | None) -> int | None:
    """Return the number of a node by its code, None where the result does not have it."""
    codes = [node.code for node in result.plan.nodes]
    if code is None:
        return result.plan.root
    return codes.index(code) if code in codes else None
