"""How firm each rank is, for all sections: intervals, tiers, and whom a unit equals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.analyses.choice_words import weights_words
from rankscope.analyses.exact.reach import reach
from rankscope.analyses.uncertainty import design_of, uncertainty
from rankscope.charts.rank_intervals import whole_span
from rankscope.errors import RankscopeError
from rankscope.pages.numbers import ordinal
from rankscope.pages.words import in_prose

if TYPE_CHECKING:
    from rankscope.analyses.exact.answer import Reach
    from rankscope.analyses.uncertainty import Uncertainty
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Mask, Whole

SURE = 0.95
"""From which share of designs on a unit is called ahead of another."""

_COMPACT_DRAWS = 1000
"""Draws at most for thousands of units, whose intervals alone are shown."""

_NAMED = 6


@dataclass(frozen=True, slots=True, eq=False)
class Firmness:
    """What draws say of the ranks; ``problem`` says why there are none.

    ``low`` and ``high`` (rows,) are the ends of the 90 % intervals, 0 where a unit has none;
    ``tiers`` (rows,) and ``close`` (rows, rows), pairs of which neither is ahead for sure,
    are None where pairs are not counted.  ``reach`` is proved while only weights vary.
    """

    found: Uncertainty | None
    low: Whole
    high: Whole
    tiers: Whole | None
    close: Mask | None
    reach: Reach | None = None
    problem: str = ""

    def between(self, row: int) -> str:
        """Return an interval as a table prints it, ``30–34``; empty where there is none."""
        low, high = int(self.low[row]), int(self.high[row])
        return between(low, high) if low else ""

    def proved(self, row: int) -> tuple[int, int] | None:
        """Return which ranks no weights of the set can leave; None where nothing is proved."""
        if self.reach is None or self.found is None:
            return None
        code = self.found.result.units[row]
        if code not in self.reach.codes:
            return None
        at = self.reach.codes.index(code)
        return int(self.reach.best_from[at]), int(self.reach.worst_to[at])

    def told_proved(self, row: int) -> str:
        """Say between which ranks a unit stays while only weights vary."""
        ends = self.proved(row)
        if ends is None or self.reach is None:
            return ""
        best, worst = map(ordinal, ends)
        while_ = f"while only weights vary, {weights_words(self.reach.label)}"
        if best == worst:
            return f"It is {best} for sure {while_}."
        said = f"never better than {best} nor worse than {worst}"
        if ends[0] == 1:
            said = f"never worse than {worst}"
        elif ends[1] == len(self.reach.codes):
            said = f"never better than {best}"
        return f"It is {said} {while_}: that is proved."

    def outside(self, row: int) -> bool:
        """Whether the published rank of a unit lies outside of its own interval."""
        rank = int(self._published[row])
        return bool(self.low[row]) and not self.low[row] <= rank <= self.high[row]

    def told(self, row: int) -> str:
        """Return what draws say of the rank of one unit, in sentences."""
        if self.found is None or not self.low[row]:
            return ""
        rank, low, high = (int(one[row]) for one in (self._published, self.low, self.high))
        span = f"in 90% of {self.found.draws:,} defensible designs"
        said = f"{ordinal(rank)}; between {low} and {high} {span}."
        if low == high:
            said = f"{ordinal(rank)}; {ordinal(low)} {span}."
        if self.outside(row):
            way = "higher" if rank > high else "lower"
            said += f" Most other defensible designs rank it {way} than the published one."
        return said

    def alike(self, row: int) -> list[int]:
        """Return the rows that a unit can not be told apart from, the nearest ranks first."""
        if self.close is None or not self.low[row]:
            return []
        ranks = self._published
        rows = [other for other in np.flatnonzero(self.close[row]).tolist() if ranks[other]]
        return sorted(rows, key=lambda other: (abs(int(ranks[other] - ranks[row])), other))

    def told_alike(self, row: int, noun: str, nouns: str) -> str:
        """Say whom a unit can not be told apart from; empty where that is not known."""
        if self.close is None or self.found is None or not self.low[row]:
            return ""
        rows = self.alike(row)
        if len(self.found.order) < 2:
            return ""
        if not rows:
            return f"Every other {noun} is ahead of it or behind it in at least 95% of them."
        names = [in_prose(self.found.result.names[other]) for other in rows[:_NAMED]]
        rest = len(rows) - len(names)
        if rest == 1:
            names.append(in_prose(self.found.result.names[rows[-1]]))
        elif rest:
            names.append(f"{rest} other {nouns}")
        return f"It can not be told apart from {join_words(names, 'and')}."

    @property
    def _published(self) -> Whole:
        return self.found.published if self.found is not None else np.zeros(len(self.low), int)


def between(low: int, high: int) -> str:
    """Return two ranks as a table prints them, ``30–34``."""
    return str(low) if low == high else f"{low}–{high}"


def firmness_of(result: Result, *, panel: Result | None, draws: int, compact: bool) -> Firmness:
    """Draw what the assumptions of an index allow, and see what becomes of the ranks.

    ``panel`` is the whole of which the result is one period, if it is; ``compact`` asks for
    intervals only.  Where nothing can be drawn the answer says why.
    """
    period = result.periods[0] if panel is not None and result.periods else None
    try:
        design = design_of(panel or result, period=period)
        most = min(draws, _COMPACT_DRAWS) if compact else draws
        found = uncertainty(design, draws=most, pairs=not compact)
    except RankscopeError as problem:
        return unknown(result, str(problem).splitlines()[0])
    return firmness_from(found, _reach(panel or result, period) if not compact else None)


def unknown(result: Result, problem: str) -> Firmness:
    """Return that nothing is known of how firm the ranks are, and why."""
    none = np.zeros(len(result.units), dtype=np.int64)
    return Firmness(None, none, none, None, None, None, problem)


def firmness_from(found: Uncertainty, reach: Reach | None) -> Firmness:
    """Return what draws that are there, and what is proved, say of the ranks."""
    ends = [whole_span(low, high) for low, high in found.ranks.interval().T]
    ranked = found.published > 0
    low, high = np.array(ends, dtype=np.int64).reshape(-1, 2).T * ranked
    if found.pairs is None:
        return Firmness(found, low, high, None, None, reach)
    ahead = found.pairs.probability >= SURE
    close = ~(ahead | ahead.T) & ranked & ranked[:, None] & (found.pairs.both > 0)
    np.fill_diagonal(close, val=False)
    return Firmness(found, low, high, found.tiers(sure=SURE), close, reach)


def _reach(result: Result, period: str | None) -> Reach | None:
    """Return proved bounds of all ranks while weights vary; None where they can not be had.

    Without any time for programs, so that the same index gives the same bytes.
    """
    try:
        return reach(result, period=period, time_limit=0.0)
    except RankscopeError:
        return None
