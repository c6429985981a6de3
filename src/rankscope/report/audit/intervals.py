"""The interval of every rank as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.analyses.audit.wording import verb
from rankscope.charts.rank_intervals import rank_intervals_chart, same_set
from rankscope.pages.words import counted, in_prose, starting
from rankscope.report.audit.drawings import drawing
from rankscope.report.audit.exhibits import Exhibit, absent
from rankscope.report.material import COMPACT_ABOVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.uncertainty import Uncertainty
    from rankscope.report.audit.subject import Subject
    from rankscope.report.firmness import Firmness


_PICTURED = 40


def interval_exhibits(subject: Subject) -> Sequence[Exhibit]:
    """Return the intervals of all ranks; none where nothing was drawn."""
    found, firm = subject.found.uncertainty, subject.firm
    title = "Median and 90% interval of every rank"
    if found is None or firm is None:
        return ()
    if len(found.order) > COMPACT_ABOVE:
        return (
            absent(
                13,
                title,
                f"A picture of {subject.material.units(len(found.order))} could not be read; the "
                "table above has them all.",
            ),
        )
    pieces = _pieces(found.order)
    links = tuple(f"#{anchor}" for anchor in subject.material.anchors)
    reach = subject.found.reach
    proved = reach if reach is not None and same_set(found, reach) else None
    drawings = []
    for piece in pieces:
        codes = [found.result.units[row] for row in piece]
        first, last = (int(found.published[row]) for row in (piece[0], piece[-1]))
        drawings.append(
            drawing(
                lambda width, codes=codes: rank_intervals_chart(  # type: ignore[misc]
                    found, reach=proved, units=codes, width=width, title="", links=links
                ),
                f"Rank intervals of ranks {first} to {last}; the numbers are in the table above",
                title=f"Ranks {first} to {last}" if len(pieces) > 1 else "",
            )
        )
    return (
        Exhibit(
            13,
            title,
            _overlap(firm, found),
            drawings=tuple(drawings[:1]),
            folded=tuple(drawings[1:]),
            rest=f"The other {len(found.order) - len(pieces[0]):,} {subject.others}",
            notes=(
                "Bars that overlap do not settle whether one is ahead, as both ranks come from the "
                "same designs; the pairs below do, and section 11 names those that each "
                f"{subject.material.noun} can not be told apart from. Shaded and white bands are "
                "tiers."
            ),
        ),
    )


def _pieces(order: Sequence[int]) -> list[list[int]]:
    """Return rows in pieces of about the same size, few enough for one picture each."""
    count = -(-len(order) // _PICTURED)
    size = -(-len(order) // max(1, count))
    return [list(order[at : at + size]) for at in range(0, len(order), max(1, size))]


def _overlap(firm: Firmness, found: Uncertainty) -> str:
    rows = found.order
    first = rows[0]
    alike = [row for row in rows[1:] if firm.low[row] <= firm.high[first] and firm.low[row]]
    name = in_prose(found.result.names[first])
    if not alike:
        return starting(f"{name} stands apart: no other interval reaches into its own.")
    outside = sum(firm.outside(row) for row in rows)
    told = starting(
        f"the interval of {name}, the first, overlaps with {verb(len(alike), 'that', 'those')} "
        f"of {counted(len(alike), 'other')}"
    )
    if outside:
        told += (
            f"; {counted(outside, 'published rank')} {verb(outside, 'lies', 'lie')} outside "
            f"{verb(outside, 'its', 'their')} own interval, marked in orange"
        )
    return f"{told}."
