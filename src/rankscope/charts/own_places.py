"""Is each part where it belongs?  Its correlations with its own aggregate and with others."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.analyses.coherence import rules
from rankscope.charts.correlation_cells import BLANK, CHANCE
from rankscope.charts.keys import LINE, Key
from rankscope.charts.marks import Pill, Text, TextStyle, cut_inside, drawn
from rankscope.charts.palette import FAMILIES, INK, SOFT, mix, readable_on
from rankscope.charts.row_sheet import and_more, heading, letters, nothing, signed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

    from rankscope.analyses.coherence.correlations import Correlations
    from rankscope.analyses.coherence.own_and_others import OwnAndOthers, Place
    from rankscope.charts.marks import Mark

NEARER = FAMILIES[1][1]
"""The colour of a cell of another aggregate that is nearer than its own."""

_PALE, _DARK = "#f1f6fa", "#8fbbdc"
_TALL, _MOST, _LEAST, _DECIMALS = 23.0, 58.0, 19.0, 33.0


@dataclass(frozen=True, slots=True)
class _Level:
    """The parts of the aggregates of one level, and these aggregates in their order."""

    places: tuple[Place, ...]
    parents: tuple[str, ...]
    names: tuple[str, ...]

    def cut(self, columns: int, rows: int) -> _Level:
        """Return so many of the aggregates, and so many of their parts."""
        parents = self.parents[:columns]
        own = [one for one in self.places if one.parent in parents]
        return _Level(tuple(own[: max(rows, 0)]), parents, self.names[:columns])


@dataclass(frozen=True, slots=True)
class _Table:
    """Where the cells are, and the correlations with others as far as they are known."""

    left: float
    cell: float
    size: int
    width: float
    correlations: Correlations | None

    def x(self, column: int) -> float:
        return self.left + self.cell * (column + 0.5)

    def value(self, place: Place, parent: str) -> tuple[float, bool]:
        """Return a correlation and whether it may be chance."""
        if parent == place.parent:
            return place.own, place.p_value > rules.SIGNIFICANT
        if self.correlations is None:
            known = parent == place.other_code
            return (place.other if known else math.nan), place.other_p_value > rules.SIGNIFICANT
        table = self.correlations.aggregates
        at = table.codes.index(place.code), table.others.index(parent)
        return float(table.values[at]), bool(table.p_values[at] > rules.SIGNIFICANT)


def own_and_others_chart(
    found: OwnAndOthers,
    *,
    correlations: Correlations | None = None,
    parents: Sequence[str] = (),
    top: int = 60,
    width: float = 900,
    title: str | None = None,
) -> alt.LayerChart:
    """Return the parts of each aggregate with their correlations with all of its level.

    ``correlations`` are those of the same index; without them only the nearest other
    aggregate of each part is shown.  ``parents`` are the codes of the aggregates whose parts
    are shown, by default all; aggregates alone on their level are left out.
    """
    size, most = letters(width), 15 if width < 600 else 38
    levels = _levels(found, parents)
    said = "Is each part nearest to its own aggregate?" if title is None else title
    names = [name for one in levels for name in (*one.names, *(p.name for p in one.places))]
    left = size * 0.6 * min(most + 5, max((len(name) + 4 for name in names), default=0)) + 10
    room = int((width - left - 4) / _LEAST)
    columns = max((min(len(one.parents), room) for one in levels), default=1)
    cell = min(_MOST, (width - left - 4) / columns)
    marks, under = heading(said, _keys(cell, correlations), width)
    table, y, left_out = _Table(left, cell, size, width, correlations), under + 4, 0
    for one in levels:
        shown = one.cut(room, top)
        left_out += len(one.places) - len(shown.places)
        top -= len(shown.places)
        if shown.places:
            drawn_marks, y = _level(table, shown, y, most)
            marks += drawn_marks
    more = and_more(left_out, "parts")
    more = more or ("" if levels else "No level has two aggregates to tell apart.")
    marks += [nothing(more, y - 2, width)] if more else []
    return drawn(marks, (width, y + (LINE + 8 if more else 8)))


def _keys(cell: float, correlations: Correlations | None) -> list[Key]:
    unit = [] if cell >= _DECIMALS else [Key("none", "in hundredths:")]
    only = [] if correlations is not None else [Key("none", "of others only the nearest")]
    return [
        *unit,
        Key("none", "□  framed: with its own aggregate"),
        Key("box", "▲ another is nearer: the nearest", NEARER),
        Key("none", f"{CHANCE}  may be chance"),
        *only,
    ]


def _levels(found: OwnAndOthers, wanted: Sequence[str]) -> list[_Level]:
    """Return the levels on which there are two aggregates or more, from the top."""
    above = {one.code: one.parent for one in found.places}
    names = {one.parent: one.parent_name for one in found.places}
    by_depth: dict[int, list[str]] = {}
    for parent in names:
        by_depth.setdefault(_depth(parent, above), []).append(parent)
    levels = []
    for _, parents in sorted(by_depth.items()):
        own = [one for parent in parents for one in found.places if one.parent == parent]
        own = [one for one in own if not wanted or one.parent in wanted]
        if len(parents) > 1 and own:
            levels.append(_Level(tuple(own), tuple(parents), tuple(names[p] for p in parents)))
    return levels


def _depth(code: str, above: dict[str, str]) -> int:
    depth = 0
    while code in above:
        code, depth = above[code], depth + 1
    return depth


def _level(table: _Table, level: _Level, y: float, most: int) -> tuple[list[Mark], float]:
    """Return the marks of a level, each aggregate above its parts, and where they end."""
    marks: list[Mark] = []
    head = TextStyle("center", SOFT, table.size - 1, bold=True)
    y += LINE
    marks += [
        Text(table.x(column), y - LINE / 2, str(column + 1), head)
        for column in range(len(level.parents))
    ]
    for column, parent in enumerate(level.parents):
        own = [one for one in level.places if one.parent == parent]
        if not own:
            continue
        name = f"{column + 1}  {cut_inside(level.names[column], most)}"
        bold = TextStyle("left", INK, table.size, bold=True)
        marks.append(Text(2, y + _TALL / 2, name, bold))
        y += _TALL
        for place in own:
            style = TextStyle("right", INK, table.size)
            marks.append(Text(table.left - 8, y + _TALL / 2, cut_inside(place.name, most), style))
            marks += _cells(table, place, level.parents, y + _TALL / 2)
            y += _TALL
    return marks, y + 8


def _cells(table: _Table, place: Place, parents: tuple[str, ...], y: float) -> Iterator[Mark]:
    """Yield the cells of one part: its own framed, and the nearest other marked if nearer."""
    for column, parent in enumerate(parents):
        value, chance = table.value(place, parent)
        x, own = table.x(column), parent == place.parent
        if math.isnan(value) and not own:
            continue
        nearer = parent == place.other_code and place.misplaced
        if own:
            yield Pill(x, y, table.cell - 1, _TALL - 1, INK)
        fill = NEARER if nearer else _tone(value, chance=chance)
        inset = 5.0 if own else 2.0
        if own or fill != BLANK:
            yield Pill(x, y, table.cell - inset, _TALL - inset, fill)
        text = _said(value, table.cell, chance=chance)
        style = TextStyle("center", readable_on(fill), 11 if table.cell >= 20 else 10, nearer)
        yield Text(x, y, f"▲{text}" if nearer and table.cell >= 24 else text, style)


def _tone(value: float, *, chance: bool) -> str:
    """Return the colour of a cell: the darker, the nearer."""
    if math.isnan(value) or chance:
        return BLANK
    return mix(_PALE, _DARK, max(0.0, min(1.0, value)))


def _said(value: float, cell: float, *, chance: bool) -> str:
    if math.isnan(value):
        return "?"
    if chance:
        return CHANCE
    return signed(value) if cell >= _DECIMALS else signed(value * 100, 0)
