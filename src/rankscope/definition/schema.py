"""The JSON Schema of definition files, for editors that complete and check while one types."""

from __future__ import annotations

import dataclasses
from typing import Any

from rankscope._domains import Maybe
from rankscope._registry import key_of, method_schema, methods_of
from rankscope.definition.described import described_model
from rankscope.definition.fields import CODE_PATTERN, LINK_PATTERN, PERCENT_MARK, STAGE_MARK
from rankscope.definition.merge import PRESETS, STAGES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FRACTION = r"^\s*[-+]?[0-9.eE+-]+(\s*/\s*[0-9.eE+-]+)?\s*$"
"""A number as text, or a fraction such as 2/3."""
PERCENTAGE = r"^\s*[-+]?[0-9.eE+-]+(\s*/\s*[0-9.eE+-]+)?\s*%?\s*$"
"""The same, or a percentage such as 25%."""


_PRESET = {"enum": list(PRESETS), "description": "A set of methods for what is not given."}

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
    fractions where a number is, methods by their name alone, overrides without a name,
    and a preset for the whole method.
    """
    schema = described_model().model_json_schema(by_alias=True)
    parts = schema["$defs"]
    parts["Node"]["properties"]["children"]["minItems"] = 1
    for owner, key in ((schema, "MethodSpec"), (parts["Variant"], "MethodChange")):
        parts[key]["properties"]["preset"] = _PRESET
        described = owner["properties"]["method"].get("description", "")
        either = [{"$ref": f"#/$defs/{key}"}, _PRESET]
        owner["properties"]["method"] = {"description": described, "anyOf": either}
    for stage in (*STAGES, "weighting"):
        parts[f"{stage}_override"] = stage_schema(stage, partial=True)
    for stage in ("step", "admissible", "change"):
        parts[stage] = stage_schema(stage)
    schema = _lenient(schema)
    schema["properties"]["rankscope"] = {"enum": ["1", 1], "description": "The file format."}
    return {"$schema": DIALECT, "title": "A composite index, for rankscope", **schema}


def stage_schema(stage: str, *, partial: bool = False) -> dict[str, Any]:
    """Return the JSON Schema of a stage; a ``partial`` one may leave the method's name out."""
    schema = method_schema(stage)
    for form in schema["anyOf"]:
        parameters = form.get("properties", {})
        cls = methods_of(stage).get(parameters.get(key_of(stage), {}).get("const"))
        for field in dataclasses.fields(cls) if cls else ():
            if isinstance(field.metadata["domain"], Maybe):
                nothing = {"type": "null"}
                parameters[field.name] = {"anyOf": [nothing, parameters[field.name]]}
        if partial:
            form.pop("required", None)
    return schema


def _lenient(part: Any) -> Any:
    """Return a part of the schema that takes what the reader takes."""
    if isinstance(part, list):
        return [_lenient(one) for one in part]
    if not isinstance(part, dict):
        return part
    if STAGE_MARK in part:
        others = {key: one for key, one in part.items() if key != STAGE_MARK}
        return {"$ref": f"#/$defs/{part[STAGE_MARK]}", **others}
    kept: dict[str, Any] = {
        _BOUNDS.get(str(key), str(key)): _lenient(one) for key, one in part.items()
    }
    if isinstance(kept.get("title"), str):  # made by pydantic from the name of the key
        del kept["title"]
    pattern = PERCENTAGE if kept.pop(PERCENT_MARK, False) else FRACTION
    if kept.get("type") in ("number", "integer"):
        return {**kept, "type": [kept["type"], "string"], "pattern": pattern}
    if kept.get("type") == "string" and not _is_strict(kept):
        empty = ["null"] if kept.get("default") == "" else []
        return {**kept, "type": ["string", "number", *empty]}
    return kept


def _is_strict(part: dict[str, Any]) -> bool:
    """Whether a text must have a form that no number has."""
    return "enum" in part or part.get("pattern") in (CODE_PATTERN, LINK_PATTERN)
