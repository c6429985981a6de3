"""What pictures of the change between two editions share: colours of causes, and words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import numpy as np

from rankscope.charts.marks import Text, TextStyle, wrapped
from rankscope.charts.palette import FAMILIES, OTHER, mix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.diff import Diff, Player
    from rankscope.shapes import Matrix, Vector

What = Literal["rank", "score"]

COLOURS = {
    "data": FAMILIES[0][0],
    "units": FAMILIES[5][0],
    "framework": mix(*FAMILIES[3], 0.6),
    "methods": mix(*FAMILIES[2], 0.9),
    "weights": mix(*FAMILIES[1], 0.75),
    "aggregation": mix(*FAMILIES[4], 0.45),
}
"""The colour of each cause; shades were chosen so that all can be told apart without red,
green or blue (a difference of 19 or more in CIELAB; tested)."""


def title_lines(title: str, width: float) -> Sequence[Text]:
    """Return a title in one line, or in two where the picture is narrow."""
    lines = wrapped(title, int((width - 4) / (15 * 0.54)), 2)
    style = TextStyle(size=15, bold=True)
    return [Text(2, 12 + 19 * at, said, style) for at, said in enumerate(lines)]


def colour_of(player: Player) -> str:
    """Return the colour of a cause; causes that were merged have that of the first."""
    return COLOURS.get(player.code.partition("+")[0], OTHER)


def editions_in_words(found: Diff) -> str:
    """Return which editions are compared: ``Innovation Index, 2021 → 2024``."""
    old, new = found.old, found.new
    ends = (old.edition, new.edition)
    if old.edition == new.edition and (old.period or new.period):
        ends = (old.period or old.edition, new.period or new.edition)
    if old.title == new.title:
        return f"{new.title}, {ends[0]} → {ends[1]}"
    return f"{old.title}, {ends[0]} → {new.title}, {ends[1]}"


def shares_of(found: Diff, what: What) -> Matrix:
    """Return what each cause adds, (units, players): places gained, or points of the score."""
    return found.rank_shares if what == "rank" else found.score_shares


def net_of(found: Diff, what: What) -> Vector:
    """Return the whole change of each unit, (units,): places gained, or points of the score."""
    if what == "rank":
        return np.asarray(found.rank_before - found.rank_after, dtype=float)
    return np.asarray(found.score_after - found.score_before)


def decimals_of(found: Diff) -> int:
    """Return how many decimals scores are printed with: three figures of the largest."""
    scores = np.abs(np.concatenate([found.score_before, found.score_after, [0.0]]))
    largest = float(np.nanmax(scores))
    return 1 if largest >= 10 else 2 if largest >= 1 else 3


def signed(value: float, decimals: int) -> str:
    """Return a change with its sign; what is printed as zero has none.

    >>> signed(-1.26, 1), signed(0.04, 1)
    ('−1.3', '0.0')
    """
    if math.isnan(value):
        return "–"
    said = f"{value:+.{decimals}f}"
    return said.replace("-", "−") if any(one in said for one in "123456789") else said[1:]


def before_and_after(found: Diff, at: int, what: What) -> str:
    """Return where a unit was and where it is: ``12 → 9``."""
    if what == "rank":
        return f"{found.rank_before[at]} → {found.rank_after[at]}"
    decimals = decimals_of(found)
    ends = (float(found.score_before[at]), float(found.score_after[at]))
    return " → ".join(f"{end:.{decimals}f}".replace("-", "−") for end in ends)
