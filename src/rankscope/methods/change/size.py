"""The size of a change: a number, or a range that it is drawn from."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope._domains import Between, Domain

if TYPE_CHECKING:
    from rankscope.shapes import Vector

KEYS = ("low", "high", "likely")


@dataclass(frozen=True, slots=True)
class Size:
    """A number, or numbers from ``low`` to ``high``, around a ``likely`` one if there is any.

    Without a likely number all are equally likely, with one the distribution is triangular.
    """

    low: float
    high: float
    likely: float | None = None

    @property
    def is_range(self) -> bool:
        """Whether it is drawn."""
        return self.low < self.high

    @property
    def middle(self) -> float:
        """Return the median: what the size is taken as where one number must stand for it."""
        return float(self.quantile(np.array([0.5]))[0])

    def quantile(self, uniform: Vector) -> Vector:
        """Return the sizes that numbers from 0 to 1 stand for, of the same shape."""
        width = self.high - self.low
        if self.likely is None or width == 0:
            return np.asarray(self.low + width * uniform)
        left = (self.likely - self.low) / width
        below = np.sqrt(uniform * left)
        above = 1 - np.sqrt((1 - uniform) * (1 - left))
        return np.asarray(self.low + width * np.where(uniform < left, below, above))


@dataclass(frozen=True, slots=True)
class Sizes(Domain):
    """A number from ``low`` to ``high``, or a range of them: low, high and perhaps likely."""

    low: float = -math.inf
    high: float = math.inf

    def read(self, value: object) -> Size:
        """Return the size; a share may be written ``25%``."""
        one = Between(self.low, self.high)
        if isinstance(value, Size):
            value = {key: getattr(value, key) for key in KEYS if getattr(value, key) is not None}
        if not isinstance(value, Mapping):
            number = one.read(value)
            return Size(number, number)
        if not {"low", "high"} <= set(value) <= set(KEYS):
            raise ValueError(value)
        low, high = one.read(value["low"]), one.read(value["high"])
        likely = None if value.get("likely") is None else one.read(value["likely"])
        if low > high or (likely is not None and not low <= likely <= high):
            raise ValueError(value)
        return Size(low, high, likely)

    def write(self, value: Any) -> Any:
        """Return a number, or the mapping of a range."""
        if value.low == value.high:
            return value.low
        likely = {} if value.likely is None else {"likely": value.likely}
        return {"low": value.low, "high": value.high, **likely}

    def words(self) -> str:
        """Return the domain in words."""
        one = Between(self.low, self.high).words()
        return f"{one}, or a range such as {{low: …, high: …, likely: …}}"

    def schema(self) -> dict[str, Any]:
        """Return the domain as JSON Schema."""
        one = Between(self.low, self.high).schema()
        whole = {
            "type": "object",
            "properties": dict.fromkeys(KEYS, one),
            "required": ["low", "high"],
            "additionalProperties": False,
        }
        return {"anyOf": [one, whole]}

    def examples(self) -> tuple[Any, ...]:
        """Return numbers, a range and a range with a likely number."""
        low, middle, high = Between(self.low, self.high).examples()
        return (
            Size(low, low),
            Size(high, high),
            Size(low, middle),
            Size(low, high, middle),
        )
