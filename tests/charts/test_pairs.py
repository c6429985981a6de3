"""Which share of all pairs can be told apart: counted here pair by pair."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rankscope.analyses.exact.dominance import dominance
from rankscope.charts.pairs import pair_shares, pairs_chart
from tests.charts.drawn import covering, said


@pytest.mark.parametrize("width", [900, 360])
def test_no_text_covers_another(mixed, width: int) -> None:
    above = dominance(mixed.result)

    assert covering(pairs_chart(mixed, above, width=width)) == []


def test_shares_are_those_of_a_count_pair_by_pair(mixed) -> None:
    above, both = mixed.pairs.above, mixed.pairs.both
    counts = {"sure": 0, "leaning": 0, "close": 0}
    for at, one in enumerate(mixed.order):
        for other in mixed.order[at + 1 :]:
            ahead = max(above[one, other], above[other, one]) / both[one, other]
            counts["sure" if ahead >= 0.95 else "leaning" if ahead >= 0.8 else "close"] += 1
    total = sum(counts.values())

    assert pair_shares(mixed) == pytest.approx([one / total for one in counts.values()])
    assert counts["sure"] > 0
    assert counts["close"] > 0


def test_what_is_proved_stands_apart_from_what_was_drawn(mixed) -> None:
    above = replace(dominance(mixed.result), settled=0.625)
    texts = said(pairs_chart(mixed, above))

    assert "proved: no weights turn them: 62%" in texts
    assert f"Over all {mixed.draws:,} designs" in texts
    assert not any("proved" in text for text in said(pairs_chart(mixed, None)))
    assert not any("sure" in text for text in said(pairs_chart(None, above)))


def test_nearly_all_is_never_all(mixed) -> None:
    above = replace(dominance(mixed.result), settled=0.9999)
    texts = said(pairs_chart(None, above))

    assert "proved: no weights turn them: over 99%" in texts
    assert "open: below 1%" in texts


def test_without_pairs_a_sentence_stands_there(mixed) -> None:
    assert "There are no pairs to tell apart." in said(pairs_chart(None, None, title="Pairs"))
    assert pair_shares(replace(mixed, pairs=None)) is None
