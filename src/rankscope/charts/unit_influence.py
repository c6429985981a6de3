"""Where would one unit rank without each indicator, pillar, unit or year?  The widest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope._words import join_words
from rankscope.charts.keys import LINE, Key, keys_drawn, keys_high
from rankscope.charts.marks import Pill, Stroke, Text, TextStyle, drawn, wrapped
from rankscope.charts.palette import FAMILIES, INK, RULE, SOFT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

    from rankscope.analyses.influence_unit import UnitInfluence, UnitMove
    from rankscope.charts.marks import Mark

RISES, FALLS = FAMILIES[0][0], FAMILIES[1][0]

_ROW, _THICK = 30.0, 16.0
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class _Bars:
    """Rows of bars: their names, the ends of the scale, and the room before and beside it."""

    names: tuple[str, ...]
    width: float
    top: float
    low: float
    high: float
    before: float
    beside: float

    @property
    def size(self) -> int:
        return 12 if self.width < 600 else 13

    @property
    def shown(self) -> list[Sequence[str]]:
        return [wrapped(name, 20 if self.width < 600 else 40, 2) for name in self.names]

    @property
    def left(self) -> float:
        return (
            self.size * 0.55 * max((len(one) for name in self.shown for one in name), default=0)
            + 14
        )

    @property
    def bottom(self) -> float:
        return self.top + _ROW * len(self.names)

    def x(self, value: float) -> float:
        start = self.left + self.before
        room = self.width - start - self.beside
        return start + (value - self.low) / (self.high - self.low) * room

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
        style = TextStyle("right", size=self.size)
        for at, lines in enumerate(self.shown):
            for line, words in enumerate(lines):
                y = self.y(at) + (line - (len(lines) - 1) / 2) * (self.size + 1)
                yield Text(self.left - 10, y, words, style)


def unit_influence_chart(
    one: UnitInfluence,
    *,
    kinds: Sequence[str] = ("indicator", "pillar", "unit", "year"),
    top: int = 15,
    title: str | None = None,
    width: float = 900,
) -> alt.LayerChart:
    """Return where a unit would rank without each thing, the widest moves first.

    Bars go left from the published rank where the unit would rank better, right where worse.
    Moves are counted among the units that rank with and without a thing; where that makes
    another rank of the published one, both are printed.
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
    places = [one.rank or 1, *(one.rank - move.change for move in kept)]
    low, high = min(places), max(*places, min(places) + 1)
    room = 34.0 if all(move.rank == one.rank for move in kept) else 62.0
    names = tuple(move.name for move in kept)
    bars, marks = _begun(names, said, keys, width, (low, high, room, room))
    step = next(
        step for step in (*_STEPS, 10**9) if (high - low) / step <= (7 if width < 600 else 12)
    )
    marks += [*bars.axis([t for t in range(low, high + 1) if t % step == 0], "d"), *bars.labels()]
    for at, move in enumerate(kept):
        marks += _move(bars, bars.y(at), move, one.rank)
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
    scale: tuple[float, float, float, float],
) -> tuple[_Bars, list[Mark]]:
    """Return where rows of bars are, below their title and keys, and the marks of these."""
    letter = (12 if width < 600 else 13) * 0.55
    above = 28.0 if title else 4.0
    top = above + keys_high(keys, width, letter) + LINE + 2
    marks: list[Mark] = [Text(2, 12, title, TextStyle(size=15, bold=True))] if title else []
    marks += keys_drawn(keys, above, width, letter)
    return _Bars(names, width, top, *scale), marks


def _move(bars: _Bars, y: float, move: UnitMove, rank: int) -> Iterator[Mark]:
    """Yield the bar from the published rank by as many places as a unit moves, and its new rank."""
    start, end = bars.x(rank), bars.x(rank - move.change)
    better = move.change > 0
    yield Pill((start + end) / 2, y, abs(end - start), _THICK, RISES if better else FALLS)
    style = TextStyle("right" if better else "left", INK, bars.size, bold=True)
    said = str(move.without) if move.rank == rank else f"{move.rank} → {move.without}"
    yield Text(end + (-5 if better else 5), y, said, style)


def _nothing(bars: _Bars, said: str) -> Text:
    return Text(2, bars.top, said, TextStyle(colour=SOFT, size=bars.size))
