"""What moves the ranks most?  Bars from the widest to the narrowest.

Of assumptions: how much of the variance each explains.  Of one unit: where it would rank
without each indicator, pillar, unit or year.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope._words import join_words
from rankscope.charts.keys import LINE, Key, keys_drawn, keys_high
from rankscope.charts.marks import Pill, Stroke, Text, TextStyle, cut_inside, drawn
from rankscope.charts.palette import ACCENT, FAMILIES, INK, RULE, SOFT
from rankscope.charts.rank_intervals import BAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

    from rankscope.analyses.influence_unit import UnitInfluence, UnitMove
    from rankscope.analyses.sensitivity import FactorEffect
    from rankscope.charts.marks import Mark

RISES, FALLS = FAMILIES[0][0], FAMILIES[1][0]

_ROW, _THICK, _THIN = 30.0, 16.0, 7.0
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class _Bars:
    """Rows of bars: their names, where they begin, and the ends of the scale."""

    names: tuple[str, ...]
    width: float
    top: float
    low: float
    high: float
    beside: float

    @property
    def size(self) -> int:
        return 12 if self.width < 600 else 13

    @property
    def shown(self) -> list[str]:
        return [cut_inside(name, 19 if self.width < 600 else 44) for name in self.names]

    @property
    def left(self) -> float:
        return self.size * 0.53 * max(map(len, self.shown), default=0) + 14

    @property
    def bottom(self) -> float:
        return self.top + _ROW * len(self.names)

    def x(self, value: float) -> float:
        room = self.width - self.left - self.beside
        return self.left + (value - self.low) / (self.high - self.low) * room

    def y(self, at: int) -> float:
        return self.top + _ROW * (at + 0.5)

    def axis(self, ticks: Sequence[float], form: str) -> Iterator[Mark]:
        """Yield a line for each tick, its value above the bars."""
        for tick in ticks:
            yield Stroke((self.x(tick), self.top), (self.x(tick), self.bottom), RULE)
            style = TextStyle("center", SOFT, self.size - 1)
            yield Text(self.x(tick), self.top - LINE / 2, format(tick, form), style)

    def labels(self) -> Iterator[Mark]:
        """Yield the names of the rows."""
        for at, name in enumerate(self.shown):
            yield Text(self.left - 10, self.y(at), name, TextStyle("right", size=self.size))


def sensitivity_chart(
    effects: Sequence[FactorEffect], *, title: str = "", width: float = 900
) -> alt.LayerChart:
    """Return how much of the variance each assumption explains, the most first.

    The pale bar is the total effect with a line for its 95 % interval; the dark one inside
    it is what the assumption explains by itself.  Negative estimates are drawn as they are.
    """
    known = [one for one in effects if not math.isnan(one.total)]
    rows = sorted(known, key=lambda one: (-one.total, one.factor))
    keys = [
        Key("bar", "share of the variance with all interactions", BAR),
        Key("line", "its 95% interval"),
        Key("bar", "by itself", ACCENT),
    ]
    low = min(0.0, *(min(one.total_low, one.total, one.first) for one in rows)) if rows else 0.0
    high = max([0.1, *(max(one.total_high, one.total, one.first) for one in rows)])
    bars, marks = _begun(
        tuple(one.title for one in rows), title, keys, width, (low, high * 1.02, 52.0)
    )
    step = next(one for one in (0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 1e9) if high / one <= 6)
    ticks = [k * step for k in range(math.ceil(low / step), math.floor(high / step) + 1)]
    marks += [*bars.axis(ticks, ".0%"), *bars.labels()]
    for at, one in enumerate(rows):
        y = bars.y(at)
        marks += [_bar(bars, y, one.total, _THICK, BAR), _bar(bars, y, one.first, _THIN, ACCENT)]
        if not math.isnan(one.total_low):
            marks += _interval(bars.x(one.total_low), bars.x(one.total_high), y)
        said = TextStyle("right", INK, bars.size, bold=at == 0)
        marks.append(Text(width - 4, y, f"{one.total:.0%}".replace("-", "−"), said))
    marks += [] if rows else [_nothing(bars, "Nothing that varies moves the ranks.")]
    return drawn(marks, (width, bars.bottom + 8), corner=1)


def influence_chart(
    one: UnitInfluence,
    *,
    kinds: Sequence[str] = ("indicator", "pillar", "unit", "year"),
    top: int = 15,
    title: str | None = None,
    width: float = 900,
) -> alt.LayerChart:
    """Return where a unit would rank without each thing, the widest moves first.

    Bars go left from the published rank where the unit would rank better, right where worse.
    Moves are counted among the units that rank with and without a thing, so each bar begins
    at the rank there, which leaving out other units may shift.
    """
    moves = [move for move in one.moves if move.kind in kinds and move.change][:top]
    kept = sorted(moves, key=lambda move: (-abs(move.change), move.change, move.kind, move.code))
    named = join_words([kind for kind in kinds if any(move.kind == kind for move in kept)])
    said = f"{one.name}: rank without each {named or 'thing'}" if title is None else title
    keys = [
        Key("tick", f"rank as published: {one.rank or 'none'}"),
        Key("bar", "better without it", RISES),
        Key("bar", "worse without it", FALLS),
    ]
    places = [one.rank or 1, *(p for move in kept for p in (move.rank, move.without))]
    low, high = min(places), max(places)
    bars, marks = _begun(
        tuple(move.name for move in kept), said, keys, width, (low - 0.6, high + 0.6, 36.0)
    )
    step = next(
        step for step in (*_STEPS, 10**9) if (high - low) / step <= (7 if width < 600 else 12)
    )
    marks += [*bars.axis([t for t in range(low, high + 1) if t % step == 0], "d"), *bars.labels()]
    for at, move in enumerate(kept):
        marks += _move(bars, bars.y(at), move)
    if kept:
        middle = (bars.top + bars.bottom) / 2
        marks.append(Pill(bars.x(one.rank), middle, 2.0, bars.bottom - bars.top, INK))
    else:
        marks.append(_nothing(bars, f"Nothing that is left out moves {one.name}."))
    return drawn(marks, (width, bars.bottom + 8), corner=1)


def _begun(
    names: tuple[str, ...],
    title: str,
    keys: list[Key],
    width: float,
    scale: tuple[float, float, float],
) -> tuple[_Bars, list[Mark]]:
    """Return where rows of bars are, below their title and keys, and the marks of these."""
    letter = (12 if width < 600 else 13) * 0.55
    above = 28.0 if title else 4.0
    top = above + keys_high(keys, width, letter) + LINE + 2
    marks: list[Mark] = [Text(2, 12, title, TextStyle(size=15, bold=True))] if title else []
    marks += keys_drawn(keys, above, width, letter)
    return _Bars(names, width, top, *scale), marks


def _bar(bars: _Bars, y: float, value: float, thick: float, fill: str) -> Pill:
    start, end = sorted((bars.x(0.0), bars.x(value)))
    return Pill((start + end) / 2, y, max(end - start, 1.0), thick, fill)


def _interval(low: float, high: float, y: float) -> Iterator[Mark]:
    """Yield a line with ends, above the bar: thin boxes, which stand on boxes."""
    yield Pill((low + high) / 2, y, max(high - low, 1.0), 1.4, INK)
    for x in (low, high):
        yield Pill(x, y, 1.4, 8, INK)


def _move(bars: _Bars, y: float, move: UnitMove) -> Iterator[Mark]:
    """Yield the bar from the rank with a thing to that without it, which stands at its end."""
    start, end = bars.x(move.rank), bars.x(move.without)
    better = move.without < move.rank
    yield Pill((start + end) / 2, y, abs(end - start), _THICK, RISES if better else FALLS)
    style = TextStyle("right" if better else "left", INK, bars.size, bold=True)
    yield Text(end + (-5 if better else 5), y, str(move.without), style)


def _nothing(bars: _Bars, said: str) -> Text:
    return Text(2, bars.top, said, TextStyle(colour=SOFT, size=bars.size))
