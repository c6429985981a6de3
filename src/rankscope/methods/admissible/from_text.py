"""Sets of admissible weights as they are typed: ``simplex``, ``bounded(25%)``."""

from __future__ import annotations

import dataclasses
import re
from typing import cast

from rankscope._registry import build, methods_of
from rankscope._words import did_you_mean, visible
from rankscope.errors import MethodError
from rankscope.methods.admissible.base import Admissible

_FORM = re.compile(r"\s*(?P<name>\w+)\s*(?:\(\s*(?P<value>.*?)\s*\)\s*)?", re.DOTALL)


def admissible_from_text(text: str) -> Admissible:
    """Return the set that a text names: ``NAME``, or ``NAME(VALUE)`` with its first parameter.

    >>> admissible_from_text("bounded(10%)").label()
    'bounded(10%)'

    Raises
    ------
    MethodError
        When there is no such set, or it does not take that value.
    """
    form = _FORM.fullmatch(text)
    if form is None:
        raise MethodError(
            f"'{visible(text)}' names no admissible weights. "
            "Write a name, or a name with a value, such as bounded(25%)."
        )
    name, value = form["name"], form["value"]
    given = {"method": name} if value is None else {"method": name, _first(name): value}
    method, faults = build(Admissible.stage, given)
    if method is None:
        raise MethodError(" ".join(_worded(name, fault.sentence) for fault in faults))
    return cast("Admissible", method)


def _first(name: str) -> str:
    """Return a set's first parameter.

    Raises
    ------
    MethodError
        When it has none.
    """
    known = methods_of(Admissible.stage)
    fields = dataclasses.fields(known[name]) if name in known else None
    if fields == ():
        raise MethodError(f"{name} takes no value. Write {name} alone.")
    return fields[0].name if fields else "value"


def _worded(name: str, sentence: str) -> str:
    """Return what is wrong, with the mend that fits a typed text."""
    known = methods_of(Admissible.stage)
    if name not in known:
        meant = did_you_mean(name, list(known))
        return f"There are no admissible weights called '{visible(name)}'. {meant}".rstrip()
    if any(field.name == "of" for field in dataclasses.fields(known[name])):
        return f"{sentence} Say it in the definition, under assumptions.weights."
    return sentence
