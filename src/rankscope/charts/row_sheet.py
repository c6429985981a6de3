"""Rows of a picture: their names, one scale across, and a few words beside each.

On a phone names and words stand above their rows, so that the scale has all the width.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rankscope.charts.interval_sheet import NARROW
from rankscope.charts.keys import LINE, keys_drawn, keys_high
from rankscope.charts.marks import Pill, Stroke, Text, TextStyle, cut, cut_inside
from rankscope.charts.palette import INK, RULE, SOFT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rankscope.charts.keys import Key
    from rankscope.charts.marks import Mark

MINUS = "−"

_WIDE, _TALL = 26.0, 40.0
_NAME, _LEAST = 38, 12
_STEPS = (1.0, 2.0, 5.0)


@dataclass(frozen=True)
class Rows:
    """Rows from ``top`` down, with a scale from ``low`` to ``high``.

    ``notes`` stand beside the rows, ``strong`` are the rows whose names are bold.
    """

    names: tuple[str, ...]
    notes: tuple[str, ...]
    width: float
    top: float
    low: float
    high: float
    strong: frozenset[int] = frozenset()

    @property
    def narrow(self) -> bool:
        """Whether it is for a phone."""
        return self.width < NARROW

    @property
    def size(self) -> int:
        """Return the size of letters."""
        return letters(self.width)

    @property
    def letter(self) -> float:
        """Return how wide a letter is, on average."""
        return self.size * 0.55

    @property
    def row(self) -> float:
        """Return how high a row is."""
        return _TALL if self.narrow else _WIDE

    @cached_property
    def shown_names(self) -> tuple[str, ...]:
        """Return the names, cut where they are long."""
        if not self.narrow:
            return tuple(cut_inside(name, _NAME) for name in self.names)
        room = [int((self.width - 12) / self.letter) - len(note) - 1 for note in self.notes]
        pairs = zip(self.names, room, strict=True)
        return tuple(cut_inside(name, max(_LEAST, most)) for name, most in pairs)

    @cached_property
    def left(self) -> float:
        """Return where the scale begins."""
        if self.narrow:
            return 8.0
        wide = (0.6 if self.strong else 0.55) * self.size
        return wide * max(map(len, self.shown_names), default=0) + 22

    @cached_property
    def right(self) -> float:
        """Return where the scale ends."""
        longest = 0 if self.narrow else max(map(len, self.notes), default=0)
        return self.width - (self.letter * longest + 20 if longest else 10)

    @property
    def bottom(self) -> float:
        """Return where the rows end."""
        return self.top + self.row * len(self.names)

    def x(self, value: float) -> float:
        """Return the place of a value; values beyond the scale stand at its ends."""
        kept = min(max(value, self.low), self.high)
        return self.left + (kept - self.low) / (self.high - self.low) * (self.right - self.left)

    def y(self, at: int) -> float:
        """Return the middle of what a row shows."""
        return self.top + self.row * at + (28.0 if self.narrow else self.row / 2)

    def axis(self, ticks: Sequence[float], words: Callable[[float], str]) -> Iterator[Mark]:
        """Yield a line for each tick, and its value above the rows."""
        for tick in ticks:
            x, text = self.x(tick), words(tick)
            half = self.letter * len(text) / 2
            yield from self.upright(tick, RULE)
            inside = min(max(x, half + 2), self.width - half - 2)
            yield Text(inside, self.top - LINE / 2, text, TextStyle("center", SOFT, self.size - 1))

    def upright(
        self, value: float, colour: str, width: float = 1.0, *, dashed: bool = False
    ) -> Iterator[Mark]:
        """Yield a line down all rows; on a phone it leaves out the words above them."""
        x, at = self.x(value), range(len(self.names))
        rows = [(self.y(row) - 9, self.y(row) + 11) for row in at]
        for start, end in rows if self.narrow else [(self.top, self.bottom)]:
            yield Stroke((x, start), (x, end), colour, width, dashed=dashed)

    def labels(self) -> Iterator[Mark]:
        """Yield the names of the rows and the words beside them."""
        for at, name in enumerate(self.shown_names):
            bold = at in self.strong
            y, x = self.y(at), self.left - 14
            if self.narrow:
                y, x = y - 18, 2.0
            align = TextStyle("left" if self.narrow else "right", INK, self.size, bold)
            yield Text(x, y, name, align)
        for at, note in enumerate(self.notes):
            if self.narrow:
                style = TextStyle("right", SOFT, self.size - 1)
                yield Text(self.width - 4, self.y(at) - 18, note, style)
            else:
                yield Text(self.right + 12, self.y(at), note, TextStyle("left", SOFT, self.size))

    def bar(self, at: int, start: float, end: float, thick: float, fill: str) -> Pill:
        """Return a bar in a row between two values, never too thin to be seen."""
        low, high = sorted((self.x(start), self.x(end)))
        return Pill((low + high) / 2, self.y(at), max(high - low, 1.0), thick, fill)

    def span(self, y: float, low: float, high: float, colour: str = INK) -> Iterator[Mark]:
        """Yield a thin line with ends between two values; nothing where they are not known."""
        if math.isnan(low) or math.isnan(high):
            return
        start, end = self.x(low), self.x(high)
        yield Pill((start + end) / 2, y, max(end - start, 1.0), 1.4, colour)
        for x in (start, end):
            yield Pill(x, y, 1.4, 8, colour)


def letters(width: float) -> int:
    """Return the size of letters in a picture of that width."""
    return 12 if width < NARROW else 13


def heading(title: str, keys: Sequence[Key], width: float) -> tuple[list[Mark], float]:
    """Return the marks of a title and keys, and where they end."""
    letter, above = letters(width) * 0.55, 28.0 if title else 4.0
    room = int((width - 4) / 8.0)
    marks: list[Mark] = []
    if title:
        marks.append(Text(2, 12, cut(title, room), TextStyle(size=15, bold=True)))
    if not keys:
        return marks, above
    return [*marks, *keys_drawn(keys, above, width, letter)], above + keys_high(keys, width, letter)


def nothing(said: str, top: float, width: float) -> Text:
    """Return a sentence that stands where there is nothing to draw."""
    room = int((width - 4) / (letters(width) * 0.55))
    return Text(2, top + 12, cut(said, room), TextStyle(colour=SOFT, size=letters(width)))


def round_ticks(low: float, high: float, most: int) -> list[float]:
    """Return at most so many round values in a range.

    >>> round_ticks(0.0, 0.83, 6)
    [0.0, 0.2, 0.4, 0.6, 0.8]
    """
    if not high > low:
        return [low]
    power = math.floor(math.log10((high - low) / most))
    steps = (step * 10.0**up for up in (power, power + 1) for step in _STEPS)
    step = next(one for one in steps if (high - low) / one <= most - 1 + 1e-9)
    decimals = max(0, -math.floor(math.log10(step)))
    return [
        round(k * step, decimals) + 0.0
        for k in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)
    ]


def signed(value: float, decimals: int = 2) -> str:
    """Return a number with a true minus sign, and no sign for what rounds to zero.

    >>> signed(-0.456), signed(-0.001)
    ('−0.46', '0.00')
    """
    text = f"{value:.{decimals}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", MINUS)


def and_more(left_out: int, what: str) -> str:
    """Say how many of something are not shown; empty where all are.

    >>> and_more(3, "parts")
    'and 3 more parts'
    """
    return f"and {left_out:,} more {what}" if left_out > 0 else ""
