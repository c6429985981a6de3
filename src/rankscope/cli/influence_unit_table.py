"""The tables of ``rankscope influence --unit``: one unit's rank without each thing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rankscope._words import join_words
from rankscope.cli.bars import Span, drawn
from rankscope.cli.influence_tables import NOTE, TITLES, findings_sheet, named
from rankscope.cli.sheet import AHEAD, BEHIND, Answer, Column, Row, Sheet, number, shown, text
from rankscope.pages.numbers import ordinal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.influence import Influence
    from rankscope.analyses.influence_unit import UnitInfluence, UnitMove
    from rankscope.cli.influence_tables import Asked

_WIDTH = 24
"""How wide the bars may be."""


def answer_of_unit(found: Influence, code: str, asked: Asked) -> Answer:
    """Return what moves one unit most, kind by kind."""
    one = found.of_unit(code)
    kinds = [kind for kind in TITLES if any(move.kind == kind for move in one.moves)]
    facts = {
        "unit": code,
        "name": one.name,
        "rank": one.rank or None,
        "helps": [move.code for move in one.helps],
        "hurts": [move.code for move in one.hurts],
        "no_rank_without": one.costs,
    }
    said = [_sentence(one, kind) for kind in kinds] or [_unmoved(one)]
    return Answer(
        facts=asked.facts(found) | facts,
        lines=(asked.title, *said, *_both(one)),
        sheets=(*(_sheet(one, kind, asked.top) for kind in kinds), findings_sheet(found)),
        notes=(*_notes(one), NOTE),
    )


def _unmoved(one: UnitInfluence) -> str:
    if not one.rank:
        return f"{one.name} has no rank here, and nothing can move it."
    return f"Nothing was left out that {one.name} could be ranked without."


def _sentence(one: UnitInfluence, kind: str) -> str:
    """Say which of a kind moves a unit most."""
    moves = one.most(kind, -1) or one.most(kind, 1)
    ups = one.most(kind, 1)
    if ups and abs(ups[0].change) > abs(moves[0].change):
        moves = ups
    if not moves:
        return f"No single {kind} moves {one.name} from its {ordinal(one.rank)} place."
    first = moves[0]
    others = " among the others" if kind == "unit" else ""
    return (
        f"Without {first.name} {one.name} would be {ordinal(first.without)} instead of "
        f"{ordinal(first.rank)}{others}; no other {kind} moves it more."
    )


def _both(one: UnitInfluence) -> list[str]:
    """Say which indicators help and hurt a unit most, where some do both."""
    if not (one.helps and one.hurts):
        return []
    return [f"It is helped most by {_those(one.helps)}, and hurt most by {_those(one.hurts)}."]


def _those(moves: Sequence[UnitMove]) -> str:
    alone = "it" if len(moves) == 1 else "each alone"
    names = join_words([move.name for move in moves], "and")
    return f"{names} (without {alone} {ordinal(moves[0].without)})"


def _sheet(one: UnitInfluence, kind: str, top: int) -> Sheet:
    """Return the table of one kind, widest moves first; those that move nothing are not shown."""
    key, title = TITLES[kind]
    moves = [move for move in one.moves if move.kind == kind]
    rows = tuple(_row(move) for move in moves)
    first = {move.code for move in moves[:top] if move.change}
    field = [Span(0.0, float(move.change)) for move in moves[:top]]
    columns = (
        text("Left out", "name", flexible=True),
        number("Rank", "rank", "d"),
        number("Without it", "without", "d"),
        Column("Change", lambda row: shown(row["change"], "+d"), right=True, style=_style),
    )
    bar = Column("", partial(_bar, field=field), style=_style)
    return Sheet(
        key,
        rows,
        (*columns, bar) if first else (),
        title,
        narrower=(columns,),
        hidden=lambda row: row["code"] not in first,
    )


def _bar(row: Row, field: Sequence[Span]) -> str:
    return drawn(Span(0.0, float(row["change"])), field, _WIDTH)


def _style(row: Row) -> str:
    return AHEAD if row["change"] > 0 else BEHIND if row["change"] < 0 else ""


def _row(move: UnitMove) -> Row:
    return {
        "code": move.code,
        "name": move.name,
        "rank": move.rank,
        "without": move.without,
        "change": move.change,
    }


def _notes(one: UnitInfluence) -> list[str]:
    """Say what is not in the tables."""
    still = sum(not move.change for move in one.moves)
    notes = [f"{one.name} has no rank without {named(one.costs)}."] if one.costs else []
    if any(move.change for move in one.moves):
        notes.append("Change: places gained (+) or lost (-) when the thing is left out.")
    return [*notes, *([f"{still:,} others do not move it."] if still else [])]
