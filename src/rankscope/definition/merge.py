"""Overrides merged with defaults, before types are checked.

What an indicator says of a stage adds to what the index says of it: a mapping without
``method``, or with the same one, changes single parameters and keeps the others; the name
of the same method alone changes nothing.  So does what is assumed of a stage.  What a
variant says of a node adds to what the node itself has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from rankscope._words import did_you_mean, join_words

DEFAULTS: dict[str, str] = {
    "imputation": "none",
    "treatment": "none",
    "normalisation": "min_max",
    "weights": "given",
    "aggregation": "arithmetic",
}
"""The method of each stage where a file names none."""

STAGES = ("imputation", "treatment", "normalisation", "aggregation")
"""The keys under which a node may override the method of the index."""

PRESETS: dict[str, dict[str, Any]] = {
    "default": {},
    "coinr": {
        "min_available": {"by": "weight", "at_least": 0.0},
        "treatment": {"method": "skew_kurtosis", "fallback": "log"},
        "normalisation": {"method": "min_max", "to": [0, 100]},
        "aggregation": "arithmetic",
        "ranking": {"tolerance": 0.0},
    },
}
"""What ``method.preset`` stands for; conventions §9.7 lists where and why they differ."""


def with_preset(given: Any, general: Mapping[str, Any] = DEFAULTS) -> Any:
    """Return what a file says under ``method`` with the preset it names filled in.

    Where single parameters of a stage are given, the rest is taken from the preset, or
    else from the ``general`` method.
    """
    spec = {"preset": given} if isinstance(given, str) else given
    if not isinstance(spec, Mapping):
        return given
    name = spec.get("preset", "default")
    if not isinstance(name, str) or name not in PRESETS:
        said = f"must be {join_words(PRESETS)}, got {name!r}."
        mend = did_you_mean(str(name), list(PRESETS))
        raise PydanticCustomError("preset", "{text}", {"text": said, "mend": mend})
    base = {**general, **PRESETS[name]}
    own = {key: overridden(base.get(key), one) for key, one in spec.items() if key != "preset"}
    return {**PRESETS[name], **own}


def merged(given: Any) -> Any:
    """Return a definition, as a file gives it, whose overrides hold all parameters."""
    if not isinstance(given, Mapping) or not isinstance(given.get("framework"), Mapping):
        return given
    try:
        spec = with_preset(given.get("method", {}))
    except PydanticCustomError:
        return given  # the method itself tells of it
    if not isinstance(spec, Mapping):
        return given
    method = {**DEFAULTS, **spec}
    framework = _node(given["framework"], method)
    whole = {**given, "framework": framework}
    if isinstance(given.get("assumptions"), Mapping):
        whole["assumptions"] = _assumed(given["assumptions"], method)
    variants = given.get("variants")
    if isinstance(variants, list | tuple):
        nodes = _by_code(framework)
        whole["variants"] = [_variant(one, method, nodes) for one in variants]
    return whole


def overridden(default: Any, own: Any) -> Any:
    """Return an override with the default's parameters where both are of one method."""
    if isinstance(own, str) and isinstance(default, Mapping) and own == default.get("method"):
        return default
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
    own = _stages(node, method)
    children = node.get("children")
    if isinstance(children, list | tuple):
        own["children"] = [_node(child, method) for child in children]
    return {**node, **own}


def _stages(node: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a node says of the stages, with the parameters that it does not name."""
    return {stage: overridden(base.get(stage), node[stage]) for stage in STAGES if stage in node}


def _assumed(assumptions: Mapping[str, Any], method: Mapping[str, Any]) -> dict[str, Any]:
    """Return assumptions whose choices hold the parameters that they do not name."""
    own = {key: _choices(assumptions.get(key), method.get(key)) for key in STAGES}
    by_level = assumptions.get("aggregation_by_level")
    if isinstance(by_level, list | tuple):
        by_level = [_choices(level, method.get("aggregation")) for level in by_level]
    own["aggregation_by_level"] = by_level
    return {**assumptions, **{key: one for key, one in own.items() if key in assumptions}}


def _choices(listed: Any, published: Any) -> Any:
    if not isinstance(listed, list | tuple):
        return listed
    return [overridden(published, one) for one in listed]


def _by_code(node: Any) -> dict[str, Mapping[str, Any]]:
    """Return the nodes of a framework by their codes, as far as they have any."""
    if not isinstance(node, Mapping):
        return {}
    found = {node["code"]: node} if isinstance(node.get("code"), str) else {}
    children = node.get("children")
    for child in children if isinstance(children, list | tuple) else ():
        found |= _by_code(child)
    return found


def _variant(variant: Any, method: Mapping[str, Any], nodes: Mapping[str, Any]) -> Any:
    if not isinstance(variant, Mapping):
        return variant
    own = dict(variant)
    try:
        change = with_preset(variant.get("method"), method)
    except PydanticCustomError:
        return variant  # the change itself tells of it
    if isinstance(change, Mapping):
        own["method"] = change
        method = {**method, **change}
    changes = variant.get("nodes")
    if isinstance(changes, list | tuple):
        own["nodes"] = [_change(one, method, nodes) for one in changes]
    return own


def _change(change: Any, method: Mapping[str, Any], nodes: Mapping[str, Any]) -> Any:
    if not isinstance(change, Mapping):
        return change
    code = change.get("code")
    node = nodes.get(code, {}) if isinstance(code, str) else {}
    base = {**method, **{stage: node[stage] for stage in STAGES if node.get(stage) is not None}}
    return {**change, **_stages(change, base)}
