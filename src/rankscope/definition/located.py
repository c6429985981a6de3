"""The tree of a file before types decide: values that know their place.

Scalars are text, or ``None`` where the file leaves a value empty; nothing is
guessed from how a text looks, so that Norway's "NO" stays "NO".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Loc: TypeAlias = tuple[str | int, ...]
"""Where something is inside a definition: keys and positions, as pydantic counts them."""

Locate: TypeAlias = Callable[[Loc], str]
"""Gives the place of a `Loc` in words: ``file.yaml:12`` or ``book.xlsx!Framework!C7``."""

MAX_DEPTH = 32
"""How many mappings and lists may lie inside each other, the outermost included."""


@dataclass(frozen=True, slots=True)
class Located:
    """A value of a file and its place.

    ``value`` is text, ``None``, a mapping of `Located` or a tuple of `Located`;
    for a mapping, ``keys`` holds the place of each key.
    """

    value: str | Mapping[str, Located] | tuple[Located, ...] | None
    place: str
    keys: Mapping[str, str] = field(default_factory=dict)

    def plain(self) -> Any:
        """Return the value without places: text, None, dictionaries and lists."""
        if isinstance(self.value, Mapping):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, tuple):
            return [child.plain() for child in self.value]
        return self.value

    def get(self, step: str | int) -> Located | None:
        """Return the member at a key or position, or None."""
        if isinstance(self.value, Mapping):
            return self.value.get(str(step))
        if isinstance(self.value, tuple) and isinstance(step, int):
            return self.value[step] if step < len(self.value) else None
        return None

    def at(self, loc: Loc) -> Located | None:
        """Return what is at a location, or None."""
        here: Located | None = self
        for step in loc:
            here = here.get(step) if here else None
        return here

    def locate(self, loc: Loc) -> str:
        """Return the place of a location: of its key, else of the nearest ancestor there is."""
        here, place = self, self.place
        for step in loc:
            found = here.get(step)
            if found is None:
                break
            place = here.keys.get(str(step), found.place)
            here = found
        return place


def place_order(place: str) -> tuple[Any, ...]:
    """Return a key that sorts places as a reader meets them: by line, or by row and column."""
    cell = re.fullmatch(r"(.*!)([A-Z]+)(\d+)", place, re.DOTALL)
    if cell:
        return (cell[1], int(cell[3]), len(cell[2]), cell[2])
    line = re.fullmatch(r"(.*?):(\d+)(?::(\d+))?", place, re.DOTALL)
    if line:
        return (line[1], int(line[2]), int(line[3] or 0), "")
    return (place, 0, 0, "")
