"""Which single choice would move the ranks most?  Each alone, all else as published."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rankscope.analyses.uncertainty.factors import LEAVE_OUT
from rankscope.charts.keys import LINE, Key
from rankscope.charts.marks import Dot, drawn
from rankscope.charts.palette import FAMILIES, INK
from rankscope.charts.row_sheet import Rows, and_more, heading, nothing, round_ticks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

    from rankscope.analyses.sensitivity import Alone
    from rankscope.charts.marks import Mark

BAR = FAMILIES[0][0]

_LEFT_OUT = 5
"""So many of the things that are left out, one at a time, are shown."""


def one_at_a_time_chart(
    alone: Sequence[Alone], *, width: float = 900, title: str | None = None
) -> alt.LayerChart:
    """Return by how many places each choice alone moves ranks, in groups of one assumption.

    The bar is the mean shift over all units, the ring the largest; beside them stands how
    many units move by more than 5 and by more than 10 places, a mean where something is
    drawn.  Choices that move nobody or can not be tried are left out and counted.
    """
    moving = [one for one in alone if one.mean_shift > 0]  # a comparison with NaN is false
    groups = _groups(moving)
    still = sum(one.mean_shift == 0 for one in alone)
    shown = sum(len(options) for _, options in groups)
    said = "What each choice does alone" if title is None else title
    keys = [
        Key("bar", "mean shift of ranks, in places", BAR),
        Key("hollow", "largest shift"),
        Key("none", "right: units that move over 5 places, and over 10"),
        *_words(and_more(len(moving) - shown, "that move ranks less")),
        *_words(f"{still:,} more move{'s' * (still == 1)} no rank" if still else ""),
    ]
    marks, top = heading(said, keys, width)
    if not groups:
        marks.append(nothing("No choice alone moves any rank.", top, width))
        return drawn(marks, (width, top + 28))
    lines: list[str | Alone] = []
    for name, options in groups:
        lines += [name[:1].upper() + name[1:], *options]
    rows = Rows(
        tuple(one if isinstance(one, str) else _option(one) for one in lines),
        tuple("" if isinstance(one, str) else _moved(one) for one in lines),
        width,
        top + LINE + 4,
        0.0,
        max(1.0, *(one.largest_shift for _, options in groups for one in options)) * 1.03,
        frozenset(at for at, one in enumerate(lines) if isinstance(one, str)),
    )
    ticks = round_ticks(0.0, rows.high, 5 if rows.narrow else 9)
    marks += [*rows.axis(ticks, lambda tick: f"{tick:g}"), *rows.labels()]
    for at, one in enumerate(lines):
        if not isinstance(one, str):
            marks += _drawn(rows, at, one)
    return drawn(marks, (width, rows.bottom + 8))


def _groups(moving: Sequence[Alone]) -> list[tuple[str, list[Alone]]]:
    """Return the choices of each assumption, what moves ranks most first."""
    found: dict[str, list[Alone]] = {}
    for one in sorted(moving, key=lambda one: -one.mean_shift):
        options = found.setdefault(one.title, [])
        if one.factor != LEAVE_OUT or len(options) < _LEFT_OUT:
            options.append(one)
    return list(found.items())


def _words(said: str) -> list[Key]:
    return [Key("none", said)] if said else []


def _option(one: Alone) -> str:
    return one.option.replace("_", " ")


def _moved(one: Alone) -> str:
    """Say how many units move by more than 5 and 10 places."""
    if math.isnan(one.over_5):
        return ""
    digits = 0 if one.draws < 2 else 1
    return f"{one.over_5:.{digits}f} over 5, {one.over_10:.{digits}f} over 10"


def _drawn(rows: Rows, at: int, one: Alone) -> Iterator[Mark]:
    """Yield the bar of the mean shift and the ring of the largest."""
    yield rows.bar(at, 0.0, one.mean_shift, 12.0, BAR)
    if not math.isnan(one.largest_shift):
        yield Dot(rows.x(one.largest_shift), rows.y(at), 4.4, "#ffffff", INK)
