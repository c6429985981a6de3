"""Names beside dots: as many as fit without covering each other or another dot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LETTER = 6.7
"""How wide a letter is, on average, in pixels at 12 points."""
LINE = 15.0
GAP = 7.0
DOT = 4.0

RISE = 12.0
"""How far the middle of a name above or below lies from its dot."""

Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")
LEVELS = (0, -1, 1)
"""Beside a dot, above it, below it."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def hits(self, other: Box) -> bool:
        """Whether two rectangles share a point."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def within(self, width: float, height: float) -> bool:
        """Whether it lies on a sheet of that size."""
        return self.left >= 0 and self.right <= width and self.top >= 0 and self.bottom <= height


@dataclass(frozen=True, slots=True)
class Label:
    """Which dot is named, and where.

    ``left`` aligned names stand to the right of it, or above (``level`` -1) and
    below it (1) beginning at it; ``right`` aligned ones end there.
    """

    dot: int
    align: Side
    level: int
    box: Box


def place_labels(
    dots: Sequence[tuple[float, float]],
    names: Sequence[str],
    order: Iterable[int],
    size: tuple[float, float],
    most: int,
) -> list[Label]:
    """Name up to ``most`` dots in the order given, where there is room; the rest stay unnamed."""
    placed: list[Label] = []
    taken = [Box(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in dots]
    for dot in order:
        if len(placed) == most:
            break
        free = (
            label
            for label in _candidates(dot, dots[dot], names[dot])
            if label.box.within(*size)
            and not any(label.box.hits(other.box) for other in placed)
            and not any(label.box.hits(box) for other, box in enumerate(taken) if other != dot)
        )
        found = next(free, None)
        if found is not None:
            placed.append(found)
    return placed


def _candidates(dot: int, at: tuple[float, float], name: str) -> Iterator[Label]:
    """Yield the places for a name, the best first: beside its dot, then above, then below."""
    x, y = at
    width = len(name) * LETTER
    for level in LEVELS:
        top, bottom = y + level * RISE - LINE / 2, y + level * RISE + LINE / 2
        gap = shift_of(level)
        yield Label(dot, "left", level, Box(x + gap, top, x + gap + width, bottom))
        yield Label(dot, "right", level, Box(x - gap - width, top, x - gap, bottom))


def shift_of(level: int) -> float:
    """Return how far from its dot a name begins: above and below it begins over the dot."""
    return -DOT if level else GAP
