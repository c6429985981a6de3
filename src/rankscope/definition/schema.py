"""The JSON Schema of definition files, for editors that complete and check while one types."""

from __future__ import annotations

from typing import Any

from rankscope.definition.fields import CODE_PATTERN, LINK_PATTERN
from rankscope.definition.merge import PRESETS
from rankscope.definition.model import IndexDefinition

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FRACTION = r"^\s*[-+]?[0-9.eE+-]+(\s*/\s*[0-9.eE+-]+)?\s*$"
"""A number as text, or a fraction such as 2/3."""


_BOUNDS: dict[str, str] = {
    "ge": "minimum",
    "le": "maximum",
    "gt": "exclusiveMinimum",
    "lt": "exclusiveMaximum",
}
"""Bounds that pydantic leaves in its own words beside a validator of ours."""


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a definition file, with the methods that are registered.

    It takes what the reader takes: numbers where a text is wanted (``edition: 2026``),
    fractions where a number is, and methods by their name alone.
    """
    schema = _lenient(IndexDefinition.model_json_schema(by_alias=True))
    schema["$defs"]["Node"]["properties"]["children"]["minItems"] = 1
    for part, key in (("IndexDefinition", "MethodSpec"), ("Variant", "MethodChange")):
        owner = schema if part == "IndexDefinition" else schema["$defs"][part]
        owner["properties"]["method"] = _or_preset(owner["properties"]["method"], key, schema)
    schema["properties"]["rankscope"] = {"enum": ["1", 1], "description": "The file format."}
    return {"$schema": DIALECT, "title": "A composite index, for rankscope", **schema}


def _or_preset(method: dict[str, Any], key: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return what may stand under ``method``: its stages, a preset among them, or that alone."""
    presets = {"enum": list(PRESETS), "description": "A set of methods for what is not given."}
    stages = schema["$defs"][key]["properties"]
    schema["$defs"][key]["properties"] = {"preset": presets, **stages}
    return {"description": method.get("description", ""), "anyOf": [
        {"$ref": f"#/$defs/{key}"}, presets]}


def _lenient(part: Any) -> Any:
    """Return a part of the schema that takes what the reader takes."""
    if isinstance(part, list):
        return [_lenient(one) for one in part]
    if not isinstance(part, dict):
        return part
    kept: dict[str, Any] = {
        _BOUNDS.get(str(key), str(key)): _lenient(one) for key, one in part.items()
    }
    if isinstance(kept.get("title"), str):  # made by pydantic from the name of the key
        del kept["title"]
    if kept.get("type") in ("number", "integer"):
        return {**kept, "type": [kept["type"], "string"], "pattern": FRACTION}
    if kept.get("type") == "string" and not _is_strict(kept):
        empty = ["null"] if kept.get("default") == "" else []
        return {**kept, "type": ["string", "number", *empty]}
    return kept


def _is_strict(part: dict[str, Any]) -> bool:
    """Whether a text must have a form that no number has."""
    return "enum" in part or part.get("pattern") in (CODE_PATTERN, LINK_PATTERN)
