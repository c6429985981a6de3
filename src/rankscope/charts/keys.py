"""What the marks of a picture mean: keys in a line, which go on below where there is no room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rankscope.charts.marks import Dot, Pill, Stroke, Text, TextStyle
from rankscope.charts.palette import INK, SOFT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.charts.marks import Mark

LINE = 18.0
"""How high a line of keys is."""

_SIGN, _GAP = 26.0, 18.0
_WIDE = {
    "none": 0.0,
    "dot": 12.0,
    "ring": 14.0,
    "hollow": 16.0,
    "tick": 10.0,
    "box": 20.0,
    "under": 20.0,
}


@dataclass(frozen=True, slots=True)
class Key:
    """A mark and what it means; no mark for words alone."""

    mark: Literal["bar", "box", "dot", "ring", "hollow", "tick", "under", "line", "bound", "none"]
    words: str
    colour: str = INK


def keys_high(keys: Sequence[Key], width: float, letter: float) -> float:
    """Return how high keys are."""
    return LINE * (1 + max((line for _, _, line in _placed(keys, width, letter)), default=0))


def keys_drawn(keys: Sequence[Key], top: float, width: float, letter: float) -> Iterator[Mark]:
    """Yield the marks and words of keys."""
    style = TextStyle(colour=SOFT, size=round(letter / 0.55) - 1)
    for key, x, line in _placed(keys, width, letter):
        y = top + LINE * (line + 0.5)
        yield from _sign(key, x, y)
        yield Text(x + _wide(key), y, key.words, style)


def _placed(keys: Sequence[Key], width: float, letter: float) -> Iterator[tuple[Key, float, int]]:
    """Yield each key with its left end and its line."""
    x, line = 2.0, 0
    for key in keys:
        wide = _wide(key) + letter * len(key.words) * 0.9
        if x + wide > width and x > 2:
            x, line = 2.0, line + 1
        yield key, x, line
        x += wide + _GAP


def _wide(key: Key) -> float:
    """Return how far the words of a key are from its left end."""
    return _WIDE.get(key.mark, _SIGN)


def _sign(key: Key, x: float, y: float) -> Iterator[Mark]:
    """Yield the mark of a key."""
    end = x + _SIGN - 6
    if key.mark == "bar":
        yield Pill((x + end) / 2, y, end - x, 9, key.colour)
    elif key.mark == "box":
        yield Pill(x + 7, y, 14, 12, key.colour)
    elif key.mark == "dot":
        yield Dot(x + 4, y, 3.6, "#ffffff", INK)
    elif key.mark == "ring":
        yield Dot(x + 5, y, 4.4, key.colour)
    elif key.mark == "hollow":
        yield Dot(x + 5, y, 6.2, "#ffffff", INK)
    elif key.mark == "tick":
        yield Pill(x + 3, y, 2.4, 14, key.colour)
    elif key.mark == "under":
        yield Pill(x + 7, y + 5, 14, 3, key.colour)
    elif key.mark == "line":
        yield Stroke((x, y), (end, y), SOFT, 1.4)
        for place in (x, end):
            yield Stroke((place, y - 4), (place, y + 4), SOFT, 1.4)
    elif key.mark == "bound":
        yield Stroke((x, y), (end, y), SOFT, 1.4, dashed=True)
        yield Dot(end, y, 2.6, "#ffffff", SOFT)
