"""The table of ``rankscope reach --unit``: the weights that prove both ends of one unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.cli.reach_tables import reach_row
from rankscope.cli.reach_words import of_unit_in_words, ordinal
from rankscope.cli.sheet import AHEAD, BEHIND, Answer, Column, Row, Sheet, shown, text

if TYPE_CHECKING:
    from rankscope.analyses.exact.answer import UnitReach
    from rankscope.cli.reach_tables import Asked

_SHARES = (
    "Shares are of 100 among the children of one node; both ranks are those of the index itself."
)

_SEEN = 5e-4
"""A share that changes by less than this is shown without a colour."""


def answer_of_unit(asked: Asked, code: str) -> Answer:
    """Return the weights with which one unit ranks best and worst, beside those as published."""
    found, one = asked.found, asked.found.of_unit(code)
    row = reach_row(found, found.codes.index(code))
    return Answer(
        facts=asked.facts | {"unit": row},
        lines=(asked.title, of_unit_in_words(found, one), f"Published: {one.rank} of {one.of}."),
        sheets=(_weights(one),),
        notes=(
            _SHARES,
            *(finding.sentence for finding in found.findings),
        ),
    )


def _weights(one: UnitReach) -> Sheet:
    """Return a row for each weight that may vary."""
    pairs = zip(one.best_witness.weights, one.worst_witness.weights, strict=True)
    rows = tuple(
        {
            "weight": best.code,
            "name": best.name,
            "parent": best.parent,
            "published": best.published_share,
            "best": best.share,
            "worst": worst.share,
            "published_effective": best.published_effective,
            "best_effective": best.effective,
            "worst_effective": worst.effective,
        }
        for best, worst in pairs
    )
    columns = (
        text("Weight of", "name", flexible=True),
        text("Among those of", "parent", flexible=True),
        _share("Published", "published"),
        _share(f"Ranks {ordinal(one.best_witness.rank)} with", "best"),
        _share(f"Ranks {ordinal(one.worst_witness.rank)} with", "worst"),
    )
    return Sheet("weights", rows, columns, narrower=((columns[0], *columns[2:]),))


def _share(title: str, key: str) -> Column:
    def style(row: Row) -> str:
        moved = row[key] - row["published"]
        return "" if abs(moved) < _SEEN else AHEAD if moved > 0 else BEHIND

    return Column(title, lambda row: shown(100 * row[key], ".1f"), right=True, style=style)
