"""The square of pairs: dark where one is ahead for sure, a middle tone where nobody is."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from rankscope.charts.pair_matrix import AHEAD, BEHIND, CLOSE, colour_of, pair_matrix_chart
from rankscope.charts.palette import RULE, contrast
from rankscope.errors import MethodError
from tests.charts.drawn import boxes, covering, said


@pytest.mark.parametrize("width", [900, 340])
def test_no_text_covers_another(mixed, width: int) -> None:
    assert covering(pair_matrix_chart(mixed, width=width)) == []


def test_dark_cells_are_the_pairs_that_are_sure(mixed) -> None:
    chart = pair_matrix_chart(mixed)
    shares = mixed.pairs.probability[np.ix_(mixed.order, mixed.order)]
    np.fill_diagonal(shares, np.nan)

    assert len(boxes(chart, AHEAD[0])) == (shares >= 0.95).sum() + 1  # and one in the key
    assert len(boxes(chart, BEHIND[0])) == (shares <= 0.05).sum() + 1
    assert len(boxes(pair_matrix_chart(mixed, sure=0.6), AHEAD[0])) == (shares >= 0.6).sum() + 1


def test_all_or_nothing_is_said_of_what_is_all_or_nothing_only(mixed) -> None:
    above = np.full((12, 12), 511)
    found = replace(mixed, pairs=replace(mixed.pairs, above=above, both=np.full((12, 12), 512)))

    assert "99" in said(pair_matrix_chart(found))
    assert "100" not in said(pair_matrix_chart(found))


def test_a_pair_too_close_to_call_keeps_the_middle_tone() -> None:
    assert colour_of(0.5, 0.95) == CLOSE
    assert colour_of(math.nan, 0.95) == RULE
    assert colour_of(0.95, 0.95) == AHEAD[0]
    assert colour_of(0.05, 0.95) == BEHIND[0]
    steps = [contrast(colour_of(share, 0.95), AHEAD[0]) for share in (0.6, 0.8, 0.949, 0.95)]
    assert steps == sorted(steps, reverse=True)
    assert steps[2] > 3  # the step to what is sure is seen without colours
    assert steps[3] == 1


def test_pairs_that_were_not_counted_are_asked_for(mixed) -> None:
    with pytest.raises(MethodError, match="pairs=True"):
        pair_matrix_chart(replace(mixed, pairs=None))
