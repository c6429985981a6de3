"""What must be known before points of the score, or weights, of two editions are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.analyses.diff.switches import AGGREGATION, METHODS, METHODS_OF_NODE, matched
from rankscope.findings import Finding, note, warning
from rankscope.methods.admissible import Recovered
from rankscope.methods.admissible.polytope import Polytope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.diff.pair import Pair
    from rankscope.analyses.diff.result import Player
    from rankscope.analyses.diff.side import Side
    from rankscope.shapes import Matrix, Vector

_FEWEST, _MOST_ALIKE, _FAR = 10, 0.9, 0.25

_SCALING = ("normalisation", "treatment", "indicator_steps", "aggregate_steps")
_SCALING_OF_NODE = tuple(
    one for one in METHODS_OF_NODE
    if one in {"normalisation", "treatment", "goalposts", "target", "steps"}
)  # fmt: skip

_MEND = "Quote changes of rank; points of the score say little across the two."


def scale_findings(
    old: Side, new: Side, players: Sequence[Player], before: Vector, after: Vector
) -> list[Finding]:
    """Return a warning where scores of two editions stand, or may stand, on different scales.

    Either the methods among the ``players``, causes with an effect, say so, or nearly all
    scores, (units,) each, moved the same way and far.
    """
    acts = {part for one in players for part in one.code.split("+")}
    by_methods = _said_by_methods(old, new) if acts & {METHODS, AGGREGATION} else ""
    said = by_methods or _said_by_scores(before, after)
    return [warning("diff-scale", "", said, _MEND)] if said else []


def _said_by_methods(old: Side, new: Side) -> str:
    a, b = old.definition.method, new.definition.method
    changed = [one for one in _SCALING if getattr(a, one) != getattr(b, one)]
    common, nodes = matched(old, new).nodes, (old.nodes, new.nodes)
    changed += [
        one
        for one in _SCALING_OF_NODE
        if any(getattr(nodes[0][code], one) != getattr(nodes[1][code], one) for code in common)
    ]
    means = a.aggregation, a.aggregation_by_level, [nodes[0][one].aggregation for one in common]
    others = b.aggregation, b.aggregation_by_level, [nodes[1][one].aggregation for one in common]
    changed += ["aggregation"] if means != others else []
    if not changed:
        return ""
    named = dict.fromkeys(one.replace("_", " ") for one in changed)
    return (
        f"What scores are made by changed ({join_words(named, 'and')}), so that those of the two "
        "editions stand on different scales."
    )


def _said_by_scores(before: Vector, after: Vector) -> str:
    moved = after - before
    count, spread = len(moved), float(np.std(before)) if len(before) else 0.0
    if count < _FEWEST or not spread > 0:
        return ""
    middle = float(np.median(moved))
    alike = int((np.sign(moved) == np.sign(middle)).sum())
    if alike < _MOST_ALIKE * count or abs(middle) < _FAR * spread:
        return ""
    return (
        f"{alike:,} of {count:,} scores {'rose' if middle > 0 else 'fell'}, half of them by "
        f"{abs(middle):.3g} points or more: the scale of the scores may be another one, "
        "or the first may have drawn away from all others."
    )


def recovered_findings(pair: Pair, *, ranged: bool) -> list[Finding]:
    """Return what is known of weights that nobody printed; ``ranged`` if ranges are given."""
    sets = [_recovered(given.plan.definition.assumptions) for given in pair.given]
    which = [name for name, one in zip(("old", "new"), sets, strict=True) if one]
    if not which:
        return []
    both = len(which) > 1
    of = f"{join_words(which, 'and')} edition{'s' if both else ''}"
    said = (
        f"Weights of the {of} were recovered from print; shares are by those in the middle of "
        f"what print allows.{_in_both(pair, sets)}"
    )
    mend = "" if ranged else "Ask for ranges to see what other possible weights say."
    return [note("diff-recovered", "", said, mend)]


def _recovered(assumed: object) -> Recovered | None:
    weights = getattr(assumed, "weights", None)
    return weights if isinstance(weights, Recovered) else None


def _in_both(pair: Pair, sets: list[Recovered | None]) -> str:
    """Say whether some weights are possible in both editions, where that can be asked."""
    codes = [_counted(side) for side in pair.sides]
    codes[0] = [pair.names.get(code, code) for code in codes[0]]
    old, new = sets
    if old is None or new is None or {*codes[0]} != {*codes[1]}:
        return ""
    if len({len(codes[0]) + 1, len(old.of[0]), len(new.of[0])}) > 1:
        return ""
    order = [codes[0].index(code) for code in codes[1]]
    rules = np.vstack([_rows(old)[:, order], _rows(new)])
    if Polytope(rules).is_empty():
        return " No weights are possible in both: they changed for certain."
    return " Some weights are possible in both: that they changed is not proved."


def _counted(side: Side) -> list[str]:
    return [child.code for child in side.definition.framework.children if child.weight > 0]


def _rows(allowed: Recovered) -> Matrix:
    """Return rules as rows (rules, children) whose product with shares is 0 at most."""
    rules = np.array(allowed.of)
    return np.asarray(rules[:, :-1] - rules[:, -1:])
