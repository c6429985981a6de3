"""Why did this unit move?  Steps from its old score to the new one, a step for each cause."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rankscope.charts.edition_players import (
    colour_of,
    decimals_of,
    editions_in_words,
    signed,
    title_lines,
)
from rankscope.charts.keys import Key, keys_drawn, keys_high
from rankscope.charts.marks import Pill, Stroke, Text, TextStyle, cut, drawn, wrapped
from rankscope.charts.palette import INK, RULE, SOFT

if TYPE_CHECKING:
    from collections.abc import Iterator

    import altair as alt

    from rankscope.analyses.diff import Diff, Edition
    from rankscope.charts.marks import Mark
    from rankscope.shapes import Matrix, Vector

_ROW, _THICK = 40.0, 18.0

_SCALES = "scores of the two may stand on different scales"


@dataclass(frozen=True)
class _Steps:
    """The way of one unit from its old score to the new one, and where it is drawn."""

    found: Diff
    at: int
    width: float
    top: float = 0.0

    @property
    def narrow(self) -> bool:
        return self.width < 600

    @property
    def size(self) -> int:
        return 12 if self.narrow else 13

    @property
    def letter(self) -> float:
        return self.size * 0.55

    @cached_property
    def labels(self) -> list[str]:
        """Return the names of the rows: the old edition, the causes, the new edition."""
        ends = (_ended(self.found.old, self.found.new), _ended(self.found.new, self.found.old))
        return [ends[0], *(player.name for player in self.found.players), ends[1]]

    @cached_property
    def left(self) -> float:
        most = 17 if self.narrow else 36
        longest = max(len(one) for label in self.labels for one in wrapped(label, most, 2))
        return max(self.letter * longest, 0.0 if self.narrow else 290.0) + 14

    @cached_property
    def right(self) -> float:
        """Return where the scale ends, before the column of places."""
        return self.width - (64 if self.narrow else 96)

    @property
    def known(self) -> bool:
        """Whether the steps are known; they are not where some mixture has no rank for it."""
        return not np.isnan(self.found.score_shares[self.at]).any()

    @cached_property
    def points(self) -> Vector:
        """Return the score before the first step and after each."""
        shares = np.nan_to_num(self.found.score_shares[self.at])
        return np.cumsum([float(self.found.score_before[self.at]), *shares])

    @cached_property
    def whiskers(self) -> Matrix | None:
        """Return the lowest and the highest score after each step, (players, 2)."""
        if self.found.score_ranges is None or not self.known:
            return None
        return np.asarray(self.points[:-1, None] + self.found.score_ranges[self.at])

    @cached_property
    def ends(self) -> tuple[float, float]:
        shown = [*self.points, float(self.found.score_after[self.at])]
        shown += [] if self.whiskers is None else self.whiskers.ravel().tolist()
        low, high = float(np.nanmin(shown)), float(np.nanmax(shown))
        return (low, high) if high > low else (low - 1.0, high + 1.0)

    @property
    def bottom(self) -> float:
        return self.top + _ROW * len(self.labels)

    def x(self, score: float) -> float:
        low, high = self.ends
        aside = self.letter * 7  # the numbers beside the bars
        room = self.right - self.left - 2 * aside
        return self.left + aside + (score - low) / (high - low) * room

    def y(self, at: int) -> float:
        return self.top + _ROW * (at + 0.5)


def unit_change_chart(
    found: Diff, unit: str, *, width: float = 900, title: str | None = None
) -> alt.LayerChart:
    """Return the steps of a unit, by its code, from its old score to the new one.

    Beside each step stand the points of the score that it adds and the places that it wins
    or costs.  Thin lines are the range of a step over the draws of weights, where
    these are not one.

    Raises
    ------
    UnitError
        When the unit is not ranked in both editions.
    """
    at = found.row(unit)
    steps = _Steps(found, at, width)
    said = f"{found.names[at]}: {editions_in_words(found)}" if title is None else title
    titles, keys = title_lines(said, width), _keys(steps)
    above = 9.0 + 19.0 * len(titles) if titles else 4.0
    placed = replace(steps, top=above + keys_high(keys, width, steps.letter) + 8)
    marks: list[Mark] = [
        *titles,
        *keys_drawn(keys, above, width, steps.letter),
        *_labels(placed),
        *_totals(placed),
    ]
    for number in range(len(found.players)):
        marks += _step(placed, number)
    return drawn(marks, (width, placed.bottom + 6), corner=1)


def _keys(steps: _Steps) -> list[Key]:
    if not steps.known:
        return [Key("none", "no steps: its causes are not known")]
    words = "steps of the score; at the right, places"
    return [
        Key("none", words if steps.narrow else f"{words} of the rank gained or lost"),
        *([] if steps.whiskers is None else [Key("line", "range over possible weights")]),
        *([Key("none", _SCALES)] if _rescaled(steps.found) else []),
    ]


def _rescaled(found: Diff) -> bool:
    return any(one.id == "diff-scale" for one in found.findings)


def _ended(one: Edition, other: Edition) -> str:
    """Return what an edition is called beside another."""
    if one.edition != other.edition:
        return one.edition
    return one.period or (one.edition if one.title == other.title else one.title)


def _labels(steps: _Steps) -> Iterator[Mark]:
    """Yield the name of each row, and below that of a cause what changed."""
    last = len(steps.labels) - 1
    most = int((steps.left - 14) / steps.letter)
    for at, label in enumerate(steps.labels):
        bold = at in (0, last)
        alone = bold or steps.narrow or len(label) > most
        words = "" if alone else steps.found.players[at - 1].words
        lines = wrapped(label, most, 1 if words else 2)
        style = TextStyle("left", INK, steps.size, bold=bold)
        high = (len(lines) - (0 if words else 1)) / 2 * (steps.size + 2)
        for line, said in enumerate(lines):
            yield Text(2, steps.y(at) - high + line * (steps.size + 2), said, style)
        if words:
            small = TextStyle("left", SOFT, steps.size - 2)
            letters = int((steps.left - 10) / ((steps.size - 2) * 0.52))
            yield Text(2, steps.y(at) + 8, cut(words, letters), small)
        if at < last:
            low = steps.y(at) + _ROW / 2
            yield Stroke((2, low), (steps.width - 2, low), RULE)


def _totals(steps: _Steps) -> Iterator[Mark]:
    """Yield the score and the rank in both editions."""
    found, at, decimals = steps.found, steps.at, decimals_of(steps.found)
    ends = (
        (0, float(found.score_before[at]), int(found.rank_before[at])),
        (len(steps.labels) - 1, float(found.score_after[at]), int(found.rank_after[at])),
    )
    style = TextStyle("left", INK, steps.size, bold=True)
    for row, score, rank in ends:
        x, y = steps.x(score), steps.y(row)
        yield Pill(x, y, 3.0, _THICK + 6, INK)
        yield Text(x + 7, y, f"{score:.{decimals}f}".replace("-", "−"), style)
        last = TextStyle("right", INK, steps.size, bold=True)
        yield Text(steps.width - 4, y, f"rank {rank}", last)


def _step(steps: _Steps, number: int) -> Iterator[Mark]:
    """Yield one step: its bar, its whisker, its points and its places."""
    found, row = steps.found, number + 1
    y, share = steps.y(row), float(found.score_shares[steps.at, number])
    places = float(found.rank_shares[steps.at, number])
    yield Text(steps.width - 4, y, signed(places, 1), TextStyle("right", SOFT, steps.size))
    if not steps.known:
        return
    before, after = float(steps.points[number]), float(steps.points[row])
    yield Stroke((steps.x(before), y - _ROW), (steps.x(before), y), SOFT, dashed=True)
    if row == len(found.players):
        yield Stroke((steps.x(after), y), (steps.x(after), y + _ROW), SOFT, dashed=True)
    start, end = sorted((steps.x(before), steps.x(after)))
    fill = colour_of(found.players[number])
    yield Pill((start + end) / 2, y, max(end - start, 1.5), _THICK, fill)
    low, high = start, end
    if steps.whiskers is not None and not np.isnan(steps.whiskers[number]).any():
        low, high = (steps.x(float(one)) for one in steps.whiskers[number])
        yield Pill((low + high) / 2, y, max(high - low, 1.0), 3.4, "#ffffff")
        yield Pill((low + high) / 2, y, max(high - low, 1.0), 1.4, INK)
        yield from (Pill(x, y, 1.4, 9, INK) for x in (low, high))
    style, decimals = TextStyle("left", INK, steps.size), decimals_of(found)
    said = signed(share, decimals)
    if share < 0:
        style = replace(style, align="right")
    aside = min(low, start) - 6 if share < 0 else max(high, end) + 6
    yield Text(aside, y, said, style)
