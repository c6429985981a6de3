"""What a cell says: lists, lists of lists, nothing, and the parameters of methods."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

from rankscope._domains import Domain, Maybe
from rankscope._registry import key_of, methods_of
from rankscope._words import visible
from rankscope.definition.fields import CODE_PATTERN
from rankscope.definition.located import Located
from rankscope.errors import OutputError
from rankscope.methods.change.names import Names

EMPTY, NOTHING = "[]", "none"
"""How a cell says that a list is empty, or that a parameter is taken back to nothing."""

PAIRS = frozenset({"group_weights", "period_weights", "recode", "where"})
"""Keys whose cell holds numbers or texts by name: ``2012 = 1; 2014 = 0.5``."""

RANGES = "of"
"""The parameter of a method whose cell holds ranges by code: ``a = 0.1, 0.3; b = 0, 1``."""

_CODE = re.compile(CODE_PATTERN)

_STAGE_OF = {
    "imputation": "imputation",
    "treatment": "treatment",
    "scale_treatment": "treatment",
    "normalisation": "normalisation",
    "weights": "weighting",
    "weighting": "weighting",
    "aggregation": "aggregation",
    "aggregation_by_level": "aggregation",
    "steps": "step",
    "indicator_steps": "step",
    "aggregate_steps": "step",
    "changes": "change",
}


_ASSUMED = _STAGE_OF | {"weights": "admissible"}
"""The same under ``assumptions``, where weights are a set and no weighting."""


def with_parameters(
    tree: Located, stage: str = "", stages: Mapping[str, str] = _STAGE_OF
) -> Located:
    """Return a tree in which texts are lists or nothing where a method's parameter wants that."""
    if isinstance(tree.value, tuple):
        members = tuple(with_parameters(one, stage, stages) for one in tree.value)
        return Located(members, tree.place)
    if not isinstance(tree.value, Mapping):
        return tree
    inner = {
        key: with_parameters(
            one,
            stage if key == "of" else stages.get(key, ""),
            _ASSUMED if key == "assumptions" else stages,
        )
        for key, one in tree.value.items()
    }
    name = tree.get(key_of(stage))
    given = name.value if name and isinstance(name.value, str) else ""
    for key, one in inner.items() if stage else ():
        domain = _domain(stage, given, key)
        if domain is not None and isinstance(one.value, str):
            inner[key] = _as_wanted(one.value, one.place, domain)
    return Located(inner, tree.place, tree.keys)


def _domain(stage: str, method: str, parameter: str) -> Domain | None:
    """Return the domain of a method's parameter; of any method's, where an override names none."""
    known = methods_of(stage)
    candidates = [known[method]] if method in known else [] if method else [*known.values()]
    for cls in candidates:
        for field in dataclasses.fields(cls):
            if field.name == parameter:
                domain: Domain = field.metadata["domain"]
                return domain
    return None


def _as_wanted(text: str, place: str, domain: Domain) -> Located:
    if isinstance(domain, Maybe):
        return Located(None, place) if text == NOTHING else _as_wanted(text, place, domain.inner)
    if domain.schema().get("type") == "object":
        return _ranges(text, place)
    if isinstance(domain, Names):
        return _list(text, place)
    depth = _depth(domain.schema())
    if depth == 2 or (depth and ";" in text):
        rows = (_list(row, place) for row in text.split(";") if row.strip())
        return Located(tuple(rows), place)
    return _list(text, place) if depth else Located(text, place)


def _depth(schema: Mapping[str, Any]) -> int:
    """Return how many lists lie inside each other, at least."""
    if "anyOf" in schema:
        return min(map(_depth, schema["anyOf"]))
    if schema.get("type") != "array" or "anyOf" in schema.get("items", {}):
        return int(schema.get("type") == "array")
    return 1 + _depth(schema.get("items", {}))


def _list(text: str, place: str) -> Located:
    parts = () if text.strip() == EMPTY else text.replace(";", ",").split(",")
    return Located(tuple(Located(one.strip(), place) for one in parts if one.strip()), place)


def pairs_of(text: str, place: str) -> Located:
    """Return the numbers that a cell such as ``2012 = 1; 2014 = 0.5`` gives to names."""
    parts = (one.partition("=") for one in text.split(";") if one.strip())
    found = {name.strip(): Located(weight.strip(), place) for name, _, weight in parts}
    return Located(found, place, dict.fromkeys(found, place))


def _ranges(text: str, place: str) -> Located:
    """Return the lists that a cell such as ``a = 0.1, 0.3; b = 0, 1`` gives to names."""
    pairs = pairs_of(text, place)
    members = pairs.value if isinstance(pairs.value, Mapping) else {}
    listed = {name: _list(str(one.value), place) for name, one in members.items()}
    return Located(listed, place, pairs.keys)


def pairs_text(pairs: Mapping[str, Any]) -> str:
    """Return numbers, lists of them, or texts, by name as one cell holds them.

    Raises
    ------
    OutputError
        When a name or a text has a character that such a cell can not hold.
    """
    odd = [name for name in pairs if "=" in name or ";" in name or name != name.strip()]
    odd += [one for one in pairs.values() if isinstance(one, str) and ";" in one]
    if odd:
        raise OutputError(f"'{visible(odd[0])}' can not stand in a cell with others. Write YAML.")
    texts = (
        _list_text(one)
        if isinstance(one, list | tuple)
        else one
        if isinstance(one, str)
        else number(float(one))
        for one in pairs.values()
    )
    return "; ".join(f"{name} = {text}" for name, text in zip(pairs, texts, strict=True))


def dotted(keys: Mapping[str, Any]) -> dict[str, object]:
    """Return keys with dots instead of mappings inside each other, as cells hold them."""
    return dict(_dotted(keys))


def listed(keys: Mapping[str, Any]) -> dict[str, Any]:
    """Return keys in which a list of codes is a text, as a person writes it in one cell."""
    return {
        key: ", ".join(value) if value and _are_codes(value) else value
        for key, value in keys.items()
    }


def _are_codes(value: object) -> bool:
    if not isinstance(value, list | tuple):
        return False
    return all(isinstance(one, str) and _CODE.match(one) for one in value)


def _dotted(keys: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, object]]:
    for key, value in keys.items():
        path = f"{before}{key}"
        if key in PAIRS or (key == RANGES and isinstance(value, Mapping)):
            yield path, pairs_text(value)
        elif isinstance(value, Mapping):
            yield from _dotted(value, f"{path}.")
        elif isinstance(value, list | tuple) and value and not _numeric(value):
            numbered = {str(place): item for place, item in enumerate(value, 1)}
            yield from _dotted(numbered, f"{path}.")
        elif isinstance(value, list | tuple):
            yield path, _list_text(value)
        else:
            yield path, NOTHING if value is None else value


def _numeric(value: list[Any] | tuple[Any, ...]) -> bool:
    return all(isinstance(one, int | float) or _is_row(one) for one in value)


def _is_row(one: object) -> bool:
    """Whether something is a list of numbers and not empty, for that may be one of methods."""
    listed = isinstance(one, list | tuple) and all(isinstance(part, int | float) for part in one)
    return listed and one not in ([], ())


def _list_text(value: list[Any] | tuple[Any, ...]) -> str:
    """Return numbers as ``0, 100``, and lists of numbers as ``0, 0; 10, 50``."""
    if not value:
        return EMPTY
    if _is_row(value):
        return ", ".join(map(number, value))
    rows = "; ".join(", ".join(map(number, one)) for one in value)
    return rows if len(value) > 1 else f"{rows};"


def number(value: float) -> str:
    """Return a number as text that reads back as the same."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
