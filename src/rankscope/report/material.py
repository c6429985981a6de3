"""What every section of the report draws on: the index, its result, anchors and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.charts.groups import Group, groups, stacked
from rankscope.pages.links import anchors
from rankscope.pages.numbers import MISSING, fixed, ordinal, score_decimals
from rankscope.pipeline.plan import HEADLINE, INTENSITY, SCALE
from rankscope.report.firmness import firmness_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rankscope.catalogue.open import Index
    from rankscope.pipeline.plan import Plan
    from rankscope.pipeline.result import Result
    from rankscope.report.firmness import Firmness
    from rankscope.shapes import Matrix, Vector, Whole

_TAKEN = (
    "top",
    "ranking",
    "robustness",
    "assumed",
    "map",
    "countries",
    "views",
    "scenarios",
    "coverage",
    "framework",
    "method",
    "sources",
    "about",
    "facts-of-page",
    "find",
    "find-part",
    "more",
    "count",
    "table",
    "readout",
    "hatch",
    "open-all",
    "tree",
    "podium-0",
    "podium-1",
    "podium-2",
)
"""The anchors of the page itself; a unit of such a name gets another one."""

COMPACT_ABOVE = 400
"""With more units than this, the part of each is a single line of scores."""

_VIEW_NAMES = {HEADLINE: "Overall", SCALE: "Scale", INTENSITY: "Intensity"}


@dataclass(frozen=True, slots=True)
class Material:
    """An index and its result, with what several sections need of them.

    ``anchors`` follow the rows of the table; ``weights`` of shape (nodes,) are the
    effective ones; ``stacks`` holds, for each view, the parts of the scores of shape
    (rows, parts), or None where they do not stack; ``low`` and ``high`` are the ends of
    the scale that bars are drawn on; ``firmness`` is None where nobody wants to know it.
    """

    index: Index
    result: Result
    anchors: tuple[str, ...]
    groups: tuple[Group, ...]
    weights: Vector
    stacks: tuple[Matrix | None, ...]
    low: float
    high: float
    decimals: int
    firmness: Firmness | None = None

    @property
    def plan(self) -> Plan:
        """Return the plan."""
        return self.result.plan

    @property
    def views(self) -> tuple[str, ...]:
        """Return the views."""
        return self.result.plan.views

    @property
    def view_names(self) -> tuple[str, ...]:
        """Return what the views are called in print."""
        return tuple(_VIEW_NAMES[view] for view in self.views)

    @property
    def of_countries(self) -> bool:
        """Whether units are countries of the register."""
        return self.index.definition.units.register_ == "iso3166"

    @property
    def compact(self) -> bool:
        """Whether there are too many units for a full part each."""
        return len(self.result.units) > COMPACT_ABOVE

    def units(self, number: int) -> str:
        """Return ``1 country``, ``2 countries``, or the same with units."""
        one, many = ("country", "countries") if self.of_countries else ("unit", "units")
        return f"{number:,} {one if number == 1 else many}"

    @property
    def noun(self) -> str:
        """Return what one unit is called."""
        return "country" if self.of_countries else "unit"

    @property
    def nouns(self) -> str:
        """Return what units are called."""
        return "countries" if self.of_countries else "units"

    @property
    def part_name(self) -> str:
        """Return what the parts of the score are called."""
        deep = any(group.pillar for group in self.groups)
        return "sub-pillar" if deep else "part"

    def score(self, value: float) -> str:
        """Return a score as it is printed."""
        return fixed(value, self.decimals)

    def place(self, row: int, view: str = HEADLINE) -> str:
        """Return a rank in words, ``1st``, or a dash."""
        rank = int(self.result.rank(view=view)[row])
        return ordinal(rank) if rank else MISSING

    def rank(self, row: int, view: str = HEADLINE) -> str:
        """Return a rank as a table prints it, with = where it is shared."""
        return _with_ties(self.result.rank(view=view), row)

    def result_rank(self, node: int, row: int) -> str:
        """Return the headline rank at a node as a table prints it, with = where it is shared."""
        return _with_ties(self.result.rank(node), row)

    def shares_rank(self, node: int, row: int) -> bool:
        """Whether others have the same headline rank at a node."""
        return self.result_rank(node, row).endswith("=")

    def order(self) -> list[int]:
        """Return all rows: the ranked by rank, then the others by name."""
        ranked = self.result.order()
        rest = sorted(set(range(len(self.result.units))) - set(ranked), key=self._by_name)
        return [*ranked, *rest]

    def _by_name(self, row: int) -> tuple[str, str]:
        return (self.result.names[row].casefold(), self.result.units[row])


def _stacked_periods(result: Result) -> bool:
    """Whether a result holds several periods, of which no single one is shown."""
    return len(result.periods) > 1


def _with_ties(ranks: Whole, row: int) -> str:
    rank = int(ranks[row])
    if not rank:
        return MISSING
    return f"{rank}=" if int((ranks == rank).sum()) > 1 else str(rank)


def gather(
    index: Index,
    result: Result,
    *,
    draws: int = 0,
    panel: Result | None = None,
    firmness: Firmness | None = None,
    taken: Iterable[str] = _TAKEN,
) -> Material:
    """Collect what the sections need; so many ``draws`` show how firm the ranks are.

    ``firmness`` is what is known of that already; then nothing is drawn.  ``taken`` are the
    anchors of the page itself.
    """
    parts = groups(result.plan)
    scores = np.stack([result.score(view=view) for view in result.plan.views])
    known = scores[~np.isnan(scores)]
    taken = frozenset((*taken, *(f"source-{one.code}" for one in index.definition.sources)))
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    firm = draws > 0 and not _stacked_periods(result) and bool(result.order())
    if firmness is None and firm:
        compact = len(result.units) > COMPACT_ABOVE
        firmness = firmness_of(result, panel=panel, draws=draws, compact=compact)
    return Material(
        firmness=firmness,
        index=index,
        result=result,
        anchors=anchors(result.units, taken),
        groups=parts,
        weights=result.plan.effective_weights(),
        stacks=tuple(stacked(result, parts, view) for view in result.plan.views),
        low=min(0.0, low),
        high=high if high > min(0.0, low) else low + 1.0,
        decimals=score_decimals(max(abs(low), abs(high))),
    )
