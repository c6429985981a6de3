"""The tables of ``rankscope offset``: a coarse map of ranks, and the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope._words import ordinal
from rankscope.analyses.scenario.words import CAVEAT
from rankscope.cli.sheet import ABSENT, STRONG, Answer, Column, Row, Sheet

if TYPE_CHECKING:
    from rankscope.analyses.offset import Axis, OffsetMap
    from rankscope.cli.lookup import Built
    from rankscope.shapes import Whole

COARSE = 6
"""So many sizes of each change are shown to a reader."""


def answer(found: OffsetMap, built: Built) -> Answer:
    """Return what the map says."""
    without = f"{found.name} ranks {ordinal(found.rank_before)} of {found.of} without it."
    return Answer(
        facts=_facts(found, built),
        lines=(f"{built.title} · {found.title}", "", f"{found.sentence()} {without}"),
        sheets=(_cells(found), _coarse(found), _lines(found)),
        notes=(
            f"Across: {found.x.label}. Down: {found.y.label}.",
            *_chance_note(found),
            CAVEAT,
            *(str(one) for one in found.findings),
        ),
    )


def _facts(found: OffsetMap, built: Built) -> dict[str, Any]:
    return {
        **built.facts,
        "view": found.view,
        "scenario": found.scenario.name,
        "unit": found.unit,
        "name": found.name,
        "answer": found.sentence(),
        "score_before": found.score_before,
        "rank_before": found.rank_before or None,
        "ranked": found.of,
        "x": _axis(found.x),
        "y": _axis(found.y),
        "draws": found.draws,
    }


def _axis(axis: Axis) -> dict[str, Any]:
    return {"change": axis.change, "act": axis.act, "label": axis.label}


def _chance_note(found: OffsetMap) -> list[str]:
    if found.chance is None:
        return []
    return ["In brackets: in how many of 100 draws the rank is at least as good as without it."]


def _cells(found: OffsetMap) -> Sheet:
    """Return all cells, for machines."""
    rows = tuple(
        {
            "x": float(x),
            "y": float(y),
            "score": float(found.score[i, j]),
            "rank": int(found.rank[i, j]) or None,
            "chance": None if found.chance is None else float(found.chance[i, j]),
        }
        for i, y in enumerate(found.y.values)
        for j, x in enumerate(found.x.values)
    )
    return Sheet("cells", rows, (), hidden=lambda _: True)


def _coarse(found: OffsetMap) -> Sheet:
    """Return ranks at a few sizes of both, the largest of the second on top."""
    across, upwards = _spread(len(found.x.values)), _spread(len(found.y.values))
    rows: tuple[Row, ...] = tuple(
        {
            "y": float(found.y.values[i]),
            "ranks": [int(found.rank[i, j]) or None for j in across],
            "chances": [
                _known(found.chance[i, j]) if found.chance is not None else None for j in across
            ],
        }
        for i in upwards[::-1]
    )
    sizes = [_said(found.y, value) for value in found.y.values[upwards]]
    named = dict(zip(found.y.values[upwards].tolist(), sizes, strict=True))
    first = Column("", lambda row: named[row["y"]], right=True, style=lambda _: STRONG)
    columns = (first, *(_column(found, at, int(j)) for at, j in enumerate(across)))
    return Sheet("map", rows, columns)


def _column(found: OffsetMap, at: int, size: int) -> Column:
    def said(row: Row) -> str:
        rank, chance = row["ranks"][at], row["chances"][at]
        told = ABSENT if rank is None else str(rank)
        return told if chance is None else f"{told} ({chance * 100:.0f})"

    return Column(_said(found.x, float(found.x.values[size])), said, right=True)


def _spread(size: int) -> Whole:
    return np.unique(np.linspace(0, size - 1, min(COARSE, size)).round().astype(np.int64))


def _said(axis: Axis, value: float) -> str:
    return f"{value:.3g}" if not axis.is_share else f"{value * 100:.3g}%"


def _lines(found: OffsetMap) -> Sheet:
    """Return the line of equal score and that of an even chance, for machines."""
    rows = tuple(
        {"x": float(x), "equal_score": _known(line), "even_chance": _known(even)}
        for x, line, even in zip(found.x.values, found.line, found.even, strict=True)
    )
    return Sheet("lines", rows, (), hidden=lambda _: True)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
