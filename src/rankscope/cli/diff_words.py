"""The change between two editions in words: who moved, what did it, who came and went."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.cli.sheet import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.diff import Diff
    from rankscope.cli.lookup import Built
    from rankscope.shapes import Vector

SIGN = (
    "Places gained (+) or lost (-). The causes add up to the whole change; each share is the "
    "average over all orders in which the causes could have come (Shapley values). It says what "
    "a change did to these ranks, not why it was made."
)

_NAMED = 8
"""So many are named in a note; the others are counted."""


def summary(found: Diff, after: Built) -> str:
    """Say in sum who moved and which cause did most."""
    nouns = nouns_of(after)
    count = len(found.units)
    if not count:
        return f"No {nouns[0]} is ranked in both editions, so that no change can be told."
    gained = found.places_gained
    both = f"{count:,} {nouns[count != 1]} {'are' if count != 1 else 'is'} ranked in both editions"
    if not found.players:
        panel = found.old.period is not None and found.old.period == found.new.period
        hint = " Name an earlier period with --old-period." if panel else ""
        return f"Nothing that counts differs: {both}, with the same rank and score.{hint}"
    rose, fell = int((gained > 0).sum()), int((gained < 0).sum())
    if not rose and not fell:
        return f"{both}, and no rank changed."
    kept = count - rose - fell
    parts = [f"{rose:,} rose"] if rose else []
    parts += [f"{fell:,} fell"] if fell else []
    parts += [f"{kept:,} kept {'their' if kept > 1 else 'its'} rank"] if kept else []
    return f"{both}: {join_words(parts, 'and')}. {_most(found)}".rstrip()


def _most(found: Diff) -> str:
    """Say which causes moved the most places."""
    moved = moved_shares(found)
    told = [at for at in np.argsort(-moved, kind="stable").tolist() if moved[at] > 0][:2]
    if not told:
        return ""
    names = [_inside(found.players[at].name) for at in told]
    first = (
        f"Most of it is due to {names[0]} ({percent(float(moved[told[0]]))} of the places moved)"
    )
    if moved[told[0]] >= 1 - 1e-12:
        return f"All of it is due to {names[0]}."
    if moved[told[0]] <= 0.5:
        first = first.replace("Most of it", "The largest part")
    return f"{first}, then {names[1]} ({percent(float(moved[told[1]]))})."


def moved_shares(found: Diff) -> Vector:
    """Return the share of each cause in all places moved, up or down, (players,)."""
    moved = np.nan_to_num(np.abs(found.rank_shares)).sum(axis=0)
    total = float(moved.sum())
    return np.asarray(moved / total if total > 0 else np.zeros(len(moved)))


def cause_lines(found: Diff) -> list[str]:
    """Return a line for each cause: what changed, and its share of the places moved."""
    pairs = zip(found.players, moved_shares(found).tolist(), strict=True)
    return [
        f"{one.name}: {one.words} ({percent(share)} of the places moved)." for one, share in pairs
    ]


def come_and_gone(found: Diff) -> list[str]:
    """Say which units and indicators entered, and which left."""
    kinds = {
        "Newly ranked": found.entered,
        "No longer ranked": found.left,
        "New indicators": found.indicators_entered,
        "Indicators that left": found.indicators_left,
    }
    return [f"{said}: {_listed(names)}." for said, names in kinds.items() if names]


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    shown_names = [*names[:_NAMED], *([f"{more:,} more"] if more > 0 else [])]
    return join_words(shown_names, "and")


def notes_of(found: Diff) -> list[str]:
    """Return the findings, for readers."""
    return [_in_shell(f"{one.sentence} {one.remedy}".strip()) for one in found.findings]


def _in_shell(said: str) -> str:
    """Return a finding in the words of the command line."""
    return said.replace("say so: renamed ", "say so: --renamed ").replace(
        "Ask for ranges to see", "Ask for ranges (--ranges 1000) to see"
    )


def nouns_of(built: Built) -> tuple[str, str]:
    """Return what one unit, and several, are called."""
    register = built.index.definition.units.register_
    return ("country", "countries") if register == "iso3166" else ("unit", "units")


def _inside(name: str) -> str:
    """Return the name of a cause as it stands inside a sentence."""
    return name[:1].lower() + name[1:]
