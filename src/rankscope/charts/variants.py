"""Who ranks where in each version of an index?  A column for each version, a line for each unit.

Units stand in the order of each version, one below the other, so that no label can cover
another; the number is the rank, its colour the rise or fall against the published index.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.rank_agreement import correlation_words
from rankscope.analyses.variant_agreement import MOVES
from rankscope.charts.marks import Pill, Stroke, Text, TextStyle, cut, drawn, wrapped
from rankscope.charts.palette import (
    ACCENT,
    FAMILIES,
    INK,
    OTHER,
    SOFT,
    mix,
    readable_on,
    sequence,
)
from rankscope.charts.variant_sheet import CELL, LETTER, LINE, PILL, ROW, Sheet, sheet_of
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

    from rankscope.analyses.variants import Variants
    from rankscope.charts.marks import Mark

RISES, FALLS, STAYS = FAMILIES[0], FAMILIES[1], "#edf0f2"
"""The dark and the light colour of those that rise, and of those that fall."""

_SHADES = sequence(101)
_SQUARE = "Rank correlation of each two versions (Spearman)"
_CAPTION = (
    "Numbers are ranks; units stand in the order of each version. Blue rises, orange falls "
    "against the published index among the units that both rank; the darker, the further. "
    "A dash is not ranked."
)


def variants_chart(
    variants: Variants,
    *,
    node: str | None = None,
    view: str = HEADLINE,
    top: int = 20,
    units: Sequence[str] = (),
    title: str | None = None,
) -> alt.LayerChart:
    """Return the ranks of the first units and of some others in all versions.

    Below stands the rank correlation of each two versions where there are three or more.
    ``units`` are codes; their lines stand out.

    Raises
    ------
    KeyError
        When no version has the node, the view or a unit.
    """
    sheet = sheet_of(variants, node, view, top, units, title)
    notes = wrapped(_CAPTION, int((sheet.width - 12) / (LETTER * 0.92)), 9)
    marks = itertools.chain(
        _heads(sheet),
        _summary(sheet),
        *(_unit(sheet, at) for at in range(len(sheet.rows))),
        _correlations(sheet) if sheet.versions > 2 else (),
        _stacked(6, sheet.end + 18, notes, TextStyle(colour=SOFT, size=11)),
    )
    return drawn(marks, (sheet.width, sheet.end + 24 + LINE * len(notes)), corner=4)


def _stacked(x: float, top: float, lines: Sequence[str], style: TextStyle) -> Iterator[Text]:
    """Yield lines of text, one below the other."""
    for at, line in enumerate(lines):
        yield Text(x, top + LINE * (at + 0.5), line, style)


def _heads(sheet: Sheet) -> Iterator[Text]:
    """Yield the titles of the picture and of its columns, each under its letter."""
    yield Text(6, 12, sheet.title, TextStyle(size=15, bold=True))
    for at, lines in enumerate(sheet.heads):
        x, top = sheet.x(at), sheet.under_heads - LINE * len(lines)
        yield from _stacked(x, top, lines, TextStyle("center", bold=True))
        yield Text(x, top - LINE / 2, sheet.variants.letters[at], TextStyle("center", SOFT))


def _summary(sheet: Sheet) -> Iterator[Text]:
    """Yield three lines that say how far each variant agrees."""
    found = sheet.variants.agreement(sheet.node, sheet.view)
    lines = {
        "Rank correlation": [correlation_words(one.ranks.spearman) for one in found],
        "Mean shift": [_known(one.ranks.mean_shift, ".1f") for one in found],
        "Over 5 places": [_known(one.moved[MOVES.index(5)], ".0%") for one in found],
    }
    top, left = sheet.under_heads + 8, sheet.x(0) - sheet.half - 8
    yield from _stacked(left, top, list(lines), TextStyle("right", SOFT, 11))
    for at, values in enumerate(zip(*lines.values(), strict=True), start=1):
        yield from _stacked(sheet.x(at), top, values, TextStyle("center", SOFT, 11))


def _known(value: float, form: str) -> str:
    return "–" if math.isnan(value) else format(value, form)


def _unit(sheet: Sheet, at: int) -> Iterator[Mark]:
    """Yield a unit: its name at both sides, its ranks, and the line that joins them."""
    chosen = sheet.rows[at] in sheet.chosen
    colour, last = ACCENT if chosen else INK, sheet.versions - 1
    for version, side, way in ((0, "right", -1), (last, "left", 1)):
        x = sheet.x(version) + way * (sheet.half + 8)
        style = TextStyle(side, colour, bold=chosen)  # type: ignore[arg-type]
        yield Text(x, sheet.y(at, version), sheet.names[at], style)
    for version in range(sheet.versions):
        x, y = sheet.x(version), sheet.y(at, version)
        fill = _fill(sheet, at, version)
        yield Pill(x, y, 2 * sheet.half, PILL, fill)
        yield Text(x, y, sheet.said(at, version), TextStyle("center", readable_on(fill), 11))
    for one, other in itertools.pairwise(range(sheet.versions)):
        if sheet.ranks[at, one] and sheet.ranks[at, other]:
            start = (sheet.x(one) + sheet.half, sheet.y(at, one))
            end = (sheet.x(other) - sheet.half, sheet.y(at, other))
            yield Stroke(start, end, *((ACCENT, 2.4) if chosen else (OTHER, 1.2)))


def _fill(sheet: Sheet, at: int, version: int) -> str:
    """Return the colour of a rank: darker, the more places it is off, in logarithms."""
    change = float(sheet.changes[at, version])
    if math.isnan(change) or change == 0:
        return STAYS
    dark, light = RISES if change > 0 else FALLS
    largest = max(2.0, float(np.nanmax(np.abs(sheet.changes))))
    return mix(light, dark, math.log(abs(change)) / math.log(largest))


def _correlations(sheet: Sheet) -> Iterator[Mark]:
    """Yield the rank correlations of each two versions, below their columns."""
    values = sheet.variants.correlations(sheet.node, sheet.view)
    low = min(0.9, float(np.nanmin(values, initial=1.0)))
    left = sheet.x(0) - CELL / 2 - 8
    yield Text(6, sheet.bottom + 30, _SQUARE, TextStyle(bold=True))
    for row, (name, letter) in enumerate(
        zip(sheet.variants.names, sheet.variants.letters, strict=True)
    ):
        y = sheet.bottom + 30 + ROW * (row + 1)
        yield Text(sheet.x(row), y, letter or "Published", TextStyle("center", SOFT, 11))
        if row:
            said = cut(name, int((left - 6) / LETTER) - 2)
            yield Text(left, y, f"{said} {letter}", TextStyle("right"))
        for column in range(row):
            value = float(values[row, column])
            fill = STAYS if math.isnan(value) else _SHADES[round((value - low) / (1 - low) * 100)]
            yield Pill(sheet.x(column), y, CELL, ROW - 4, fill)
            style = TextStyle("center", readable_on(fill), 11)
            yield Text(sheet.x(column), y, correlation_words(value), style)
