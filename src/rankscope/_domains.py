"""The domains of methods' parameters: what a value may be, said once.

A domain reads a value from a file, checks it, words the error, writes the JSON
Schema and gives examples for contract tests.
"""

from __future__ import annotations

import itertools
import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rankscope._words import join_words

LARGEST = 1e100
"""No number that is read goes beyond: products and quotients of two of them stay finite."""


class Domain(ABC):
    """The values that a parameter may take."""

    @abstractmethod
    def read(self, value: object) -> Any:
        """Return the value as the method wants it.

        Raises
        ------
        ValueError
            When the value is outside the domain.
        """

    def write(self, value: Any) -> Any:
        """Return a value that was read as a file writes it."""
        return value

    @abstractmethod
    def words(self) -> str:
        """Return the domain in words, as they follow "must be"."""

    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """Return the domain as JSON Schema."""

    @abstractmethod
    def examples(self) -> tuple[Any, ...]:
        """Return some allowed values, ends included: for contract tests."""


@dataclass(frozen=True, slots=True)
class Between(Domain):
    """Numbers from ``low`` to ``high``, both included; from 0 to 1 they are shares."""

    low: float = -math.inf
    high: float = math.inf

    def read(self, value: object) -> float:
        """Return the number; text such as ``2/3`` is a fraction, and a share may be ``25%``."""
        is_share = self.low >= 0 and self.high <= 1
        number = portion(value) if is_share else _number(value)
        if not self.low <= number <= self.high:
            raise ValueError(value)
        return number

    def words(self) -> str:
        """Return the domain in words."""
        return "a number" + _range_words(self.low, self.high)

    def schema(self) -> dict[str, Any]:
        """Return the domain as JSON Schema; a fraction may stand as text."""
        return {"type": ["number", "string"]} | _range_schema(self.low, self.high)

    def examples(self) -> tuple[float, ...]:
        """Return both ends, or numbers near zero where an end is open."""
        low = self.low if math.isfinite(self.low) else min(-1.0, self.high)
        high = self.high if math.isfinite(self.high) else max(1.0, low + 1.0)
        return (low, (low + high) / 2, high)


@dataclass(frozen=True, slots=True)
class Whole(Domain):
    """Whole numbers from ``low`` to ``high``, both included."""

    low: int = 0
    high: int = 1_000_000

    def read(self, value: object) -> int:
        """Return the whole number."""
        number = _number(value)
        if number != int(number) or not self.low <= number <= self.high:
            raise ValueError(value)
        return int(number)

    def words(self) -> str:
        """Return the domain in words."""
        return f"a whole number from {self.low} to {self.high}"

    def schema(self) -> dict[str, Any]:
        """Return the domain as JSON Schema."""
        return {"type": "integer", "minimum": self.low, "maximum": self.high}

    def examples(self) -> tuple[int, ...]:
        """Return the low end and its next."""
        return (self.low, min(self.low + 1, self.high))


@dataclass(frozen=True, slots=True)
class OneOf(Domain):
    """One of a few words."""

    choices: tuple[str, ...]

    def read(self, value: object) -> str:
        """Return the word."""
        if value not in self.choices:
            raise ValueError(value)
        return str(value)

    def words(self) -> str:
        """Return the domain in words."""
        return join_words(self.choices)

    def schema(self) -> dict[str, Any]:
        """Return the domain as JSON Schema."""
        return {"enum": list(self.choices)}

    def examples(self) -> tuple[str, ...]:
        """Return all choices."""
        return self.choices


@dataclass(frozen=True, slots=True)
class Text(Domain):
    """The code of something that the definition names elsewhere."""

    what: str

    def read(self, value: object) -> str:
        """Return the code."""
        if not isinstance(value, str) or not value.strip():
            raise ValueError(value)
        return value

    def words(self) -> str:
        """Return the domain in words."""
        return self.what

    def schema(self) -> dict[str, Any]:
        """Return the domain as JSON Schema."""
        return {"type": "string", "minLength": 1}

    def examples(self) -> tuple[str, ...]:
        """Return a name."""
        return ("region",)


@dataclass(frozen=True, slots=True)
class Groupings(Domain):
    """The code of a grouping, or of several that are crossed: a list, or parted by commas."""

    def read(self, value: object) -> str:
        """Return the codes, parted by commas."""
        parts = value.split(",") if isinstance(value, str) else value
        if not isinstance(parts, list | tuple) or not parts:
            raise ValueError(value)
        return ", ".join(Text("").read(part).strip() for part in parts)

    def words(self) -> str:
        """Return the domain in words."""
        return "the name of a grouping of units, or period, or a list of them"

    def schema(self) -> dict[str, Any]:
        """Return the domain as JSON Schema."""
        one = {"type": "string", "minLength": 1}
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}

    def examples(self) -> tuple[str, ...]:
        """Return a name."""
        return ("region",)


@dataclass(frozen=True, slots=True)
class Ends(Domain):
    """Two numbers, the lower end of a range first."""

    def read(self, value: object) -> tuple[float, float]:
        """Return both ends."""
        if not isinstance(value, list | tuple) or len(value) != 2:
            raise ValueError(value)
        low, high = _number(value[0]), _number(value[1])
        if not low < high:
            raise ValueError(value)
        return (low, high)

    def words(self) -> str:
        """Return the domain in words."""
        return "two numbers, the lower one first"

    def schema(self) -> dict[str, Any]:
        """Return the domain as JSON Schema."""
        return {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}

    def examples(self) -> tuple[tuple[float, float], ...]:
        """Return two common scales."""
        return ((0.0, 1.0), (1.0, 100.0))


@dataclass(frozen=True, slots=True)
class Maybe(Domain):
    """Nothing, or a value of another domain; nothing is the default."""

    inner: Domain

    def read(self, value: object) -> Any:
        """Return None for nothing."""
        return None if value is None else self.inner.read(value)

    def write(self, value: Any) -> Any:
        """Return None for nothing."""
        return None if value is None else self.inner.write(value)

    def words(self) -> str:
        """Return the domain in words."""
        return self.inner.words()

    def schema(self) -> dict[str, Any]:
        """Return the domain as JSON Schema."""
        return self.inner.schema()

    def examples(self) -> tuple[Any, ...]:
        """Return nothing, and the examples of what may be there."""
        return (None, *self.inner.examples())


@dataclass(frozen=True, slots=True)
class Flag(Domain):
    """True or false."""

    def read(self, value: object) -> bool:
        """Return the truth value; a file writes it in lower case."""
        if isinstance(value, str) and value in ("true", "false"):
            return value == "true"
        if not isinstance(value, bool):
            raise ValueError(value)
        return value

    def words(self) -> str:
        """Return the domain in words."""
        return "true or false"

    def schema(self) -> dict[str, Any]:
        """Return the domain as JSON Schema."""
        return {"type": "boolean"}

    def examples(self) -> tuple[bool, ...]:
        """Return both."""
        return (True, False)


@dataclass(frozen=True, slots=True)
class Pairs(Domain):
    """Pairs of numbers whose first ones rise, such as the corners of a value function."""

    least: int = 2

    def read(self, value: object) -> tuple[tuple[float, float], ...]:
        """Return the pairs."""
        if not isinstance(value, list | tuple) or len(value) < self.least:
            raise ValueError(value)
        pairs = tuple((_number(one[0]), _number(one[1])) for one in map(_two, value))
        if any(after[0] <= before[0] for before, after in itertools.pairwise(pairs)):
            raise ValueError(value)
        return pairs

    def words(self) -> str:
        """Return the domain in words."""
        return f"at least {self.least} pairs of numbers, the first of each pair rising"

    def schema(self) -> dict[str, Any]:
        """Return the domain as JSON Schema."""
        return {"type": "array", "minItems": self.least, "items": _PAIR}

    def examples(self) -> tuple[tuple[tuple[float, float], ...], ...]:
        """Return a rising line with a bend."""
        corners = ((0.0, 0.0), (1.0, 50.0), (10.0, 100.0), (100.0, 101.0))
        return (corners[: max(self.least, 3)],)


@dataclass(frozen=True, slots=True)
class Numbers(Domain):
    """A list of numbers, each in a range; they rise where that is asked for."""

    low: float = -math.inf
    high: float = math.inf
    rising: bool = False

    def read(self, value: object) -> tuple[float, ...]:
        """Return the numbers."""
        if not isinstance(value, list | tuple) or not value:
            raise ValueError(value)
        numbers = tuple(_number(one) for one in value)
        if not all(self.low <= number <= self.high for number in numbers):
            raise ValueError(value)
        if self.rising and any(b <= a for a, b in itertools.pairwise(numbers)):
            raise ValueError(value)
        return numbers

    def words(self) -> str:
        """Return the domain in words."""
        return "a list of numbers" + _range_words(self.low, self.high) + ", rising" * self.rising

    def schema(self) -> dict[str, Any]:
        """Return the domain as JSON Schema; a fraction may stand as text."""
        item = {"type": ["number", "string"]} | _range_schema(self.low, self.high)
        return {"type": "array", "minItems": 1, "items": item}

    def examples(self) -> tuple[tuple[float, ...], ...]:
        """Return three numbers."""
        return (tuple(sorted(set(Between(self.low, self.high).examples()))),)


@dataclass(frozen=True, slots=True)
class Square(Domain):
    """A square of positive numbers in which each is one over its mirror image."""

    def read(self, value: object) -> tuple[tuple[float, ...], ...]:
        """Return the rows."""
        if not isinstance(value, list | tuple) or not value:
            raise ValueError(value)
        rows = tuple(Numbers(low=1e-9, high=1e9).read(row) for row in value)
        size = range(len(rows))
        if any(len(row) != len(rows) for row in rows):
            raise ValueError(value)
        if any(abs(rows[i][j] * rows[j][i] - 1) > 0.02 for i in size for j in size):
            raise ValueError(value)
        return rows

    def words(self) -> str:
        """Return the domain in words."""
        return "a square of positive numbers, each one over its mirror image, such as 3 and 1/3"

    def schema(self) -> dict[str, Any]:
        """Return the domain as JSON Schema."""
        return {"type": "array", "minItems": 1, "items": Numbers(low=1e-9).schema()}

    def examples(self) -> tuple[tuple[tuple[float, ...], ...], ...]:
        """Return three children, the first of which matters most."""
        return (((1.0, 3.0, 5.0), (1 / 3, 1.0, 2.0), (0.2, 0.5, 1.0)),)


@dataclass(frozen=True, slots=True)
class RangeByCode(Domain):
    """A lowest and a highest share for each of some codes."""

    def read(self, value: object) -> tuple[tuple[str, tuple[float, float]], ...]:
        """Return pairs of a code and its range, in the order of the codes.

        A file writes a mapping; its order means nothing.
        """
        pairs = list(value.items()) if isinstance(value, Mapping) else value
        if not isinstance(pairs, list | tuple) or not pairs:
            raise ValueError(value)
        ranges = {Text("").read(code): _shares(ends) for code, ends in map(_two, pairs)}
        if len(ranges) < len(pairs):
            raise ValueError(value)
        return tuple(sorted(ranges.items()))

    def write(self, value: Any) -> dict[str, list[float]]:
        """Return the mapping that a file writes."""
        return {code: list(ends) for code, ends in value}

    def words(self) -> str:
        """Return the domain in words."""
        return "the lowest and the highest share, from 0 to 1, of each code that it names"

    def schema(self) -> dict[str, Any]:
        """Return the domain as JSON Schema."""
        return {"type": "object", "minProperties": 1, "additionalProperties": _PAIR}

    def examples(self) -> tuple[tuple[tuple[str, tuple[float, float]], ...], ...]:
        """Return ranges of two codes."""
        return ((("health", (0.2, 0.5)), ("income", (0.0, 0.4))),)


_PAIR = {"type": "array", "items": {"type": ["number", "string"]}, "minItems": 2, "maxItems": 2}


def _two(value: object) -> list[object] | tuple[object, ...]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise ValueError(value)
    return value


def _shares(value: object) -> tuple[float, float]:
    """Read a lowest and a highest share, which may be equal."""
    low, high = (Between(0, 1).read(end) for end in _two(value))
    if low > high:
        raise ValueError(value)
    return low, high


def _number(value: object) -> float:
    """Read a finite number, or a fraction such as 2/3."""
    if isinstance(value, bool):
        raise ValueError(value)
    if isinstance(value, str) and "/" in value:
        above, _, below = value.partition("/")
        if "/" in below:
            raise ValueError(value)
        value = _number(above) / (_number(below) or math.nan)
    number = float(value)  # type: ignore[arg-type]  # a wrong type raises, as the callers expect
    if not abs(number) <= LARGEST:
        raise ValueError(value)
    return number


def portion(value: object) -> float:
    """Read a share: a number, a fraction, or a percentage such as ``25%``.

    Raises
    ------
    ValueError
        When it is none.
    """
    if isinstance(value, str) and value.strip().endswith("%"):
        return _number(value.strip()[:-1]) / 100
    return _number(value)


def _range_words(low: float, high: float) -> str:
    if math.isfinite(low) and math.isfinite(high):
        return f" from {low:g} to {high:g}"
    if math.isfinite(low):
        return f" of at least {low:g}"
    if math.isfinite(high):
        return f" of at most {high:g}"
    return ""


def _range_schema(low: float, high: float) -> dict[str, float]:
    ends = {"minimum": low, "maximum": high}
    return {key: end for key, end in ends.items() if math.isfinite(end)}
