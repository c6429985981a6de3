"""What must be known before a share of a change is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words, visible
from rankscope.analyses.diff.switches import PLAYERS, UNITS
from rankscope.findings import Finding, note, warning
from rankscope.units import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.diff.mixtures import Blocks, Mixtures
    from rankscope.analyses.diff.result import Player
    from rankscope.analyses.diff.side import Side
    from rankscope.definition.node import Node

_SHOWN = 6


def merged_findings(blocks: Blocks, mixtures: Mixtures) -> list[Finding]:
    """Return a warning for each block of players that can not be told apart."""
    found = []
    for block in blocks:
        if len(block) > 1:
            number, why = _refused_by(block, mixtures)
            places = [mixtures.players.index(player) for player in block]
            inside = sum(1 << at for at, place in enumerate(places) if number >> place & 1)
            said = (
                f"These causes exclude each other and are counted as one: {_listed(block)}. "
                f"{_capital(in_words(block, inside))} can not be built together: {why}"
            )
            mend = "Read their share as that of all of them together."
            found.append(warning("diff-merged", "+".join(block), said, mend))
    return found


def _refused_by(block: Sequence[str], mixtures: Mixtures) -> tuple[int, str]:
    """Return the smallest refused mixture that divides a block, and why it was refused."""
    places = {player: at for at, player in enumerate(mixtures.players)}
    dividing = [
        number
        for number in mixtures.refused
        if len({number >> places[player] & 1 for player in block}) > 1
    ]
    number = min(dividing, key=lambda one: (one.bit_count(), one))
    return number, mixtures.refused[number]


def unranked_findings(
    mixtures: Mixtures, units: Sequence[str], names: Sequence[str]
) -> list[Finding]:
    """Return a warning if units have no rank in some mixture, and therefore no shares."""
    without = np.isnan(mixtures.ranks)
    rows = np.flatnonzero(without.any(axis=0))
    if not rows.size:
        return []
    worst = int(np.argmax(without.sum(axis=1)))
    shown = [visible(names[row]) for row in rows[:_SHOWN]]
    more = [f"{len(rows) - _SHOWN:,} more"] if len(rows) > _SHOWN else []
    count, few = len(rows), int(without[worst].sum())
    which = "" if few == count else f"{few:,} of them lack"
    which = which or ("It lacks" if count == 1 else "They lack")
    said = (
        f"What moved {join_words([*shown, *more], 'and')} ({count:,} of {len(units):,} units "
        f"ranked in both editions) can not be told: to tell causes apart, parts of both editions "
        f"are mixed, and {'it has' if count == 1 else 'they have'} no rank in every mixture. "
        f"{which} data with {in_words(mixtures.players, worst)}."
    )
    return [warning("diff-unranked", "", said, "Fill their gaps, or ask less of available data.")]


def idle_findings(players: Sequence[Player]) -> list[Finding]:
    """Return a note for each player that differs and changes no score or rank."""
    return [
        note("diff-without-effect", one.code, f"{one.name}: {one.words}, without any effect.")
        for one in players
    ]


def same_name_findings(old: Side, new: Side) -> list[Finding]:
    """Return a note where indicators left while others entered under their names."""
    left, entered = (
        [one for one in side.definition.indicators() if one.code not in other.nodes]
        for side, other in ((old, new), (new, old))
    )
    by_name: dict[str, list[Node]] = {}
    for one in entered:
        by_name.setdefault(fold(one.name), []).append(one)
    pairs = [(a, same[0]) for a in left if len(same := by_name.get(fold(a.name), [])) == 1]
    if not pairs:
        return []
    a, b = pairs[0]
    more = f", and so did {len(pairs) - 1:,} more" if len(pairs) > 1 else ""
    said = (
        f"{visible(a.code)} ({visible(a.name)}) left and {visible(b.code)} entered under the same "
        f"name{more}."
    )
    codes = ",".join(f"{visible(a.code)}={visible(b.code)}" for a, b in pairs)
    which = "they are the same indicators" if len(pairs) > 1 else "it is the same indicator"
    return [note("diff-same-name", b.code, said, f"If {which}, say so: renamed {codes}.")]


def pooled_findings(edition: str, period: str, differing: int) -> list[Finding]:
    """Return a note where a period built by itself has other ranks than within its panel."""
    said = (
        f"{edition} is compared as built from its own rows alone. Within the whole "
        "panel, whose scales or gaps are filled over all periods, scores are others"
    )
    ranks = f", and {differing:,} ranks too." if differing else "; ranks are the same."
    mend = "Quote these scores for the change only, or write `scales: per_period`."
    return [note("diff-pooled", period, said + ranks, mend)]


def rebuilt_findings(edition: str) -> list[Finding]:
    """Return a note where a result is not what its definition and table give."""
    said = (
        f"{edition} is compared as its definition and table give it; the result that "
        "was passed has other scores."
    )
    return [note("diff-rebuilt", "", said, "Pass what `build` returns, and a panel as a whole.")]


def in_words(players: Sequence[str], number: int) -> str:
    """Say what a mixture is made of: what is new in it and what is old.

    >>> in_words(("data", "weights"), 1)
    'the new data and the old weights'
    >>> in_words(("data", "units", "weights"), 4)
    'the new weights and all else old'
    """
    new, old = (
        [code for at, code in enumerate(players) if number >> at & 1 == bit] for bit in (1, 0)
    )
    if len(old) > len(new) and new:
        return f"the new {_inside(new)} and all else old"
    if len(new) > len(old) and old:
        return f"the old {_inside(old)} and all else new"
    return " and ".join(
        f"the {word} {_inside(codes)}" for word, codes in (("new", new), ("old", old)) if codes
    )


def _inside(codes: Sequence[str]) -> str:
    parts = (part for code in codes for part in code.split("+"))
    return join_words(["set of units" if one == UNITS else _small(one) for one in parts], "and")


def _listed(block: Sequence[str]) -> str:
    return "; ".join(map(_small, block))


def _small(code: str) -> str:
    return PLAYERS[code].lower()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
