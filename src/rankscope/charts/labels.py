"""Names beside dots: as many as fit without covering each other or another dot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LETTER = 6.7
"""How wide a letter is, on average, in pixels at 12 points."""
LINE = 15.0
GAP = 7.0
DOT = 4.0

Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")


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
    """Which dot is named, and on which side: ``left`` aligned names stand to the right of it."""

    dot: int
    align: Side
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


def _candidates(dot: int, at: tuple[float, float], name: str) -> tuple[Label, Label]:
    x, y = at
    width = len(name) * LETTER
    top, bottom = y - LINE / 2, y + LINE / 2
    return (
        Label(dot, "left", Box(x + GAP, top, x + GAP + width, bottom)),
        Label(dot, "right", Box(x - GAP - width, top, x - GAP, bottom)),
    )
