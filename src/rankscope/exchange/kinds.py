"""What sort of quantity an indicator is, where the other tool does not say."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.findings import Finding, note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rankscope.shapes import Vector

PERCENT = frozenset({"%", "percent", "per cent", "percentage", "pct"})

_WHY = {
    "amount": "amount, having a denominator",
    "share": "share, with percent as unit",
    "interval": "interval, for want of anything else",
}


def guess_kind(unit: str, values: Vector, *, denominated: bool) -> str:
    """Return amount for what has a denominator, share for percentages, else interval.

    ``values`` are of shape (rows,); percentages beyond 0 to 100, such as growth rates,
    are no parts of a whole.
    """
    if denominated:
        return "amount"
    present = values[~np.isnan(values)]
    whole = bool(((present >= 0) & (present <= 100)).all())
    return "share" if unit.strip().casefold() in PERCENT and whole else "interval"


def guessed_kinds(kinds: Iterable[str], place: str) -> tuple[Finding, ...]:
    """Return a note that says how many indicators were taken for what."""
    counts = Counter(kinds)
    if not counts:
        return ()
    taken = join_words(
        (f"{counts[one]} as {why}" for one, why in _WHY.items() if counts[one]), "and"
    )
    said = f"The kinds of {sum(counts.values())} indicators are guessed: {taken}."
    return (note("import-kind", place, said, "Correct `kind:` where it is wrong."),)
