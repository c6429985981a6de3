"""The table of ``rankscope overtake --all``: how firm the order of each two neighbours is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from rankscope.cli.overtake_words import points, set_in_words
from rankscope.cli.sheet import ABSENT, Answer, Column, Row, Sheet, number, percent, text

if TYPE_CHECKING:
    from rankscope.analyses.overtake import RobustnessRadius
    from rankscope.cli.lookup import Built

FRAGILE = 0.01
"""Less than a point of weight in 100."""


def answer_of_neighbours(built: Built, found: RobustnessRadius) -> Answer:
    """Return how much weight each two neighbours are apart."""
    rows = tuple(_rows(found))
    return Answer(
        facts=built.facts
        | {
            "weights": found.weights,
            "levels": found.levels,
            "findings": [{"id": one.id, "sentence": str(one)} for one in found.findings],
        },
        lines=(f"{built.title} · how firm the order of neighbours is", _sentence(rows)),
        sheets=(Sheet("neighbours", rows, _COLUMNS, narrower=(_COLUMNS[:-1],)),),
        notes=tuple(_notes(found)),
    )


def _sentence(rows: tuple[Row, ...]) -> str:
    """Say how many neighbours hang on next to nothing, and how many on nothing at all."""
    fragile = sum(row["points_moved"] < FRAGILE for row in rows)
    firm = sum(math.isnan(row["points_moved"]) for row in rows)
    return (
        f"Of {len(rows)} pairs of neighbours {fragile} tie when less than one point of weight "
        f"in 100 moves, and {firm} keep their order whatever the weights."
    )


def _moved(row: Row) -> str:
    value = row["points_moved"]
    return "never" if math.isnan(value) else points(value)


def _mix(row: Row) -> str:
    value = row["share_of_arbitrary_mix"]
    return ABSENT if math.isnan(value) else percent(value)


_COLUMNS = (
    number("Rank", "rank", ".0f"),
    text("Unit", "higher_name", flexible=True),
    text("Next", "lower_name", flexible=True),
    Column("Points moved", _moved, right=True),
    Column("Share of arbitrary mix", _mix, right=True),
)


def _rows(found: RobustnessRadius) -> list[dict[str, Any]]:
    return [
        {
            "rank": found.higher_ranks[at],
            "higher": found.higher[at],
            "higher_name": found.higher_names[at],
            "lower": found.lower[at],
            "lower_name": found.lower_names[at],
            "points_moved": float(found.points_moved[at]),
            "share_of_arbitrary_mix": float(found.share_of_arbitrary_mix[at]),
            "held": found.held[at],
        }
        for at in range(len(found.higher))
    ]


def _notes(found: RobustnessRadius) -> list[str]:
    what = set_in_words(found.weights, found.levels) if found.levels else "no weights"
    meaning = (
        f"What may move: {what} (1: the children of the index), none below 0. Points moved: the "
        "least weight in 100 that moves until the two tie. Share of arbitrary mix: how much of "
        "the weights any other mix may replace before they can tie."
    )
    return [meaning, *(str(one) for one in found.findings)]
