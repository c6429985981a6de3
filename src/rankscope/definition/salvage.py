"""What can be said of a definition besides that some of its values are of the wrong kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from rankscope.definition.located import Loc, Located
from rankscope.definition.model import IndexDefinition
from rankscope.definition.wording import with_names

SURE = frozenset(
    {
        "code-duplicate", "code-of-variable", "source-unknown", "variable-unknown",
        "variable-is-node", "variable-is-group", "node-unknown", "weight-set-duplicate",
        "variant-duplicate", "kind-missing", "polarity-zero", "data-path",
        "scenario-duplicate", "scenario-unit", "scenario-order", "ties-columns",
    }
)  # fmt: skip
"""Findings that stay true whatever the values turn out to be that could not be read."""

_NEEDED = frozenset({"code", "name", "children"})

_PARTS = frozenset({"variants", "published", "assumptions", "scenarios", "ties"})
"""Parts that can be taken out whole, or one by one where each has a name alone."""


def without_faults(tree: Located, locs: Iterable[Loc]) -> IndexDefinition | None:
    """Return the definition without the values at some locations; None where it needs them.

    Only what stands in the framework, the method, a variant, the assumptions, a scenario, the
    ties or what is published may be taken out: what refers to other parts would be told to
    lead nowhere.
    """
    plain = tree.plain()
    for loc in locs:
        if not _take_out(plain, with_names(loc, tree)):
            return None
    try:
        return IndexDefinition.model_validate(plain)
    except ValidationError:
        return None


def _take_out(plain: Any, loc: Loc) -> bool:
    """Take out the key that a location lies in, and say whether that could be done."""
    if loc[:1] and loc[0] in _PARTS:
        _take_out_last_part(plain, loc)
        return True
    while loc and isinstance(loc[-1], int):
        loc = loc[:-1]
    if len(loc) < 2 or loc[0] not in ("framework", "method") or loc[-1] in _NEEDED:
        return False
    for step in loc[:-1]:
        plain = plain[step]
    if isinstance(plain, dict):
        plain.pop(loc[-1], None)
    return isinstance(plain, dict)


def _take_out_last_part(plain: dict[Any, Any], loc: Loc) -> None:
    """Take out a variant or scenario but for its name, else a part that nothing refers to."""
    part = plain.get(loc[0]) if loc[0] != "ties" else None
    if isinstance(part, list) and len(loc) > 2 and isinstance(loc[1], int) and loc[2] != "name":
        one = part[loc[1]]
        if isinstance(one, dict) and "name" in one:
            part[loc[1]] = {"name": one["name"]}
            return
    plain.pop(loc[0], None)
