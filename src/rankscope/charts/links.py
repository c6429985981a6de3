"""What does the ranking go with outside the index?  Correlations with size, income and others."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence import rules
from rankscope.analyses.coherence.links import MEASURES
from rankscope.charts.keys import LINE, Key
from rankscope.charts.link_scatter import link_scatter_chart
from rankscope.charts.marks import Dot, Pill, drawn
from rankscope.charts.palette import ACCENT, FAMILIES, INK, SOFT
from rankscope.charts.row_sheet import Rows, and_more, heading, nothing, round_ticks, signed

if TYPE_CHECKING:
    from collections.abc import Iterator

    import altair as alt

    from rankscope.analyses.coherence.links import Links
    from rankscope.charts.marks import Mark

__all__ = ["link_scatter_chart", "links_chart"]

DRIVEN = FAMILIES[1][0]
"""The colour of rank correlations beyond 0.6: size tells more than a third."""

_LOG, _RANKS = MEASURES.index("log"), MEASURES.index("spearman")


def links_chart(
    found: Links, *, top: int = 40, width: float = 900, title: str | None = None
) -> alt.LayerChart:
    """Return the correlations of the index and its parts with each variable outside it.

    Dots are rank correlations, hollow where they may be chance; ticks are correlations with
    the logarithm; small dots those within the groups of a grouping, where there is one.
    """
    rows = [(at, node) for at in range(len(found.variables)) for node in range(len(found.codes))]
    shown = rows[:top]
    said = "What goes with the ranking outside the index" if title is None else title
    marks, under = heading(said, _keys(found), width)
    ends = np.array([*found.values[_RANKS].ravel(), *found.values[_LOG].ravel()])
    sheet = Rows(
        names=tuple(_name(found, *one) for one in shown),
        notes=tuple(_note(found, *one) for one in shown),
        width=width,
        top=under + LINE + 4,
        low=-1.0 if (ends < -0.2).any() else -0.2,
        high=1.0,
        strong=frozenset(place for place, (_, node) in enumerate(shown) if not node),
    )
    marks += sheet.labels()
    if shown:
        marks += sheet.axis(round_ticks(sheet.low, 1.0, 8), lambda tick: signed(tick, 1))
        marks += sheet.upright(0.0, SOFT)
        for bar in (-rules.DRIVEN, rules.DRIVEN):
            if bar > sheet.low:
                marks += sheet.upright(bar, INK, 1.4, dashed=True)
    for place, (variable, node) in enumerate(shown):
        marks += _row(sheet, place, found, (node, variable))
    more = and_more(len(rows) - top, "rows")
    more = more or ("" if rows else "There are no variables outside the index.")
    marks += [nothing(more, sheet.bottom, width)] if more else []
    return drawn(marks, (width, sheet.bottom + (LINE + 8 if more else 8)))


def _keys(found: Links) -> list[Key]:
    inside = [] if found.grouping is None else [Key("bound", f"within groups of {found.grouping}")]
    return [
        Key("ring", "rank correlation", ACCENT),
        Key("ring", f"beyond {rules.DRIVEN:g} (dashed)", DRIVEN),
        Key("dot", "may be chance"),
        Key("tick", "with its logarithm", SOFT),
        *inside,
    ]


def _name(found: Links, variable: int, node: int) -> str:
    """Return a variable where the whole stands, else the name of a part."""
    if node:
        return found.names[node]
    named = found.variable_names[variable]
    return f"{named[:1].upper()}{named[1:]}: {found.names[0]}"


def _note(found: Links, variable: int, node: int) -> str:
    value = float(found.values[_RANKS, node, variable])
    count = int(found.counts[_RANKS, node, variable])
    said = "not defined" if math.isnan(value) else signed(value)
    return f"{said}, {count:,} units"


def _row(sheet: Rows, place: int, found: Links, cell: tuple[int, int]) -> Iterator[Mark]:
    """Yield what is known of a node and a variable."""
    y, (node, variable) = sheet.y(place), cell
    logged = float(found.values[_LOG, node, variable])
    if not math.isnan(logged):
        yield Pill(sheet.x(logged), y, 2.4, 14.0, SOFT)
    value = float(found.values[_RANKS, node, variable])
    if not math.isnan(value):
        colour = DRIVEN if abs(value) > rules.DRIVEN else ACCENT
        chance = bool(found.p_values[_RANKS, node, variable] > rules.SIGNIFICANT)
        yield Dot(sheet.x(value), y, 5.2, *(("#ffffff", INK) if chance else (colour, "white")))
    inside = float(found.within[_RANKS, node, variable])
    if not math.isnan(inside):
        yield Dot(sheet.x(inside), y, 2.6, "#ffffff", SOFT)
