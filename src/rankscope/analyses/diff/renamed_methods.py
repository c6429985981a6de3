"""Methods whose parameters name variables, in the codes of another edition."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from rankscope._domains import Maybe, Text
from rankscope._registry import Method

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rankscope.definition.node import Model


def methods_with_codes(part: Model, names: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of a node, or of the method of an index, in which a code changes."""
    fields = {name: getattr(part, name) for name in type(part).model_fields}
    read = {name: _with_codes(value, names) for name, value in fields.items()}
    return {name: value for name, value in read.items() if value is not fields[name]}


def _with_codes(value: Any, names: Mapping[str, str]) -> Any:
    """Return a method, or several, with other codes; anything else as it is."""
    if isinstance(value, tuple):
        parts = tuple(_with_codes(one, names) for one in value)
        same = all(one is other for one, other in zip(parts, value, strict=True))
        return value if same else parts
    if not isinstance(value, Method):
        return value
    found: dict[str, Any] = {}
    for field in dataclasses.fields(value):
        own = getattr(value, field.name)
        new = names.get(own, own) if _is_variable(field) else _with_codes(own, names)
        if new is not own:
            found[field.name] = new
    return dataclasses.replace(value, **found) if found else value


def _is_variable(field: dataclasses.Field[Any]) -> bool:
    """Whether a parameter is the code of a variable."""
    domain = field.metadata["domain"]
    inner = domain.inner if isinstance(domain, Maybe) else domain
    return isinstance(inner, Text) and inner.what.startswith("the code of a variable")
