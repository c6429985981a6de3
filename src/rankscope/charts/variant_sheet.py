"""What a picture of variants shows, and where its columns are, in pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.charts.marks import cut_inside, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.variants import Variants
    from rankscope.shapes import Matrix, Whole

ROW, PILL = 22.0, 17.0
"""How high a row is, and the box of a rank in it."""

SHORT = 4
"""Codes of at most that many letters stand beside the rank, unless they look like numbers."""

CELL = 72.0
"""How wide a correlation is drawn."""

LETTER = 6.5
LINE = 15.0
LONGEST = 30
"""The longest name of a unit, in letters."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn, and where its columns are.

    ``rows`` are the units shown; ``ranks`` and ``changes`` of shape (rows, versions), the
    changes of the published version nil.
    """

    variants: Variants
    rows: tuple[int, ...]
    chosen: frozenset[int]
    ranks: Whole
    changes: Matrix
    slots: Whole
    node: str | None
    view: str
    title: str

    @property
    def names(self) -> list[str]:
        """Return the names of the units shown, cut where they are long."""
        return [cut_inside(self.variants.unit_names[row], LONGEST) for row in self.rows]

    @property
    def versions(self) -> int:
        """Return how many columns there are."""
        return len(self.variants.names)

    @property
    def step(self) -> float:
        """Return how far one column is from the next."""
        return min(170.0, max(104.0, 640.0 / max(1, self.versions - 1)))

    @property
    def coded(self) -> bool:
        """Whether codes stand beside the ranks, so that no line need be followed."""
        units = self.variants.units
        return all(len(unit) <= SHORT and not unit[0].isdigit() for unit in units)

    @property
    def half(self) -> float:
        """Return half the width of the box of a rank."""
        digits = len(str(int(self.ranks.max(initial=1))))
        codes = 1 + max((len(unit) for unit in self.variants.units), default=0)
        return LETTER * (digits + codes * self.coded) / 2 + 7

    @property
    def margin(self) -> float:
        """Return how wide the names beside the columns are."""
        beside = LETTER * max([16, *map(len, self.names)]) + self.half + 12
        named = max(min(len(name), LONGEST) for name in self.variants.names)
        below = LETTER * (named + 3) + CELL / 2 + 12 if self.versions > 2 else 0
        return max(beside, below)

    @property
    def width(self) -> float:
        """Return how wide the picture is."""
        return 2 * self.margin + self.step * (self.versions - 1)

    def x(self, version: int) -> float:
        """Return where the middle of a column is."""
        return self.margin + self.step * version

    @property
    def heads(self) -> list[Sequence[str]]:
        """Return the titles of the versions, line by line."""
        letters = int((self.step - 10) / LETTER)
        return [wrapped(title, letters, 5) for title in self.variants.titles]

    @property
    def under_heads(self) -> float:
        """Return where the titles of the versions end; a line above them holds their letters."""
        return (34 if self.title else 4) + LINE * (1 + max(map(len, self.heads)))

    @property
    def top(self) -> float:
        """Return where the units begin; three lines above them sum up the agreement."""
        return self.under_heads + LINE * 3 + 18

    @property
    def bottom(self) -> float:
        """Return where the units end."""
        return self.top + ROW * len(self.rows)

    @property
    def end(self) -> float:
        """Return where the correlations end, which only three or more versions have."""
        return self.bottom + (40 + ROW * self.versions if self.versions > 2 else 0)

    def y(self, at: int, version: int) -> float:
        """Return where the middle of a row is."""
        return self.top + ROW * (float(self.slots[at, version]) + 0.5)

    def said(self, at: int, version: int) -> str:
        """Return what stands in the box of a rank."""
        rank = str(self.ranks[at, version] or "–")
        return f"{rank} {self.variants.units[self.rows[at]]}" if self.coded else rank


def sheet_of(
    variants: Variants,
    node: str | None,
    view: str,
    top: int,
    units: Sequence[str],
    title: str | None,
) -> Sheet:
    """Return what is drawn: the first units as published, and those that were chosen.

    Raises
    ------
    KeyError
        When no version has the node, the view or a unit.
    """
    ranks, changes = variants.ranks(node, view), variants.differences(node, view)
    chosen = [_row(variants, unit) for unit in units]
    first = [row for row in np.lexsort((np.arange(len(ranks)), ranks[:, 0])) if ranks[row, 0]]
    rows = list(dict.fromkeys([*first[:top], *chosen]))
    rows.sort(key=lambda row: (ranks[row, 0] == 0, ranks[row, 0]))
    shown = ranks[rows]
    return Sheet(
        variants=variants,
        rows=tuple(int(row) for row in rows),
        chosen=frozenset(chosen),
        ranks=shown,
        changes=np.column_stack([np.zeros(len(rows)), changes[rows]]),
        slots=_slots(shown),
        node=node,
        view=view,
        title=_title(variants, node, view) if title is None else title,
    )


def _title(variants: Variants, node: str | None, view: str) -> str:
    plan = variants.results[0].plan
    parts = [f"{plan.definition.title}, edition {plan.definition.edition}"]
    parts += [next((one.name for one in plan.nodes if one.code == node), node)] if node else []
    parts += [view] if len(plan.views) > 1 else []
    return " · ".join([*parts, variants.period] if variants.period else parts)


def _row(variants: Variants, unit: str) -> int:
    if unit not in variants.units:
        raise KeyError(unit)
    return variants.units.index(unit)


def _slots(ranks: Whole) -> Whole:
    """Return the row that each unit stands in, by version; those without a rank come last."""
    keys = np.where(ranks > 0, ranks, np.iinfo(np.int64).max)
    order = np.argsort(keys, axis=0, kind="stable")
    slots = np.empty_like(ranks)
    np.put_along_axis(slots, order, np.arange(len(ranks))[:, None], axis=0)
    return slots
