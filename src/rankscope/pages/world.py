"""The world map: countries coloured by class, small states as dots, each a link to its part."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from rankscope.pages.numbers import fixed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CLASSES = (5, 7)
"""How many classes a map may have."""

_STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.5, 10.0)


class Shape(NamedTuple):
    """A country as drawn: its path, the centre of its main part, and whether it is tiny."""

    path: str
    x: float
    y: float
    tiny: bool


@dataclass(frozen=True, slots=True)
class World:
    """The shapes of the countries by alpha-3 code, the outline of the globe and the view box."""

    view_box: str
    sphere: str
    shapes: Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class Place:
    """What a country is on a map: a class for each view (0: none), a link and a sentence."""

    code: str
    classes: tuple[int, ...]
    anchor: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A shape with its place; ``place`` is None for a country that the index does not have."""

    shape: Shape
    place: Place | None


@dataclass(frozen=True, slots=True)
class WorldMap:
    """A map ready to be drawn: the outline, the countries, then the dots on top of them."""

    world: World
    countries: tuple[Drawn, ...]
    dots: tuple[Drawn, ...]
    breaks: tuple[str, ...]


@cache
def world() -> World:
    """Return the packaged map of the world."""
    text = resources.files("rankscope.pages").joinpath("world.json").read_text("utf-8")
    given = json.loads(text)
    shapes = {
        code: Shape(one["d"], float(one["x"]), float(one["y"]), bool(one.get("dot")))
        for code, one in sorted(given["countries"].items())
    }
    return World(given["viewBox"], given["sphere"], shapes)


def world_map(places: Sequence[Place], breaks: Sequence[float], decimals: int) -> WorldMap:
    """Put places onto the map; the order is that of the places, so that tabbing follows it."""
    drawn = world()
    known = {place.code for place in places}
    rest = [
        Drawn(shape, None)
        for code, shape in drawn.shapes.items()
        if code not in known and not shape.tiny
    ]
    own = [Drawn(drawn.shapes[p.code], p) for p in places if p.code in drawn.shapes]
    return WorldMap(
        world=drawn,
        countries=(*rest, *(one for one in own if not one.shape.tiny)),
        dots=tuple(one for one in own if one.shape.tiny),
        breaks=tuple(fixed(value, _decimals(breaks, decimals)) for value in breaks),
    )


def nice_breaks(low: float, high: float) -> tuple[float, ...]:
    """Return round borders between five to seven classes that hold all from low to high."""
    span = high - low
    if not math.isfinite(span) or span <= 0:
        return ()
    magnitude = 10.0 ** math.floor(math.log10(span / CLASSES[1]))
    for step in (factor * magnitude for factor in _STEPS):
        first = math.floor(low / step) + 1
        last = math.ceil(high / step) - 1
        if CLASSES[0] <= last - first + 2 <= CLASSES[1]:
            return tuple(number * step for number in range(first, last + 1))
    return tuple(low + span * part / 6 for part in range(1, 6))


def class_of(value: float, breaks: Sequence[float]) -> int:
    """Return the class of a value, 1 for the lowest, 0 where it is missing."""
    if not math.isfinite(value):
        return 0
    return 1 + sum(value >= border for border in breaks)


def _decimals(breaks: Sequence[float], most: int) -> int:
    for decimals in range(most + 1):
        if all(math.isclose(value, round(value, decimals), abs_tol=1e-12) for value in breaks):
            return decimals
    return most
