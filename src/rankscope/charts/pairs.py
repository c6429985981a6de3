"""How many pairs of units can be told apart?  A bar of all pairs: proved, sure, too close."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.choice_words import weights_words
from rankscope.charts.keys import Key, keys_drawn, keys_high
from rankscope.charts.marks import Pill, Text, TextStyle, drawn, wrapped
from rankscope.charts.pair_matrix import CLOSE
from rankscope.charts.palette import ACCENT, FAMILIES, mix, readable_on
from rankscope.charts.row_sheet import heading, letters, nothing

if TYPE_CHECKING:
    from collections.abc import Iterator

    import altair as alt

    from rankscope.analyses.exact.dominance import Dominance
    from rankscope.analyses.uncertainty import Uncertainty
    from rankscope.charts.marks import Mark

LEANING = 0.8
"""A pair leans to one side when that unit is ahead in at least this share of the draws."""

_SURE, _LEANS = FAMILIES[0][0], mix(*FAMILIES[0], 0.75)
_BAR, _GAP = 26.0, 16.0


@dataclass(frozen=True, slots=True)
class Bar:
    """All pairs, in parts that sum to 1: their words, shares and colours."""

    words: str
    parts: tuple[tuple[str, float, str], ...]


def pairs_chart(
    found: Uncertainty | None,
    above: Dominance | None,
    *,
    sure: float = 0.95,
    width: float = 900,
    title: str | None = None,
) -> alt.LayerChart:
    """Return which share of all pairs of units can be told apart.

    The first bar is of what is proved while only weights vary, the second of how often one
    of the two is ahead over all draws.  Each stands by itself: a pair that no weights turn
    may be turned by methods.
    """
    bars = [*_proved(above), *_drawn(found, sure)]
    said = "How many pairs of units can be told apart" if title is None else title
    marks, y = heading(said, [], width)
    letter = letters(width) * 0.55
    for bar in bars:
        keys = [Key("box", f"{words}: {_percent(share)}", fill) for words, share, fill in bar.parts]
        style = TextStyle(size=letters(width), bold=True)
        for line in wrapped(bar.words, int(width / (letter * 1.08)), 2):
            marks.append(Text(2, y + 9, line, style))
            y += 17
        marks += _parts(bar, y + 5 + _BAR / 2, width)
        marks += keys_drawn(keys, y + 9 + _BAR, width, letter)
        y += 9 + _BAR + keys_high(keys, width, letter) + _GAP
    if not bars:
        marks.append(nothing("There are no pairs to tell apart.", y, width))
        y += 24
    return drawn(marks, (width, y - (_GAP - 4 if bars else 0)))


def pair_shares(found: Uncertainty, sure: float = 0.95) -> tuple[float, float, float] | None:
    """Return the shares of pairs that are sure, that lean, and that are too close to call.

    They are of the pairs that are ranked together in some draw; None where there are none,
    or pairs were not counted.
    """
    if found.pairs is None:
        return None
    order = list(found.order)
    probability = found.pairs.probability[np.ix_(order, order)]
    upper = np.triu_indices(len(order), 1)
    ahead = np.maximum(probability[upper], probability.T[upper])
    ahead = ahead[~np.isnan(ahead)]
    if not ahead.size:
        return None
    certain, leaning = float((ahead >= sure).mean()), float((ahead >= LEANING).mean())
    return certain, leaning - certain, 1.0 - leaning


def _proved(above: Dominance | None) -> Iterator[Bar]:
    if above is None or np.isnan(above.settled):
        return
    yield Bar(
        f"While only weights vary, {weights_words(above.label)}",
        (
            ("proved: no weights turn them", above.settled, ACCENT),
            ("open", 1.0 - above.settled, CLOSE),
        ),
    )


def _drawn(found: Uncertainty | None, sure: float) -> Iterator[Bar]:
    shares = None if found is None else pair_shares(found, sure)
    if found is None or shares is None:
        return
    words = (
        f"sure: one is ahead in {sure:.0%} or more",
        f"leaning: in {LEANING:.0%} or more",
        "too close to call",
    )
    parts = tuple(zip(words, shares, (_SURE, _LEANS, CLOSE), strict=True))
    yield Bar(f"Over all {found.draws:,} designs", parts)


def _parts(bar: Bar, y: float, width: float) -> Iterator[Mark]:
    """Yield the boxes of a bar, with their shares where there is room."""
    start, room = 2.0, width - 4.0
    for _, share, fill in bar.parts:
        wide = share * room
        if wide > 0:
            yield Pill(start + wide / 2, y, max(wide - 1.0, 0.5), _BAR, fill)
        if wide >= 44:
            style = TextStyle("center", readable_on(fill), 12)
            yield Text(start + wide / 2, y, _percent(share), style)
        start += wide


def _percent(share: float) -> str:
    """Return a share in per cent, never nearer to all or nothing than it is."""
    if 0 < share < 0.005:
        return "below 1%"
    return "over 99%" if 0.995 < share < 1 else f"{share:.0%}"
