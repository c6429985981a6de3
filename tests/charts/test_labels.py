"""Names beside dots."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from rankscope.charts.labels import Box, place_labels

PLACES = st.tuples(st.floats(0, 400), st.floats(0, 300))


@given(st.lists(PLACES, max_size=40), st.integers(0, 20))
def test_names_cover_neither_each_other_nor_the_edge(
    dots: list[tuple[float, float]], most: int
) -> None:
    names = [f"Country {number}" for number in range(len(dots))]
    placed = place_labels(dots, names, range(len(dots)), (400, 300), most)

    assert len(placed) <= most
    assert all(one.box.within(400, 300) for one in placed)
    assert not any(a.box.hits(b.box) for a, b in itertools.combinations(placed, 2))


def test_the_first_of_the_order_is_named_first() -> None:
    placed = place_labels([(100, 100), (104, 100)], ["First", "Second"], [1, 0], (400, 300), 2)

    assert next(one.dot for one in placed) == 1


def test_at_the_right_edge_the_name_stands_left() -> None:
    (only,) = place_labels([(395, 100)], ["Japan"], [0], (400, 300), 1)

    assert only.align == "right"


def test_boxes_that_only_touch_do_not_hit() -> None:
    assert not Box(0, 0, 1, 1).hits(Box(1, 0, 2, 1))
    assert Box(0, 0, 2, 2).hits(Box(1, 1, 3, 3))
