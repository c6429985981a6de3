"""Recovering weights that nobody printed, from published components and totals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rankscope.analyses.recover.answering import answer_of
from rankscope.analyses.recover.choosing import choose
from rankscope.analyses.recover.models import models
from rankscope.analyses.recover.printed import printed_columns
from rankscope.analyses.recover.side_by_side import totals_beside
from rankscope.analyses.recover.table import table_of
from rankscope.analyses.recover.total import Total
from rankscope.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rankscope.analyses.recover.models import Groups
    from rankscope.analyses.recover.result import Recovered


def recover_weights(  # noqa: PLR0913 - how a table was printed has many sides
    components: Any,
    totals: Any,
    *,
    decimals: int | Sequence[int] | Mapping[str, int] | None = None,
    total_decimals: int | None = None,
    names: Sequence[str] | None = None,
    units: Sequence[str] | None = None,
    total: Total | str | None = None,
    exponent: float | None = None,
    groups: Groups | None = None,
    polarity: Mapping[str, int] | None = None,
    limits: tuple[float, float] | None = None,
    exact_ends: bool = False,
    most_wrong: float = 0.01,
) -> Recovered:
    """Return all weights of 0 or more that give printed totals from printed components.

    Each printed number is the interval that rounds to it, and the ends of each weight are
    optima of linear programs over all tables within these intervals: no weight beyond them
    is possible, and each of them is attained or approached.

    Parameters
    ----------
    components, totals
        A data frame or array of units x components, and a column of one total for each unit;
        numbers, or texts as printed; gaps are NaN or empty.  If both have an index, rows
        belong together by it, else by their order.
    decimals, total_decimals
        Printed decimals: one number, or one for each component; read off where not given.
    total
        "as given", "scaled", or "scaled and shifted"; by default the first of "as given" and
        "scaled and shifted" (for other means, "scaled") that is possible.
    exponent
        Of the power mean: 1 arithmetic, 0 geometric, -1 harmonic; by default these are tried.
    groups
        Components by groups of a level below, each with or without weights (else equal): then
        means of the groups' means are tried too, and weights are those of the groups.
    polarity
        -1 for components of which less is better, in a total that is scaled and shifted.
    limits, exact_ends
        Ends beyond which no true number lies, such as (0, 100); with ``exact_ends`` the only
        number of a column that is printed as a limit is exactly that, as after min-max.
    most_wrong
        The largest part of rows that may be at odds with the rest before weights are refused.

    Raises
    ------
    DataError
        When a cell is no number, or rows, names or options do not fit.

    Notes
    -----
    Linear programs over intervals of data: Fiedler, Nedoma, Ramík, Rohn & Zimmermann (2006)
    Linear Optimization Problems with Inexact Data, https://doi.org/10.1007/0-387-32698-7.
    """
    left = printed_columns(components, decimals=decimals, names=names, units=units)
    right = printed_columns(totals_beside(components, totals), decimals=total_decimals)
    table = table_of(left, right, polarity=polarity, limits=limits, exact_ends=exact_ends)
    scale = _scale(total)
    ways = models(scale, exponent, groups)
    if not 0 <= most_wrong < 1:
        raise DataError(f"most_wrong: {most_wrong} is not a part of the rows from 0 to below 1.")
    chosen = choose(ways, table, groups, most_wrong)
    return answer_of(chosen, ways, table, groups, scale, most_wrong)


def _scale(total: Total | str | None) -> Total | None:
    if total is None:
        return None
    choices = [one.value for one in Total if one is not Total.RANKS]
    if str(total) not in choices:
        raise DataError(f"total: {str(total)!r} is none of {', '.join(choices)}.")
    return Total(str(total))
