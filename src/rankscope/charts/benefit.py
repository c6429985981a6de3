"""What is the best that each unit can say for itself?  Its score by its own best weights."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from rankscope.charts.keys import LINE, Key
from rankscope.charts.marks import Text, TextStyle, cut_inside, drawn
from rankscope.charts.palette import FAMILIES, OTHER, SOFT, readable_on
from rankscope.charts.row_sheet import MINUS, Rows, heading, nothing, round_ticks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

    from rankscope.analyses.coherence.benefit import Benefit
    from rankscope.charts.marks import Mark

LAST = 5
"""So many of the last units are shown below the first."""

_THICK = 15.0


def benefit_chart(
    found: Benefit,
    *,
    top: int = 25,
    parts: Sequence[str] = (),
    width: float = 900,
    title: str | None = None,
) -> alt.LayerChart:
    """Return the first units and the last few, each with its score by its own best weights.

    Bars are divided into what each part brings; ``parts`` are their names in print.  Beside
    them are the published rank and the one by best weights.
    """
    rows, skipped = _rows(found, top)
    names = parts or found.codes
    said = f"{found.name} by each unit’s own best weights" if title is None else title
    boxes = (Key("box", f"{at}  {_short(name, width)}", colour_of_part(at - 1))
             for at, name in enumerate(names, 1))  # fmt: skip
    keys = [
        Key("none", "best score, made of:"),
        *boxes,
        Key("none", "rank as published → by own best weights"),
    ]
    marks, under = heading(said, keys, width)
    sheet = Rows(
        names=tuple("" if row is None else found.names[row] for row in rows),
        notes=tuple("" if row is None else _ranks(found, row) for row in rows),
        width=width,
        top=under + LINE + 4,
        low=0.0,
        high=1.0,
    )
    marks += sheet.labels()
    if rows:
        marks += sheet.axis(round_ticks(0.0, 1.0, 6), lambda tick: f"{tick:.1f}")
    for at, row in enumerate(rows):
        if row is None:
            style = TextStyle("left", SOFT, sheet.size)
            marks.append(Text(sheet.left, sheet.y(at), f"… {skipped:,} more units …", style))
        else:
            marks += _unit(sheet, at, found, row)
    if not rows:
        marks.append(nothing("No unit has a score by its own best weights.", under, width))
    return drawn(marks, (width, sheet.bottom + 8))


def colour_of_part(at: int) -> str:
    """Return the colour of a part: dark ones first, then light ones, then one for all others."""
    if at >= 2 * len(FAMILIES):
        return OTHER
    return FAMILIES[at % len(FAMILIES)][at // len(FAMILIES)]


def _rows(found: Benefit, top: int) -> tuple[list[int | None], int]:
    """Return the first and the last units by published rank, None between, and how many are not."""
    known = np.flatnonzero((found.ranks > 0) & ~np.isnan(found.best))
    order = known[np.argsort(found.ranks[known], kind="stable")].tolist()
    skipped = len(order) - top - LAST
    if skipped <= 1:
        return order, 0
    return [*order[:top], None, *order[-LAST:]], skipped


def _ranks(found: Benefit, row: int) -> str:
    """Return the two ranks of a unit, and its gain."""
    gain = float(found.gains[row])
    moved = "" if math.isnan(gain) or not gain else f" ({gain:+.0f})".replace("-", MINUS)
    return f"{int(found.ranks[row])} → {int(found.best_ranks[row])}{moved}"


def _unit(sheet: Rows, at: int, found: Benefit, row: int) -> Iterator[Mark]:
    """Yield the bar of a unit, divided into what its parts bring, each with its number."""
    start, shares = 0.0, np.nan_to_num(found.shares[row])
    best = float(found.best[row])
    if not shares.any():
        yield sheet.bar(at, 0.0, best, _THICK, OTHER)
        return
    for part, share in enumerate((shares * best).tolist()):
        if share <= 0:
            continue
        bar = sheet.bar(at, start, start + share, _THICK, colour_of_part(part))
        yield bar
        if bar.width > sheet.letter * len(str(part + 1)) + 6:
            style = TextStyle("center", readable_on(bar.fill), sheet.size - 2)
            yield Text(bar.x, bar.y, str(part + 1), style)
        start += share


def _short(name: str, width: float) -> str:
    return cut_inside(name, 30 if width < 600 else 40)
