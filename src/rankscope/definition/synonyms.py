"""What people write who know a method or a key under another name, or in another form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from rankscope._domains import Between
from rankscope._registry import Fault, key_of, methods_of
from rankscope.definition.act_words import reworded_act

KEYS: Final = {
    "direction": "polarity",
    "orientation": "polarity",
    "sign": "polarity",
    "label": "name",
    "id": "code",
    "indicators": "children",
    "normalization": "normalisation",
}
"""Keys under other names."""

METHODS: Final = {
    "mean": ("arithmetic",),
    "average": ("arithmetic", "mean"),
    "arithmetic_mean": ("arithmetic",),
    "weighted_mean": ("arithmetic",),
    "weighted_average": ("arithmetic",),
    "minmax": ("min_max",),
    "zscore": ("z_score",),
    "standardise": ("z_score",),
    "standardize": ("z_score",),
    "percentile": ("percentile_rank",),
    "winsorize": ("winsorise",),
    "factor_analysis": ("pca",),
    "principal_components": ("pca",),
    "group_mean": ("mean",),
    "group_median": ("median",),
    "multiply": ("scale",),
    "cut": ("restrict",),
    "reduce": ("restrict",),
    "loss": ("restrict",),
    "sanction": ("restrict",),
    "increase": ("add", "scale"),
    "limit": ("cap",),
    "converge": ("towards",),
    "catch_up": ("towards",),
    "decouple": ("sever",),
    "join": ("merge",),
    "unite": ("merge",),
}
"""Methods by other names; those that a stage does not have are passed over."""

FORMS: Final = {
    "factor_analysis": "{method: pca, use: nicoletti}",
    "group_mean": "{method: mean, within: GROUP}",
    "group_median": "{method: median, within: GROUP}",
}
"""How methods are written that take more than a name."""


def method_meant(stage: str, name: str) -> str:
    """Return in a sentence which method of a stage goes by another name, or nothing.

    >>> import rankscope.methods
    >>> method_meant("aggregation", "mean")
    'Did you mean arithmetic?'
    """
    plain = name.strip().casefold().replace("-", "_").replace(" ", "_")
    known = methods_of(stage)
    found = [one for one in METHODS.get(plain, (plain,)) if one in known]
    if not found:
        return ""
    return f"Write `{FORMS[plain]}`." if plain in FORMS else f"Did you mean {found[0]}?"


def reworded(stage: str, given: Any, faults: list[Fault]) -> list[Fault]:
    """Return the faults of a method with the mend for those who know it otherwise."""
    if stage == "change":
        faults = reworded_act(given, faults)
    if stage == "normalisation" and isinstance(given, list | tuple):
        sentence = (
            "normalisation is one method, got a list. Write the first here and the others under "
            "`steps:` of the indicator, or under `method.indicator_steps`."
        )
        return [replace(faults[0], sentence=sentence)]
    key = key_of(stage)
    name = given.get(key) if isinstance(given, Mapping) else given
    meant = method_meant(stage, name) if isinstance(name, str) else ""
    return [
        replace(one, sentence=f"{stage} has no {key} {name!r}. {meant}")
        if meant and one.key == key
        else one
        for one in faults
    ]


def as_list(key: str, given: Mapping[str, Any]) -> str:
    """Return how a mapping is written where a list is wanted, or nothing.

    >>> as_list("goalposts", {"low": 0, "high": 1})
    'Write `goalposts: [0, 1]`.'
    >>> as_list("steps", {"method": "round"})
    'Write `steps: [round]`.'
    """
    if key.endswith("steps") and isinstance(given.get("method"), str):
        inside = ", ".join(_written(given))
        step = inside.removeprefix("method: ") if len(given) == 1 else f"{{{inside}}}"
        return f"Write `{key}: [{step}]`."
    if key == "changes" and isinstance(given.get("act"), str):
        return f"Write `changes: [{{{', '.join(_written(given))}}}]`."
    if key != "goalposts" or len(given) != 2:
        return ""
    try:
        low, high = sorted(map(Between().read, given.values()))
    except (TypeError, ValueError):
        return f"Write `{key}: [LOW, HIGH]`."
    return f"Write `{key}: [{low:g}, {high:g}]`."


def _written(given: Mapping[str, Any]) -> Iterator[str]:
    """Yield the entries of a mapping as a file writes them."""
    for key, value in given.items():
        listed = isinstance(value, list | tuple)
        text = f"[{', '.join(map(str, value))}]" if listed else str(value)
        yield f"{key}: {text}"
