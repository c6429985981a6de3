"""The tables of ``rankscope overtake``: weights before and after, single ones, and pillars."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rankscope._words import join_words
from rankscope.cli.overtake_facts import change_facts, overtaking_facts
from rankscope.cli.overtake_words import points, sentence, set_in_words
from rankscope.cli.sheet import (
    ABSENT,
    AHEAD,
    BEHIND,
    Answer,
    Column,
    Row,
    Sheet,
    place,
    shown,
    text,
)

if TYPE_CHECKING:
    from rankscope.analyses.overtake import Overtaking, SingleWeight
    from rankscope.cli.lookup import Built

_MANY = 12
"""Of more weights than these only those that change are shown."""

_SEEN = 5e-5
"""A change of weight below this is not shown."""

_NAMED = 6
"""So many nodes are named in a note; the others are counted."""

_MOVES = {"group": "its children", "subtree": "all below it"}


def answer(built: Built, found: Overtaking) -> Answer:
    """Return how the lower unit passes the higher one, or why it can not."""
    title = " · ".join([f"{found.lower.name} and {found.higher.name}", built.title, found.view])
    form = f".{built.decimals}f"
    standing = [
        f"{one.name}: score {shown(one.score, form)}, rank {place(one.rank, found.of)}"
        for one in (found.lower, found.higher)
    ]
    return Answer(
        facts=built.facts | overtaking_facts(built, found),
        lines=(title, *_swapped(found), sentence(found), *standing),
        sheets=(_weights(found), _singles(built, found), _within(built, found)),
        notes=tuple(_notes(found)),
    )


def _swapped(found: Overtaking) -> list[str]:
    if not found.swapped:
        return []
    lower, higher = found.lower.name, found.higher.name
    return [f"{higher} is above {lower} already; here is what puts {lower} above {higher}."]


def _weights(found: Overtaking) -> Sheet:
    """Return the effective weights before and after, the lower unit's lead beside them."""
    frame = found.frame().reset_index(names="code")
    rows: tuple[Row, ...] = tuple(frame.to_dict("records"))  # type: ignore[arg-type]
    many = len(rows) > _MANY

    def hidden(row: Row) -> bool:
        return many and not abs(row["fewest_points"] - row["before"]) > _SEEN

    first = (
        text("Weight of", "name", flexible=True),
        Column("Ahead by", lambda row: shown(row["difference"], "+.3g"), right=True, style=_lead),
        _share("Now", "before"),
    )
    both = (*first, _share("Fewest points", "fewest_points"), _share("Nearest", "nearest"))
    ties = found.fewest.ties
    title = f"Weights in 100 at which {found.lower.name} and {found.higher.name} tie"
    return Sheet(
        "effective_weights",
        rows,
        both if ties else first,
        title if ties else f"Where {found.lower.name} is ahead",
        narrower=(both[:-1],) if ties else (),
        hidden=hidden if ties else lambda row: many and row["difference"] <= 0,
    )


def _lead(row: Row) -> str:
    return AHEAD if row["difference"] > 0 else BEHIND if row["difference"] < 0 else ""


def _share(title: str, key: str) -> Column:
    return Column(title, lambda row: shown(100 * row[key], ".1f"), right=True)


def _moved(row: Row) -> str:
    return ABSENT if _never(row) else points(row["points_moved"])


def _never(row: Row) -> bool:
    return math.isnan(row["points_moved"])


def _singles(built: Built, found: Overtaking) -> Sheet:
    """Return the shares at which the two tie, each moved alone."""
    ordered = sorted(found.singles, key=lambda one: (not one.change.ties, one.change.points))
    rows = tuple(_single(built, found, one) for one in ordered)
    columns = (
        text("Weight of", "name", flexible=True),
        text("Among those of", "parent", flexible=True),
        _share("Share now", "share"),
        _share("Share needed", "needed"),
        Column("Points moved", _moved, right=True),
    )
    some = any(one.change.ties for one in found.singles)
    return Sheet(
        "singles",
        rows,
        columns if some else (),
        "One weight alone, its siblings in proportion: the share in 100 at which the two tie",
        narrower=((columns[0], *columns[2:]),),
        hidden=_never,
    )


def _single(built: Built, found: Overtaking, one: SingleWeight) -> Row:
    return {
        "code": one.change.place,
        "name": one.change.name,
        "parent": one.parent,
        "share": float(one.share),
        "needed": float(one.needed),
        **change_facts(built, found, one.change),
    }


def _within(built: Built, found: Overtaking) -> Sheet:
    """Return what weights below one node alone can do."""
    rows = tuple(
        {
            "code": one.place,
            "name": one.name,
            "moves": _MOVES[one.kind],
            **change_facts(built, found, one),
        }
        for one in found.within
    )
    columns = (
        text("Below", "name", flexible=True),
        text("What moves", "moves"),
        Column("Points moved", _moved, right=True),
    )
    some = any(one.ties for one in found.within)
    title = "Weights below one node alone, all others as they are"
    return Sheet(
        "within",
        rows,
        columns if some else (),
        title,
        hidden=_never,
    )


def _notes(found: Overtaking) -> list[str]:
    """Say what is meant, what is proved impossible, and what must be known."""
    notes = []
    if found.levels:
        notes.append(
            f"What may move: {set_in_words(found.weights, found.levels)} (1: the children of the "
            "index), none below 0."
        )
    if found.possible:
        notes.append(
            "Confirmed: with weights a little beyond the ties the index was ranked again, and the "
            "two had changed places."
        )
    never = [one.change.name for one in found.singles if not one.change.ties]
    if never:
        notes.append(f"Proved: no share of one weight alone does it for {_listed(never)}.")
    still = [f"{one.name} ({_MOVES[one.kind]})" for one in found.within if not one.ties]
    if still:
        notes.append(f"Proved: weights below one node alone do not do it for {_listed(still)}.")
    return notes + [str(one) for one in found.findings]


def _listed(names: list[str]) -> str:
    more = len(names) - _NAMED
    if more <= 0:
        return join_words(names, "and")
    return f"{', '.join(names[:_NAMED])} and {more} more"
