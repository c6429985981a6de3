"""Who moves in a scenario?  Ranks before and after, with how sure the difference is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.scenario.outcome import Outcome
from rankscope.charts.edition_players import title_lines
from rankscope.charts.keys import LINE, Key, keys_drawn, keys_high
from rankscope.charts.marks import Dot, Pill, Stroke, Text, TextStyle, cut_inside, drawn
from rankscope.charts.palette import FAMILIES, INK, RULE, SOFT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

    from rankscope.charts.marks import Mark

_ROW = 24.0
_WORSE, _BETTER = FAMILIES[1][0], FAMILIES[0][0]


@dataclass(frozen=True, slots=True)
class _Line:
    """A unit in a scenario: where it stood, stands, and between which ranks it is in 9 of 10."""

    label: str
    before: int
    after: int
    interval: tuple[float, float] | None
    own: bool


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where ranks are: the best to the left."""

    lines: Sequence[_Line]
    width: float
    top: float

    @property
    def size(self) -> int:
        return 12 if self.width < 600 else 13

    @property
    def left(self) -> float:
        longest = max((len(line.label) for line in self.lines), default=0)
        return self.size * 0.56 * longest + 14

    @property
    def ends(self) -> tuple[float, float]:
        known = [one for line in self.lines for one in (line.before, line.after) if one]
        known += [int(end) for line in self.lines for end in line.interval or () if end == end]  # noqa: PLR0124
        low, high = min(known, default=1), max(known, default=2)
        return low - 1.0, max(high, low + 1) + 1.0

    @property
    def right(self) -> float:
        return self.width - 74

    @property
    def bottom(self) -> float:
        return self.top + _ROW * len(self.lines)

    def x(self, rank: float) -> float:
        low, high = self.ends
        return self.left + (rank - low) / (high - low) * (self.right - self.left)


def scenario_ranks_chart(
    found: Outcome | Sequence[Outcome],
    *,
    top: int = 20,
    width: float = 900,
    title: str | None = None,
) -> alt.LayerChart:
    """Return the ranks before (a ring) and after (a dot) of those that a scenario moves.

    Of one scenario the units that it changed come first, then the ``top`` others that move
    most; of several the first unit that each changed, a line for each scenario.  Bars are the
    ranks after in nine of ten draws.
    """
    outcomes = [found] if isinstance(found, Outcome) else list(found)
    lines = _of_one(outcomes[0], top, width) if len(outcomes) == 1 else _of_many(outcomes, width)
    said = outcomes[0].title if len(outcomes) == 1 else "Scenarios side by side"
    titles = title_lines(said if title is None else title, width)
    size = 12 if width < 600 else 13
    keys = _keys(lines)
    above = 9.0 + 19.0 * len(titles) if titles else 4.0
    start = above + keys_high(keys, width, size * 0.55) + LINE + 2
    sheet = _Sheet(lines, width, start)
    marks: list[Mark] = [*titles, *keys_drawn(keys, above, width, size * 0.55), *_axis(sheet)]
    for at, line in enumerate(lines):
        marks += _drawn(sheet, at, line)
    if not lines:
        marks.append(Text(2, start, "Nobody's rank changes.", TextStyle(colour=SOFT, size=size)))
    return drawn(marks, (width, sheet.bottom + 10))


def _of_one(outcome: Outcome, top: int, width: float) -> list[_Line]:
    """Return the units that a scenario changed, and the others that move most."""
    both, places = outcome.both, np.abs(outcome.places())
    order = [both[row] for row in np.argsort(-places, kind="stable") if places[row] > 0]
    others = [unit for unit in order if unit not in outcome.subjects][:top]
    subjects = [unit for unit in outcome.subjects if outcome.rank_after(unit)]
    return [
        *(_line(outcome, unit, _name(outcome, unit, width), own=True) for unit in subjects[:30]),
        *(_line(outcome, unit, _name(outcome, unit, width), own=False) for unit in others),
    ]


def _of_many(outcomes: Sequence[Outcome], width: float) -> list[_Line]:
    """Return the first unit that each scenario changed."""
    return [
        _line(one, one.subjects[0], cut_inside(one.title, 24 if width < 600 else 44), own=True)
        for one in outcomes
        if one.subjects and one.rank_after(one.subjects[0])
    ]


def _name(outcome: Outcome, unit: str, width: float) -> str:
    names = dict(zip(outcome.after.units, outcome.after.names, strict=True))
    return cut_inside(names[unit], 15 if width < 600 else 30)


def _line(outcome: Outcome, unit: str, label: str, *, own: bool) -> _Line:
    interval = None
    if outcome.chances is not None:
        low, high = outcome.chances.after.interval()[:, outcome.after.units.index(unit)]
        interval = (float(low), float(high))
    return _Line(label, outcome.rank_before(unit), outcome.rank_after(unit), interval, own)


def _keys(lines: Sequence[_Line]) -> list[Key]:
    drawn_at_all = any(line.interval for line in lines)
    bars = [Key("bar", "rank after it in 9 of 10 draws", RULE)] if drawn_at_all else []
    return [
        Key("hollow", "rank before"),
        Key("ring", "after, better", _BETTER),
        Key("ring", "after, worse", _WORSE),
        *bars,
    ]


def _axis(sheet: _Sheet) -> Iterator[Mark]:
    """Yield a line for each round rank, with the rank above it."""
    low, high = sheet.ends
    steps = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
    step = next((one for one in steps if (high - low) / one <= (sheet.right - sheet.left) / 46), 1)
    first = max(1, int(np.ceil(low)))
    for rank in range(-(-first // step) * step if first > 1 else 0, int(high) + 1, step):
        rank = max(rank, 1)  # noqa: PLW2901 - there is no rank 0
        x = sheet.x(rank)
        yield Stroke((x, sheet.top), (x, sheet.bottom), RULE)
        yield Text(x, sheet.top - LINE / 2, str(rank), TextStyle("center", SOFT, sheet.size - 1))


def _drawn(sheet: _Sheet, at: int, line: _Line) -> Iterator[Mark]:
    y, size = sheet.top + _ROW * (at + 0.5), sheet.size
    yield Text(sheet.left - 10, y, line.label, TextStyle("right", INK, size, line.own))
    if line.interval and line.interval[0] == line.interval[0]:
        low, high = (sheet.x(one) for one in line.interval)
        yield Pill((low + high) / 2, y, max(high - low, 2.0), 9, RULE)
    after = sheet.x(line.after)
    if line.before:
        before = sheet.x(line.before)
        yield Stroke((before, y), (after, y), SOFT, 1.4)
        yield Dot(before, y, 5.2, "#ffffff", SOFT)
    colour = _WORSE if line.before and line.after > line.before else _BETTER
    yield Dot(after, y, 4.4, SOFT if line.after == line.before else colour)
    said = f"{line.before} → {line.after}" if line.before else f"new: {line.after}"
    yield Text(sheet.right + 12, y, said, TextStyle("left", SOFT, size))
