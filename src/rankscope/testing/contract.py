"""The contract of a method: its name, its words, its parameters, and what its stage promises."""

from __future__ import annotations

import contextlib
import dataclasses
import math
import re
from typing import TYPE_CHECKING, Any

from rankscope._registry import Method, build, describe, methods_of
from rankscope.errors import MethodError
from rankscope.methods.admissible import Admissible
from rankscope.methods.aggregation import Aggregation
from rankscope.methods.base import Stage
from rankscope.methods.weighting import Weighting
from rankscope.testing.admissible import check_admissible
from rankscope.testing.promises import (
    check_aggregation,
    check_stage,
    check_weighting,
    require,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


def check_method(cls: type[Method]) -> None:
    """Check that a method keeps the contract of its stage, for every example of its parameters.

    Raises
    ------
    AssertionError
        Saying which promise is broken, by which parameters.
    """
    _check_class(cls)
    _check_domains(cls)
    for method in examples_of(cls):
        _check_round_trip(method)
        if isinstance(method, Stage):
            check_stage(method)
        if isinstance(method, Aggregation):
            check_aggregation(method)
        if isinstance(method, Weighting):
            check_weighting(method)
        if isinstance(method, Admissible):
            check_admissible(method)


def examples_of(cls: type[Method]) -> Iterator[Method]:
    """Yield the method as it is by default, then with each example of each parameter.

    A parameter without a usable default takes the first example of its domain;
    examples that contradict another parameter are passed over.
    """
    given: list[dict[str, Any]] = [{}]
    for field in dataclasses.fields(cls):
        given += [{field.name: example} for example in field.metadata["domain"].examples()]
    for parameters in given:
        with contextlib.suppress(MethodError):
            yield _made(cls, parameters)


def _made(cls: type[Method], given: dict[str, Any]) -> Method:
    """Make a method; parameters without a usable default take an example."""
    usable = dict(given)
    for field in dataclasses.fields(cls):
        domain = field.metadata["domain"]
        try:
            domain.read(field.default)
        except (ValueError, TypeError):
            usable.setdefault(field.name, domain.examples()[0])
    return cls(**usable)


def _check_class(cls: type[Method]) -> None:
    require(methods_of(cls.stage).get(cls.name) is cls, f"{cls.__name__} is not registered.")
    require(cls.__dataclass_params__.frozen, f"{cls.name} is not frozen.")  # type: ignore[attr-defined]  # dataclasses have it, their type does not say so
    require(re.fullmatch(r"[a-z][a-z0-9_]*", cls.name), f"{cls.name!r} is no name for a file.")
    written = (cls.__doc__ or "").partition("(")[0] not in ("", cls.__name__)  # Python's own words
    require(written, f"{cls.name} has no docstring, which is its entry in the documentation.")


def _check_domains(cls: type[Method]) -> None:
    """Each parameter refuses what lies outside its domain, and says so."""
    for field in dataclasses.fields(cls):
        domain, refused = field.metadata["domain"], 0
        for value in _strange_values(domain):
            try:
                domain.read(value)
            except (ValueError, TypeError):
                refused += 1
                _check_refusal(cls, field.name, value)
        require(refused, f"{cls.name}.{field.name} takes any value.")
        require(field.metadata["doc"], f"{cls.name}.{field.name} is not described.")


def _strange_values(domain: Any) -> tuple[Any, ...]:
    low, high = getattr(domain, "low", -math.inf), getattr(domain, "high", math.inf)
    return (None, object(), True, math.nan, math.inf, "", "no such word", (2.0, 1.0), [1.0],
            low - 1, high + 1, 0.123456, "1/0")  # fmt: skip


def _check_refusal(cls: type[Method], name: str, value: Any) -> None:
    words = rf"{cls.name}\.{name} must be .+, got .+"
    try:
        _made(cls, {name: value})
    except MethodError as error:
        require(re.search(words, str(error), re.DOTALL), f"{error} does not say {words}")
    else:
        raise AssertionError(f"{cls.name}.{name} takes {value!r}, which is outside its domain.")


def _check_round_trip(method: Method) -> None:
    again, faults = build(method.stage, describe(method))
    require(again == method, f"{method} is read back as {again}, with {faults}.")
    require(hash(again) == hash(method), f"{method} has another hash when read back.")
