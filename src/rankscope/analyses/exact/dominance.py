"""Dominance: which units are above others under all admissible weights, and under some."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.exact.bounds import MOST, Bounds
from rankscope.analyses.exact.region import region_of
from rankscope.analyses.exact.setting import setting_of
from rankscope.errors import MethodError
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from rankscope.analyses.exact.region import Gaps
    from rankscope.methods.admissible import Admissible
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Mask


@dataclass(frozen=True, slots=True, eq=False)
class Dominance:
    """Who is above whom, (units, units): the row's unit above the column's.

    ``necessary`` for all admissible weights, which is proved; ``possible`` for some, of which
    with gaps or mixed means there may be fewer.  ``settled`` is the share of pairs that no
    weights turn.  Units that are not ranked together are neither.  Foster, McGillivray & Seth
    (2013) Econometric Reviews 32(1), 35-56, https://doi.org/10.1080/07474938.2012.690647
    """

    label: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    necessary: Mask
    possible: Mask
    settled: float

    def frame(self) -> pd.DataFrame:
        """Return a data frame, a row for each pair of two units."""
        import pandas as pd

        above, below = np.nonzero(~np.eye(len(self.codes), dtype=bool))
        columns = {
            "above": [self.codes[at] for at in above],
            "below": [self.codes[at] for at in below],
            "necessary": self.necessary[above, below],
            "possible": self.possible[above, below],
        }
        return pd.DataFrame(columns)


def dominance(
    result: Result,
    *,
    weights: Admissible | None = None,
    levels: Sequence[int] | None = None,
    node: str | None = None,
    view: str = HEADLINE,
    period: str | None = None,
    gaps: Gaps = "bounds",
) -> Dominance:
    """Return who is above whom under all and under some admissible weights.

    All is as for `reach`.

    Raises
    ------
    RankscopeError
        As for `reach`; and with more than 2,000 units.
    """
    setting = setting_of(
        result, weights=weights, levels=levels, node=node, view=view, period=period
    )
    rows = np.concatenate([*setting.strata, np.zeros(0, dtype=np.int64)])
    if len(rows) > MOST:
        raise MethodError(f"Dominance is for at most {MOST:,} units, got {len(rows):,}. Use reach.")
    necessary = np.zeros((len(rows), len(rows)), dtype=bool)
    possible, start, settled, pairs = necessary.copy(), 0, 0, 0
    for own in setting.strata:
        region = region_of(
            result, setting.varied, view=view, node=setting.node, rows=own, gaps=gaps
        )
        bounds = Bounds(region, np.arange(len(own)))
        ahead, behind = bounds.both_ways(bounds.everyone)
        here = slice(start, start + len(own))
        necessary[here, here] = behind < -bounds.margins.apart
        possible[here, here] = (ahead > abs(bounds.margins.nothing)) & ~np.eye(len(own), dtype=bool)
        start, pairs = here.stop, pairs + bounds.pairs
        settled += bounds.settled or 0
    return Dominance(
        label=setting.label,
        codes=tuple(result.units[row] for row in rows),
        names=tuple(result.names[row] for row in rows),
        necessary=necessary,
        possible=possible,
        settled=settled / pairs if pairs else np.nan,
    )
