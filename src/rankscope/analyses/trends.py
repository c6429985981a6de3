"""Trends: how scores, ranks and raw values of a panel change over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.analyses.panel_grid import panel_grid
from rankscope.analyses.trend_lines import (
    Ends,
    ends_of,
    growth_rate,
    latest_only,
    line_through,
)
from rankscope.errors import DataError
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.pipeline.result import Result
    from rankscope.shapes import Matrix, Vector, Whole

NO_PANEL = (
    "{title} is no panel: to follow it over time add `period_column: year` under `data:` in "
    "its definition, with one row for each unit and year in the table."
)


@dataclass(frozen=True, slots=True, eq=False)
class Trends:
    """Series of one node, and what becomes of each from its first to its last value.

    ``values`` (units, periods) are scores, or raw values of an indicator, NaN where there is
    none; ``ranks`` of that shape are those at the node, 0 where there is none.  ``first`` and
    ``last`` (units,) are the periods, by number, -1 where a unit has no value; the numbers
    below refer to these and are NaN where they are not defined.  ``change`` is last minus
    first, ``slope`` per ``step`` (a year) with its standard error, ``relative_slope`` the
    slope over the line's first value, ``rank_change`` the places won.  Where ``adjusted``,
    less is better and the signs are turned: a rise is always an improvement.
    """

    node: str
    name: str
    view: str
    raw: bool
    measured_in: str
    adjusted: bool
    periods: tuple[str, ...]
    times: Vector
    units: tuple[str, ...]
    names: tuple[str, ...]
    values: Matrix
    ranks: Whole
    first: Whole
    last: Whole
    change: Vector
    growth_rate: Vector
    slope: Vector
    slope_error: Vector
    relative_slope: Vector
    rank_change: Vector

    @property
    def step(self) -> str:
        """Return what one unit of time is called: a year, where periods are written as years."""
        years = all(len(one) == 4 and one.isdigit() for one in self.periods)
        return "year" if years else "period"

    @property
    def present(self) -> Whole:
        """Return in how many periods each unit has a value between its ends, (units,)."""
        places = np.arange(len(self.periods))
        within = (places >= self.first[:, None]) & (places <= self.last[:, None])
        count: Whole = (within & ~np.isnan(self.values)).sum(axis=1)
        return count

    def ends(self) -> tuple[Vector, Vector]:
        """Return first and last value, each of shape (units,)."""
        return Ends(self.first, self.last).of(self.values)

    def end_ranks(self) -> tuple[Vector, Vector]:
        """Return the ranks in the first and in the last period, (units,); NaN for none."""
        return Ends(self.first, self.last).of(_ranks_or_nan(self.ranks))

    def order(self) -> list[int]:
        """Return the units by their last rank, those first that have one in the last period."""
        final = len(self.periods) - 1
        _, rank = self.end_ranks()
        keys = zip(self.last != final, np.where(rank > 0, rank, np.inf), self.units, strict=True)
        return [row for row, _ in sorted(enumerate(keys), key=lambda pair: pair[1])]

    def columns(self) -> dict[str, list[Any]]:
        """Return what there is to say about each unit, as columns with an entry a unit."""
        first, last = self.ends()
        first_rank, last_rank = self.end_ranks()
        named = (*self.periods, None)
        return {
            "name": list(self.names),
            "present": self.present.tolist(),
            "first_period": [named[period] for period in self.first],
            "last_period": [named[period] for period in self.last],
            "first_value": first.tolist(),
            "last_value": last.tolist(),
            "change": self.change.tolist(),
            "growth_rate": self.growth_rate.tolist(),
            "slope": self.slope.tolist(),
            "slope_error": self.slope_error.tolist(),
            "relative_slope": self.relative_slope.tolist(),
            "first_rank": first_rank.tolist(),
            "last_rank": last_rank.tolist(),
            "rank_change": self.rank_change.tolist(),
        }

    def to_frame(self) -> pd.DataFrame:
        """Return a data frame with one row a unit; see `columns`."""
        import pandas as pd

        return pd.DataFrame(self.columns(), index=pd.Index(self.units, name="unit"))

    def value_frame(self) -> pd.DataFrame:
        """Return the values as a data frame, units by periods."""
        import pandas as pd

        index = pd.Index(self.units, name="unit")
        return pd.DataFrame(self.values, index=index, columns=list(self.periods))

    def rank_frame(self) -> pd.DataFrame:
        """Return the ranks as a data frame, units by periods; 0 where there is none."""
        import pandas as pd

        index = pd.Index(self.units, name="unit")
        return pd.DataFrame(self.ranks, index=index, columns=list(self.periods))


def trends(
    result: Result,
    node: str | None = None,
    *,
    view: str = HEADLINE,
    latest: int | None = None,
    adjust_directions: bool = True,
) -> Trends:
    """Return how a node's scores and ranks change over time; of an indicator, its raw values.

    ``latest`` looks at so many periods only, counted back from each unit's last value, as
    COINr's ``get_trends`` does.  ``adjust_directions`` turns the signs of changes in raw
    values where less is better.  A unit with gaps is followed from its own first to its own
    last value.

    Raises
    ------
    DataError
        When the index is no panel.
    KeyError
        When the index has no such node or view.
    """
    if not result.periods:
        raise DataError(NO_PANEL.format(title=result.plan.definition.title))
    plan = result.plan
    number = plan.root if node is None else plan.node(node)
    spec = plan.nodes[number].spec
    grid = panel_grid(plan.table)
    raw = spec.is_indicator
    values = grid.spread(plan.table.column(spec.code) if raw else result.score(number, view))
    ranks = np.nan_to_num(grid.spread(result.rank(number, view))).astype(np.int64)
    seen = values if latest is None else latest_only(values, latest)
    ends, line = ends_of(~np.isnan(seen)), line_through(seen, grid.times)
    moved = np.where(ends.last > ends.first, 1.0, np.nan)
    first, last = ends.of(values)
    before, after = ends.of(_ranks_or_nan(ranks))
    adjusted = raw and adjust_directions and spec.polarity < 0
    sign = -1.0 if adjusted else 1.0  # and 0 is added below, so that no zero has a sign
    return Trends(
        node=plan.nodes[number].code,
        name=plan.nodes[number].name,
        view=view,
        raw=raw,
        measured_in=spec.unit if raw else "",
        adjusted=adjusted,
        periods=grid.periods,
        times=grid.times,
        units=grid.units,
        names=grid.names,
        values=values,
        ranks=ranks,
        first=ends.first,
        last=ends.last,
        change=sign * (last - first) * moved + 0.0,
        growth_rate=sign * growth_rate(seen, grid.times) + 0.0,
        slope=sign * line.slope + 0.0,
        slope_error=line.error,
        relative_slope=sign * line.share + 0.0,
        rank_change=(before - after) * moved,
    )


def _ranks_or_nan(ranks: Whole) -> Matrix:
    """Return ranks with NaN where there is none."""
    return np.where(ranks > 0, ranks, np.nan)
