"""What must be known of an overtaking before it is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._words import join_words
from rankscope.findings import Finding, note, warning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.overtake.arena import Arena
    from rankscope.analyses.overtake.change import Change

_NAMED = 4


def arena_findings(arenas: Sequence[Arena]) -> list[Finding]:
    """Say which weights keep still although they were asked to move, once for all pairs."""
    held = _codes(arenas, [number for arena in arenas for number in arena.region.held])
    kept = _codes(arenas, [number for arena in arenas for number in arena.kept])
    found = []
    if held:
        found.append(
            note(
                "overtake-held",
                _listed(held),
                "A unit has a gap here, so that for it the weights below keep their shares.",
                "Fill the gap with an imputation to let them move.",
            )
        )
    if kept:
        found.append(
            note(
                "overtake-kept",
                _listed(kept),
                "The index is not linear in the weights below, so they keep their shares.",
                "Ask for the ranks of such a node itself to let them move.",
            )
        )
    return found


def _codes(arenas: Sequence[Arena], numbers: list[int]) -> list[str]:
    """Return the codes of nodes, each once, from left to right."""
    return [arenas[0].region.plan.nodes[number].code for number in sorted(set(numbers))]


def change_findings(changes: Sequence[Change]) -> list[Finding]:
    """Say where the engine did not confirm a change that arithmetic promises."""
    open_ = [one for one in changes if one.ties and not one.turns and one.highest > 0]
    if not open_:
        return []
    codes = _listed(list(dict.fromkeys(one.place for one in open_)))
    return [
        warning(
            "overtake-unconfirmed",
            codes,
            "Weights were found that should turn the two units, and the ranks do not show it.",
            "Scores may be rounded before they are ranked; read the tie as a bound.",
        )
    ]


def _listed(codes: list[str]) -> str:
    more = len(codes) - _NAMED
    if more <= 0:
        return join_words(codes, "and")
    return f"{', '.join(codes[:_NAMED])} and {more} more"
