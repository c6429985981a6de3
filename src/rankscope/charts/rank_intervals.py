"""How firm is every rank?  An interval for each unit, in the order of the published ranking.

Units of one band can not be told apart from its first; whiskers are proved.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.charts.interval_sheet import ROW, Sheet, Whiskers, chosen_rows
from rankscope.charts.keys import LINE, Key, keys_drawn, keys_high
from rankscope.charts.marks import Dot, Pill, Stroke, Text, TextStyle, drawn
from rankscope.charts.palette import FAMILIES, INK, RULE, SOFT
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

    from rankscope.analyses.exact.answer import Reach
    from rankscope.analyses.uncertainty import Uncertainty
    from rankscope.charts.marks import Mark
    from rankscope.pipeline.result import Result

BAR, BANDS = "#6fb3af", ("#eaf0f1", "#ffffff")
AWAY = FAMILIES[1][0]
"""The colour of a published rank that its own interval leaves out."""

TIER = "in one tier: can not be told apart from its first"

_THICK = 9.0
_OTHER_SET = (
    "The reach is over other weights or choices than the draws, so that whiskers and intervals "
    "would not be of one set. Draw the reach alone, or over draws in which only weights vary."
)


def rank_intervals_chart(  # noqa: PLR0913 - what is drawn, of whom, and how large
    found: Uncertainty,
    *,
    reach: Reach | None = None,
    probability: float = 0.9,
    top: int | None = None,
    units: Sequence[str] = (),
    width: float = 900,
    title: str | None = None,
    links: Sequence[str] = (),
) -> alt.LayerChart:
    """Return the rank intervals of all units, or of the first and of some others, by code.

    ``reach`` are exact best and worst ranks over the same choices, drawn as whiskers;
    ``links`` a ``#place`` in the same page for each row of the result.

    Raises
    ------
    UnitError
        When the index has no such unit, or it has no rank.
    MethodError
        When the reach is over other weights or choices than the draws (DESIGN section 5).
    """
    if reach is not None and not same_set(found, reach):
        raise MethodError(_OTHER_SET)
    result, rows = found.result, chosen_rows(found.result.units, found.order, top, units)
    [median] = found.ranks.quantiles((0.5,))
    low, high = found.ranks.interval(probability)
    sheet = Sheet(
        rows=rows,
        names=tuple(result.names[row] for row in rows),
        ranks=found.published,
        spans=np.stack([low, median, high]),
        tiers=found.tiers() if found.pairs is not None else None,
        whiskers=Whiskers.of(reach, result.units) if reach else None,
        width=width,
    )
    keys = [
        Key("bar", f"{probability:.0%} of {found.draws:,} designs", BAR),
        Key("dot", "median"),
        Key("tick", "rank as published"),
        *([Key("tick", "beyond its bar", AWAY)] if _any_away(sheet) else []),
        *_whisker_keys(sheet),
        *([Key("none", TIER)] if sheet.tiers is not None else []),
    ]
    return _picture(sheet, titled(result) if title is None else title, keys, links)


def reach_chart(
    reach: Reach,
    *,
    top: int | None = None,
    units: Sequence[str] = (),
    width: float = 900,
    title: str | None = None,
) -> alt.LayerChart:
    """Return exact best and worst ranks alone, of all units or of the first and of some others.

    Raises
    ------
    UnitError
        When the reach holds no such unit.
    """
    order = np.lexsort((np.arange(len(reach.ranks)), reach.ranks)).tolist()
    rows = chosen_rows(reach.codes, order, top, units)
    names = tuple(reach.names[row] for row in rows)
    whiskers = Whiskers.of(reach, reach.codes)
    sheet = Sheet(rows, names, reach.ranks, None, None, whiskers, width)
    keys = [Key("tick", "rank as published"), *_whisker_keys(sheet)]
    said = titled(reach.settings[0].result) if title is None else title
    return _picture(sheet, said, keys, ())


def same_set(found: Uncertainty, reach: Reach) -> bool:
    """Whether a reach is over the weights and the choices that draws are of.

    Whiskers over draws in which methods vary too are a union of reaches over as many choices.
    """
    drawn, proved = found.design.published.varied, reach.settings[0].varied
    alike = drawn.admissible == proved.admissible and [one.parent for one in drawn.groups] == [
        one.parent for one in proved.groups
    ]
    choices = math.prod(len(factor.options) for factor in found.design.factors)
    return alike and not reach.held and len(reach.choices) == choices


def titled(result: Result) -> str:
    """Return what a picture of an index is called."""
    definition = result.plan.definition
    return f"{definition.title}, edition {definition.edition}"


def _whisker_keys(sheet: Sheet) -> list[Key]:
    if sheet.whiskers is None:
        return []
    keys = [Key("line", f"best to worst with any weights of {sheet.whiskers.label}")]
    if not sheet.whiskers.exact(sheet.rows):
        keys.append(Key("bound", "dashed: neither found nor excluded"))
    return keys


def _picture(sheet: Sheet, title: str, keys: list[Key], links: Sequence[str]) -> alt.LayerChart:
    """Draw a sheet below its title and its keys."""
    above = 28.0 if title else 4.0
    high = keys_high(keys, sheet.width, sheet.letter)
    placed = replace(sheet, top=above + high + LINE + 4)
    marks: list[Mark] = [
        *([Text(2, 12, title, TextStyle(size=15, bold=True))] if title else []),
        *keys_drawn(keys, above, sheet.width, sheet.letter),
        *_axis(placed),
        *_tiers(placed),
    ]
    for at, row in enumerate(placed.rows):
        marks += _unit(placed, at, row, links[row] if links else "")
    ground = [_band(placed, *band) for band in placed.bands()]
    size = (sheet.width, placed.bottom + LINE + 4)
    return drawn(marks, size, corner=_THICK / 2, ground=ground)


def _axis(sheet: Sheet) -> Iterator[Mark]:
    """Yield the ranks above and below the rows, and a line for each."""
    style = TextStyle("center", SOFT, sheet.size - 1)
    for rank in sheet.ticks():
        x = sheet.x(rank)
        yield Stroke((x, sheet.top), (x, sheet.bottom), RULE)
        for y in (sheet.top - LINE / 2, sheet.bottom + LINE / 2):
            yield Text(x, y, str(rank), style)


def _band(sheet: Sheet, tier: int, start: int, end: int) -> Pill:
    """Return what lies below the rows of a tier."""
    top, bottom = sheet.top + ROW * start, sheet.top + ROW * end
    fill = BANDS[(tier + 1) % 2]
    return Pill(sheet.width / 2, (top + bottom) / 2, sheet.width, bottom - top, fill)


def _tiers(sheet: Sheet) -> Iterator[Mark]:
    """Yield the name of each tier beside its first row."""
    for tier, start, _ in sheet.bands():
        style = TextStyle("right", INK, sheet.size, bold=True)
        yield Text(sheet.width - 6, sheet.y(start), f"Tier {tier}", style)


def _unit(sheet: Sheet, at: int, row: int, link: str) -> Iterator[Mark]:
    """Yield a unit: rank, name, whisker, bar, median, and the tick of its published rank."""
    y, rank = sheet.y(at), int(sheet.ranks[row])
    yield Text(sheet.numbers, y, str(rank), TextStyle("right", SOFT, sheet.size))
    yield Text(sheet.numbers + 8, y, sheet.shown_names[at], TextStyle(size=sheet.size), link)
    if sheet.whiskers is not None and sheet.whiskers.known(row):
        yield from _whisker(sheet, sheet.whiskers, row, y)
    if sheet.spans is not None and not np.isnan(sheet.spans[:, row]).any():
        low, median, high = sheet.spans[:, row].tolist()
        start, end = sheet.x(low - 0.5), sheet.x(high + 0.5)
        yield Pill((start + end) / 2, y, max(end - start, _THICK), _THICK, BAR)
        yield Dot(sheet.x(median), y, 3.6, "#ffffff", INK)
        if not sheet.narrow:
            style = TextStyle("left", SOFT, sheet.size - 1)
            yield Text(sheet.right + 10, y, between_words(low, high), style)
    yield Pill(sheet.x(rank), y, 2.4, ROW - 4, AWAY if _away(sheet, row) else INK)


def _away(sheet: Sheet, row: int) -> bool:
    """Whether the published rank of a unit lies outside of its own interval."""
    if sheet.spans is None or np.isnan(sheet.spans[:, row]).any():
        return False
    first, last = whole_span(*sheet.spans[[0, 2], row].tolist())
    return not first <= sheet.ranks[row] <= last


def _any_away(sheet: Sheet) -> bool:
    return any(_away(sheet, row) for row in sheet.rows)


def _whisker(sheet: Sheet, whiskers: Whiskers, row: int, y: float) -> Iterator[Mark]:
    """Yield the line from the best to the worst rank, dashed beyond what was attained."""
    best, worst = (float(end[row]) for end in (whiskers.best_to, whiskers.worst_from))
    yield Stroke((sheet.x(best), y), (sheet.x(worst), y), SOFT, 1.4)
    ends = ((best, float(whiskers.best_from[row])), (worst, float(whiskers.worst_to[row])))
    for attained, proved in ends:
        x = sheet.x(proved)
        if proved == attained:
            yield Stroke((x, y - 4), (x, y + 4), SOFT, 1.4)
        else:
            yield Stroke((sheet.x(attained), y), (x, y), SOFT, 1.4, dashed=True)
            yield Dot(x, y, 2.6, "#ffffff", SOFT)


def between_words(low: float, high: float) -> str:
    """Return an interval of ranks in whole numbers: ``30–34``, or ``2`` where both are one."""
    first, last = whole_span(low, high)
    return str(first) if first == last else f"{first}–{last}"


def whole_span(low: float, high: float) -> tuple[int, int]:
    """Return an interval in whole ranks that holds it; zeros where it is missing.

    >>> whole_span(2.0, 11.05)
    (2, 12)
    """
    if math.isnan(low) or math.isnan(high):
        return 0, 0
    return math.floor(low + 1e-9), math.ceil(high - 1e-9)
