"""Overrides merged with defaults, before types are checked.

What an indicator says of a stage adds to what the index says of it: a mapping without
``method``, or with the same one, changes single parameters and keeps the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from rankscope._words import join_words

STAGES = ("imputation", "treatment", "normalisation", "aggregation")
"""The keys under which a node may override the method of the index."""

PRESETS: dict[str, dict[str, Any]] = {
    "default": {},
    "coinr": {
        "min_available": {"by": "weight", "at_least": 0.0},
        "treatment": {"method": "skew_kurtosis", "points": "coinr", "fallback": "log"},
        "normalisation": {"method": "min_max", "to": [0, 100]},
        "aggregation": "arithmetic",
        "ranking": {"tolerance": 0.0},
    },
}
"""What ``method.preset`` stands for; conventions §9.7 lists where and why they differ."""


def with_preset(given: Any) -> Any:
    """Return what a file says under ``method`` with the preset it names filled in."""
    spec = {"preset": given} if isinstance(given, str) else given
    if not isinstance(spec, Mapping):
        return given
    name = spec.get("preset", "default")
    if name not in PRESETS:
        said = f"method.preset must be {join_words(PRESETS)}, got {name!r}."
        raise PydanticCustomError("preset", "{text}", {"text": said})
    preset = PRESETS[name]
    filled = {key: overridden(preset[key], spec[key]) for key in preset if key in spec}
    own = {key: value for key, value in spec.items() if key != "preset"}
    return {**preset, **own, **filled}


def merged(given: Any) -> Any:
    """Return a definition, as a file gives it, whose overrides hold all parameters."""
    if not isinstance(given, Mapping) or not isinstance(given.get("framework"), Mapping):
        return given
    method = with_preset(given.get("method", {}))
    if not isinstance(method, Mapping):
        return given
    whole = {**given, "framework": _node(given["framework"], method)}
    variants = given.get("variants")
    if isinstance(variants, list | tuple):
        whole["variants"] = [_variant(one, method) for one in variants]
    return whole


def overridden(default: Any, own: Any) -> Any:
    """Return an override with the default's parameters where both are of one method."""
    if not isinstance(own, Mapping):
        return own
    base = {"method": default} if isinstance(default, str) else default
    if not isinstance(base, Mapping):
        return own
    if "method" in own and own["method"] != base.get("method"):
        return own
    return {**base, **own}


def _node(node: Any, method: Mapping[str, Any]) -> Any:
    if not isinstance(node, Mapping):
        return node
    own = {
        stage: overridden(method[stage], node[stage])
        for stage in STAGES
        if stage in node and stage in method
    }
    children = node.get("children")
    if isinstance(children, list | tuple):
        own["children"] = [_node(child, method) for child in children]
    return {**node, **own}


def _variant(variant: Any, method: Mapping[str, Any]) -> Any:
    if not isinstance(variant, Mapping):
        return variant
    own = dict(variant)
    change = variant.get("method")
    if isinstance(change, Mapping):
        own["method"] = {
            key: overridden(method[key], value) if key in method else value
            for key, value in change.items()
        }
    nodes = variant.get("nodes")
    if isinstance(nodes, list | tuple):
        own["nodes"] = [_node(one, method) for one in nodes]
    return own
