"""Normalisation as columns of COINr's iMeta, where one of COINr's functions is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rankscope.methods.normalisation import DistanceToTarget, Goalposts, MinMax, ZScore

if TYPE_CHECKING:
    from rankscope.definition.model import IndexDefinition, Node
    from rankscope.methods.normalisation import Normalisation

Columns = dict[str, Any]


def parameters(definition: IndexDefinition) -> tuple[dict[str, Columns], bool]:
    """Return the parameters of each indicator by column, and whether they say all.

    They do where one function of COINr's serves all indicators.  Its default, min-max from
    0 to 100, needs no columns.
    """
    general = definition.method.normalisation
    leaves = definition.indicators()
    found = {node.code: _function(node, node.normalisation or general) for node in leaves}
    functions = {name for name, _ in found.values()}
    plain = all(columns == _DEFAULT for _, columns in found.values())
    told = len(functions) == 1 and "" not in functions
    used = {code: of if told and not plain else {} for code, (_, of) in found.items()}
    whole = all(node.target is not None for node in leaves)  # COINr wants all or none
    return {node.code: _ends(node, target=whole) | used[node.code] for node in leaves}, told


_DEFAULT = {"minmax_lower": 0.0, "minmax_upper": 100.0}


def _ends(node: Node, *, target: bool) -> Columns:
    """Return what is known of an indicator whether or not its normalisation uses it."""
    ends: Columns = {"Target": node.target} if target else {}
    if node.goalposts is not None:
        low, high = node.goalposts
        ends |= {"goalpost_lower": low, "goalpost_upper": high}
    return ends


def _function(node: Node, method: Normalisation) -> tuple[str, Columns]:
    """Return the name of COINr's function and its columns; no name where it has none."""
    if method.within is not None:
        return "", {}
    match method:
        case MinMax():
            low, high = method.to
            return "n_minmax", {"minmax_lower": low, "minmax_upper": high}
        case ZScore(deviation_of="sample", cap=None):
            return "n_zscore", {"zscore_mean": method.mean, "zscore_sd": method.deviation}
        case Goalposts(to=(0.0, scale)) if node.goalposts is not None:
            capped = method.beyond == "cap"
            return "n_goalposts", {"goalpost_scale": scale, "goalpost_trunc2posts": capped}
        case DistanceToTarget(to=(0.0, 1.0)) if node.target is not None:
            return "n_dist2targ", {"dist2targ_cap_max": method.beyond == "cap"}
    return "", {}
