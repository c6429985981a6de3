"""What stands in a picture: its rows of data, layer by layer."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import altair as alt

    Chart = alt.LayerChart


def layers(chart: Chart, kind: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield the mark and each row of data of the layers of one kind, such as ``rect``."""
    spec = chart.to_dict()
    for layer in spec["layer"]:
        if layer["mark"]["type"] == kind:
            for row in spec["datasets"][layer["data"]["name"]]:
                yield layer["mark"], row


def boxes(chart: Chart, fill: str) -> list[dict[str, Any]]:
    """Return the boxes of a colour."""
    return [row for _, row in layers(chart, "rect") if row["fill"] == fill]


def said(chart: Chart) -> list[str]:
    """Return all texts."""
    return [row["text"] for _, row in layers(chart, "text")]


def covering(chart: Chart) -> list[tuple[str, str]]:
    """Return the pairs of texts that cover each other, or leave the picture, by average letters."""
    size = chart.to_dict()
    placed = []
    for mark, row in layers(chart, "text"):
        letter = mark["fontSize"] * (0.54 if mark["fontWeight"] == "bold" else 0.5)
        wide, half = len(row["text"]) * letter, mark["fontSize"] / 2 - 0.5
        left = row["x"] - {"left": 0.0, "center": 0.5, "right": 1.0}[mark["align"]] * wide
        placed.append((left, row["y"] - half, left + wide, row["y"] + half, row["text"]))
    found = [
        (one[4], other[4])
        for one, other in itertools.combinations(placed, 2)
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]
    beyond = [
        (text, "the edge")
        for left, top, right, low, text in placed
        if left < 0 or top < 0 or right > size["width"] + 1 or low > size["height"]
    ]
    return [*found, *beyond]
