"""What is wrong with an act as a file gives it, in the words of those who write scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from rankscope._domains import Between
from rankscope._registry import Fault, Method, methods_of
from rankscope._words import did_you_mean, join_words, visible
from rankscope.methods.change.size import KEYS, Sizes


def reworded_act(given: Any, faults: list[Fault]) -> list[Fault]:
    """Return the faults of an act: how an act is written, and what is wrong with a range."""
    given = {"act": given} if isinstance(given, str) else given
    if not isinstance(given, Mapping):
        return faults
    if given.get("act") is None:
        return [replace(faults[0], sentence=_without_act(given))]
    cls = methods_of("change").get(str(given["act"]))
    if cls is None:
        return faults
    if [one.key for one in faults] == [""]:  # each parameter that is given can be read
        return _missing(cls, given) or faults
    return [_of_size(one, given.get(one.key), cls) for one in faults]


def _missing(cls: type[Method], given: Mapping[str, Any]) -> list[Fault]:
    """Return a fault for each parameter that must be given and is not."""
    faults = []
    for field in fields(cls):
        try:
            field.metadata["domain"].read(given.get(field.name, field.default))
        except (TypeError, ValueError):
            said = f"{cls.name}.{field.name} is missing. Add `{field.name}: …`"
            faults.append(Fault("", f"{said} ({field.metadata['doc']})."))
    return faults


def _without_act(given: Mapping[str, Any]) -> str:
    """Return how a mapping that names no act is written."""
    known = methods_of("change")
    named = given.get("method")
    if isinstance(named, str):
        return f"An act is named by `act:`. Write `act: {visible(named)}`."
    named = next((key for key in given if key in known), None)
    if named is not None:
        inside = given[named]
        keys = ", ".join(f"{visible(key)}: …" for key in inside if isinstance(inside, Mapping))
        after = keys and f", {keys}"
        return f"An act is named by `act:`. Write `{{act: {named}{after}}}`."
    return f"It names no act. Add a line `act: NAME`, with {join_words(sorted(known))}."


def _of_size(fault: Fault, given: Any, cls: type[Method]) -> Fault:
    """Return the fault of a size with what is wrong in its range, or how a share is written."""
    domain = next((f.metadata["domain"] for f in fields(cls) if f.name == fault.key), None)
    if not isinstance(domain, Sizes):
        return fault
    if not isinstance(given, Mapping):
        percent = domain.high == 1 and isinstance(given, str) and given.strip().isdecimal()
        return replace(fault, sentence=f"{fault.sentence} Write {given}%.") if percent else fault
    wrong = _range_fault(given, Between(domain.low, domain.high))
    return replace(fault, sentence=f"{cls.name}.{fault.key} {wrong}") if wrong else fault


def _range_fault(given: Mapping[str, Any], one: Between) -> str:
    """Return what is wrong with a range, from the verb on."""
    for key in given:
        if key not in KEYS:
            said = f"is a range and has no key '{visible(str(key))}'."
            return f"{said} {did_you_mean(str(key), KEYS)}".rstrip()
    for key in ("low", "high"):
        if key not in given:
            return f"is a range without `{key}:`. Write both ends, or one number."
    ends = {}
    for key, value in given.items():
        try:
            ends[key] = one.read(value)
        except (TypeError, ValueError):
            if key == "likely" and value is None:
                continue
            return f"is a range whose {key} must be {one.words()}, got '{_text(value)}'."
    if ends["low"] > ends["high"]:
        said = f"is a range from {_text(given['low'])} to {_text(given['high'])}"
        return f"{said}: its low end is the higher one. Turn the two."
    if not ends["low"] <= ends.get("likely", ends["low"]) <= ends["high"]:
        said = (
            f"is a range from {_text(given['low'])} to {_text(given['high'])}, and the likely size"
        )
        return f"{said} {_text(given['likely'])} is outside. Put it between them."
    return ""


def _text(value: object) -> str:
    return visible(str(value))
