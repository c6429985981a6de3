"""The registry of methods, and the domains of their parameters.

A method is one frozen data class.  Each parameter is declared once, with the
object that knows its domain; that object reads the value from a file, checks
it, words the error and writes the JSON Schema.  Registering the class gives it
its name in definition files.
"""

from __future__ import annotations

import dataclasses
import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from rankscope._words import did_you_mean, join_words
from rankscope.errors import MethodError

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
    """Numbers from ``low`` to ``high``, both included."""

    low: float = -math.inf
    high: float = math.inf

    def read(self, value: object) -> float:
        """Return the number; text such as ``2/3`` is read as a fraction."""
        number = _number(value)
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


def parameter(default: Any, domain: Domain, doc: str) -> Any:
    """Declare a method's parameter: its default, its domain, and what it means."""
    return dataclasses.field(default=default, metadata={"domain": domain, "doc": doc})


@dataclass(frozen=True, slots=True)
class Method:
    """Base of all methods; subclasses are frozen data classes of parameters."""

    stage: ClassVar[str] = ""
    name: ClassVar[str] = ""
    citation: ClassVar[str] = ""

    def __post_init__(self) -> None:
        """Read every parameter as its domain wants it: a list as a pair, 1/2 as a number.

        Raises
        ------
        MethodError
            Naming the parameter, its domain and the value.
        """
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            try:
                object.__setattr__(self, field.name, field.metadata["domain"].read(value))
            except (ValueError, TypeError):
                raise MethodError(_outside(type(self), field, value)) from None


M = TypeVar("M", bound=type[Method])

_METHODS: dict[str, dict[str, type[Method]]] = {}


def register(cls: M) -> M:
    """Register a method under its stage and name; a class decorator."""
    _METHODS.setdefault(cls.stage, {})[cls.name] = cls
    return cls


def methods_of(stage: str) -> dict[str, type[Method]]:
    """Return the registered methods of a stage by name."""
    return dict(_METHODS.get(stage, {}))


def stages() -> tuple[str, ...]:
    """Return the stages that have methods."""
    return tuple(_METHODS)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a method as a file gives it; ``key`` is the place inside it."""

    key: str
    sentence: str


def build(stage: str, given: object) -> tuple[Method | None, list[Fault]]:
    """Make a method from what a file says: a name, or a mapping with ``method`` and parameters.

    All faults are returned together; with any, the method is None.
    """
    spec = {"method": given} if isinstance(given, str) else given
    if not isinstance(spec, Mapping):
        return None, [Fault("", f"{stage} must be a method's name or a mapping, got {given!r}.")]
    if "method" not in spec:
        return None, [Fault("", f"{stage} names no method. Add a line 'method: NAME'.")]
    known = methods_of(stage)
    name = str(spec["method"])
    if name not in known:
        sentence = f"{stage} has no method {name!r}. {did_you_mean(name, list(known))}"
        return None, [Fault("method", sentence)]
    return _from_parameters(known[name], {k: v for k, v in spec.items() if k != "method"})


def describe(method: Method) -> dict[str, Any]:
    """Return a method as a definition file writes it; parameters at their default are left out."""
    given = {
        field.name: _plain(getattr(method, field.name))
        for field in dataclasses.fields(method)
        if getattr(method, field.name) != field.default
    }
    return {"method": method.name, **given}


def method_schema(stage: str) -> dict[str, Any]:
    """Return the JSON Schema of all that a file may say for a stage."""
    known = methods_of(stage)
    forms: list[dict[str, Any]] = [{"enum": sorted(known)}]
    for name, cls in known.items():
        properties: dict[str, Any] = {"method": {"const": name}}
        for field in dataclasses.fields(cls):
            properties[field.name] = {
                **field.metadata["domain"].schema(),
                "description": field.metadata["doc"],
            }
        forms.append(
            {
                "type": "object",
                "description": (cls.__doc__ or "").partition("\n")[0],
                "properties": properties,
                "required": ["method"],
                "additionalProperties": False,
            }
        )
    return {"anyOf": forms}


def _from_parameters(
    cls: type[Method], given: Mapping[str, object]
) -> tuple[Method | None, list[Fault]]:
    fields = {field.name: field for field in dataclasses.fields(cls)}
    faults: list[Fault] = []
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in fields:
            sentence = f"{cls.name} has no parameter {key!r}. {did_you_mean(key, list(fields))}"
            faults.append(Fault(key, sentence.strip()))
            continue
        try:
            values[key] = fields[key].metadata["domain"].read(value)
        except (ValueError, TypeError):
            faults.append(Fault(key, _outside(cls, fields[key], value)))
    if faults:
        return None, faults
    try:
        return cls(**values), []
    except MethodError as conflict:  # a parameter that must be given, or two that forbid each other
        return None, [Fault("", str(conflict))]


def _outside(cls: type[Method], field: dataclasses.Field[Any], value: object) -> str:
    domain: Domain = field.metadata["domain"]
    return f"{cls.name}.{field.name} must be {domain.words()}, got {value!r}."


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


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


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
