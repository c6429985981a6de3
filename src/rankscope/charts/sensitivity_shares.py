"""Which assumption moves the ranks?  What each explains alone, and with its interactions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rankscope.charts.keys import LINE, Key
from rankscope.charts.marks import Pill, drawn
from rankscope.charts.palette import ACCENT, INK
from rankscope.charts.rank_intervals import BAR
from rankscope.charts.row_sheet import MINUS, Rows, heading, nothing, round_ticks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

    from rankscope.analyses.sensitivity import FactorEffect, Sensitivity
    from rankscope.charts.marks import Mark

_THICK, _APART = 8.0, 5.0


def sensitivity_chart(
    found: Sensitivity, *, unit: str | None = None, width: float = 900, title: str | None = None
) -> alt.LayerChart:
    """Return the effects of each assumption on the mean shift of ranks, the largest first.

    Or on the rank of one unit, by code.  Each has two bars: its total effect with all
    interactions above, and what it explains alone below, each with its 95 % interval.
    Negative estimates are drawn as they are.

    Raises
    ------
    KeyError
        When no unit has this code.
    """
    effects = found.of_shift() if unit is None else found.of_unit(unit)
    rows = [one for one in effects if not math.isnan(one.total)]
    said = _title(found, unit) if title is None else title
    keys = [
        Key("bar", "share of the variance with all interactions", BAR),
        Key("bar", "alone", ACCENT),
        Key("line", "95% interval"),
    ]
    marks, under = heading(said, keys, width)
    low, high = _ends(rows)
    sheet = Rows(
        names=tuple(one.title for one in rows),
        notes=tuple(f"{_percent(one.total)}, alone {_percent(one.first)}" for one in rows),
        width=width,
        top=under + LINE + 4,
        low=low,
        high=high,
        strong=frozenset({0}) if rows else frozenset(),
    )
    marks += sheet.labels()
    if rows:
        marks += sheet.axis(round_ticks(low, high, 7), _percent)
        marks += sheet.upright(0.0, INK)
    else:
        marks.append(nothing("Nothing that varies moves the ranks.", under, width))
    for at, one in enumerate(rows):
        marks += _effect(sheet, at, one)
    return drawn(marks, (width, max(sheet.bottom, under + LINE) + 8))


def _effect(sheet: Rows, at: int, one: FactorEffect) -> Iterator[Mark]:
    """Yield the two bars of a factor, each with its interval."""
    pairs = (
        (one.total, one.total_low, one.total_high, BAR, -_APART),
        (one.first, one.first_low, one.first_high, ACCENT, _APART),
    )
    for value, low, high, fill, down in pairs:
        if math.isnan(value):
            continue
        bar = sheet.bar(at, 0.0, value, _THICK, fill)
        yield Pill(bar.x, bar.y + down, bar.width, bar.height, bar.fill)
        yield from sheet.span(bar.y + down, low, high)


def _ends(rows: Sequence[FactorEffect]) -> tuple[float, float]:
    """Return the ends of a scale that holds all effects and their intervals."""
    numbers = [number for one in rows for number in one[2:] if not math.isnan(number)]
    return min([0.0, *numbers]), max([0.1, *numbers])


def _title(found: Sensitivity, unit: str | None) -> str:
    if unit is None:
        return "Which assumption moves the ranks"
    name = found.result.names[found.result.units.index(unit)]
    return f"Which assumption moves the rank of {name}"


def _percent(share: float) -> str:
    return "not known" if math.isnan(share) else f"{share + 0.0:.0%}".replace("-", MINUS)
