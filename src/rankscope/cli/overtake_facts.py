"""What machines get of an overtaking: numbers, findings, and the weights that prove it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rankscope.cli.overtake_words import sentence

if TYPE_CHECKING:
    from rankscope.analyses.overtake import Change, Overtaking
    from rankscope.analyses.overtake.standing import Standing
    from rankscope.cli.lookup import Built


def overtaking_facts(built: Built, found: Overtaking) -> dict[str, Any]:
    """Return what the JSON begins with."""
    return {
        "view": found.view,
        "node": found.node,
        "of": found.of,
        "lower": _unit(found.lower),
        "higher": _unit(found.higher),
        "swapped": found.swapped,
        "weights": found.weights,
        "levels": found.levels,
        "possible": found.possible,
        "behind_everywhere": found.behind_everywhere,
        "gain": found.gain,
        "measure": found.measure,
        "sentence": sentence(found),
        "fewest_points": change_facts(built, found, found.fewest),
        "nearest": change_facts(built, found, found.nearest),
        "findings": [{"id": one.id, "sentence": str(one)} for one in found.findings],
    }


def _unit(one: Standing) -> dict[str, Any]:
    return {"unit": one.code, "name": one.name, "rank": one.rank, "score": one.score}


def change_facts(built: Built, found: Overtaking, change: Change) -> dict[str, Any]:
    """Return a change for machines; the witness names the weights that differ."""
    plan = built.result.plan
    witness = None
    if change.witness is not None:
        given = plan.weights(found.view)
        pairs = zip(plan.nodes[:-1], change.witness, given, strict=True)
        witness = {node.code: float(after) for node, after, now in pairs if after != now}
    lower, higher = change.ranks
    return {
        "points_moved": change.points,
        "distance": change.distance,
        "highest": change.highest,
        "turns": change.turns,
        "ranks": {"lower": lower or None, "higher": higher or None},
        "witness": witness,
    }
