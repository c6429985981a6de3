"""The picture of recovered weights: a bar from the lowest to the highest possible share."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rankscope.analyses.recover import Recovered, recover_weights
from rankscope.charts.recovered_weights import INTERVAL, recovered_weights_chart
from rankscope.errors import MethodError
from tests.charts.drawn import boxes, covering, said

LONG = ("Operating environment of business", "Skills", "Research and development", "Trade")


def recovered(decimals: int = 1, *, wrong: bool = False) -> Recovered:
    """Return what print with so many decimals tells of the weights 4:3:2:1."""
    cells = np.random.default_rng(0).uniform(5, 95, (25, 4)).round(decimals)
    total = (cells @ [0.4, 0.3, 0.2, 0.1]).round(decimals)
    if wrong:
        total = np.random.default_rng(1).permutation(total)
    return recover_weights(
        pd.DataFrame(cells, columns=LONG), total, decimals=decimals, total_decimals=decimals
    )


@pytest.fixture(scope="module")
def found() -> Recovered:
    return recovered(0)


@pytest.mark.parametrize("width", [900, 390])
@pytest.mark.parametrize("decimals", [0, 2])
def test_no_text_covers_another(width, decimals) -> None:
    title = "The weights of an index of which nobody printed any, as print allows"

    assert covering(recovered_weights_chart(recovered(decimals), width=width, title=title)) == []


def test_bars_reach_from_the_lowest_to_the_highest_share(found) -> None:
    chart = recovered_weights_chart(found)
    bars = sorted(boxes(chart, INTERVAL), key=lambda box: box["y"])[-4:]
    ends = np.array([(bar["x"], bar["x2"]) for bar in bars])
    scale = np.polyfit(found.shares.ravel(), ends.ravel(), 1)

    assert np.ptp(found.shares, axis=1).min() > 0.02
    assert np.abs(np.polyval(scale, found.shares) - ends).max() < 0.06  # to a tenth


def test_ends_and_whole_numbers_stand_in_figures(found) -> None:
    words = " ".join(said(recovered_weights_chart(found)))

    assert f"by {found.whole_numbers}, the smallest whole numbers that do" in words
    low, high = 100 * found.shares[1]
    assert f"{low:.1f}–{high:.1f} %" in words or f"{low:.0f}–{high:.0f} %" in words
    for name in ("Skills", "Trade"):
        assert name in words


def test_what_was_refused_has_no_picture() -> None:
    with pytest.raises(MethodError, match="No weights were recovered"):
        recovered_weights_chart(recovered(1, wrong=True))
