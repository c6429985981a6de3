"""The registry of methods: what a definition file may name, and how it is turned into objects.

A method is one frozen data class.  Each parameter is declared once, with the
domain that reads it from a file, checks it, words the error and writes the JSON
Schema.  Registering the class gives it its name in definition files.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from rankscope._plugins import load_installed
from rankscope._words import did_you_mean, visible
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from rankscope._domains import Domain


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

    def in_words(self, noun: str = "unit") -> str:
        """Return what the method does to the figures, in a sentence without its full stop.

        ``noun`` is what a unit is called, such as "country".  A method that says nothing
        of its own says the first line of its docstring.
        """
        del noun
        return (type(self).__doc__ or self.name).partition("\n")[0].rstrip(". ")


M = TypeVar("M", bound=type[Method])

_METHODS: dict[str, dict[str, type[Method]]] = {}

_KEYS = {"change": "act"}
"""Stages whose methods a file names under another key than ``method``."""


def key_of(stage: str) -> str:
    """Return the key under which a file names a method of a stage."""
    return _KEYS.get(stage, "method")


def register(cls: M) -> M:
    """Register a method under its stage and name; a class decorator.

    Raises
    ------
    MethodError
        When another method has the name already.
    """
    known = _METHODS.setdefault(cls.stage, {})
    other = known.get(cls.name, cls)
    if (other.__module__, other.__qualname__) != (cls.__module__, cls.__qualname__):
        raise MethodError(
            f"{cls.stage} has a method {cls.name!r} already, in {other.__module__}. "
            f"Give the one in {cls.__module__} another name."
        )
    known[cls.name] = cls
    return cls


def methods_of(stage: str) -> dict[str, type[Method]]:
    """Return the methods by name that may stand at a stage.

    At a step that is also every treatment and every normalisation: whatever may be done
    to an indicator may be done to the score of any node.
    """
    found = dict(_METHODS.get(stage, {}))
    for other in ("treatment", "normalisation") if stage == "step" else ():
        borrowed = {name: cls for name, cls in _METHODS.get(other, {}).items() if name != "none"}
        found = borrowed | found
    return found


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

    A list stands for the stage's ``chain``.  All faults are returned together; with any,
    the method is None.
    """
    key = key_of(stage)
    if isinstance(given, list | tuple) and "chain" in methods_of(stage):
        given = {key: "chain", "of": given}
    spec = {key: given} if isinstance(given, str) else given
    if not isinstance(spec, Mapping):
        article = "an" if key[0] in "aeiou" else "a"
        said = f"{stage} must be {article} {key}'s name or a mapping, got {visible(repr(given))}."
        return None, [Fault("", said)]
    if key not in spec:
        return None, [Fault("", f"{stage} names no {key}. Add a line '{key}: NAME'.")]
    known = methods_of(stage)
    name = str(spec[key])
    if name not in known:
        load_installed()
        known = methods_of(stage)
    if name not in known:
        sentence = f"{stage} has no {key} '{visible(name)}'. {did_you_mean(name, list(known))}"
        return None, [Fault(key, sentence)]
    return _from_parameters(known[name], {k: v for k, v in spec.items() if k != key})


def describe(
    method: Method, general: Method | None = None, *, whole: bool = False
) -> dict[str, Any]:
    """Return a method as a definition file writes it; parameters at their default are left out.

    With a ``general`` method of the same kind, those that are equal to its are left out
    instead; ``whole`` leaves out none.
    """
    given = {
        field.name: _plain(field.metadata["domain"].write(value))
        for field in dataclasses.fields(method)
        for value in [getattr(method, field.name)]
        if whole or value != (getattr(general, field.name) if general else field.default)
    }
    return {key_of(method.stage): method.name, **given}


def method_schema(stage: str, *, chains: bool = True) -> dict[str, Any]:
    """Return the JSON Schema of all that a file may say for a stage.

    Without ``chains`` for the members of a chain, which holds no other one.
    """
    known = {name: cls for name, cls in methods_of(stage).items() if chains or name != "chain"}
    forms: list[dict[str, Any]] = [{"enum": sorted(known)}]
    key = key_of(stage)
    for name, cls in known.items():
        properties: dict[str, Any] = {key: {"const": name}}
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
                "required": [key],
                "additionalProperties": False,
            }
        )
    if "chain" in known:
        [members] = [f for f in dataclasses.fields(known["chain"]) if f.name == "of"]
        forms.append({**members.metadata["domain"].schema(), "description": "Methods in turn."})
    return {"anyOf": forms}


def _from_parameters(
    cls: type[Method], given: Mapping[str, object]
) -> tuple[Method | None, list[Fault]]:
    fields = {field.name: field for field in dataclasses.fields(cls)}
    faults: list[Fault] = []
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in fields:
            sentence = f"{cls.name} has no parameter '{visible(key)}'."
            faults.append(Fault(key, f"{sentence} {did_you_mean(key, list(fields))}".strip()))
            continue
        try:
            values[key] = fields[key].metadata["domain"].read(value)
        except (ValueError, TypeError) as wrong:
            within: tuple[Fault, ...] = getattr(wrong, "faults", ())  # of methods in a list
            sentences = [fault.sentence for fault in within] or [_outside(cls, fields[key], value)]
            faults.extend(Fault(key, sentence) for sentence in sentences)
    if faults:
        return None, faults
    try:
        return cls(**values), []
    except MethodError as conflict:  # a parameter that must be given, or two that forbid each other
        return None, [Fault("", str(conflict))]


def _outside(cls: type[Method], field: dataclasses.Field[Any], value: object) -> str:
    domain: Domain = field.metadata["domain"]
    return f"{cls.name}.{field.name} must be {domain.words()}, got {visible(repr(value))}."


def _plain(value: Any) -> Any:
    if isinstance(value, Method):
        return describe(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
