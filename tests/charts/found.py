"""Analyses that pictures are drawn of, made once: of a real index, and of small ones."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rankscope.analyses.coherence import coherence
from rankscope.analyses.coherence.correlations import Correlations, CorrelationTable
from rankscope.catalogue import open_index
from rankscope.charts.render import inline_svg
from tests.charts.drawn import covering, layers, said
from tests.support.indices import make_index

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.analyses.coherence import Coherence
    from rankscope.pipeline.result import Result
    from tests.charts.drawn import Chart

WIDTHS = (900, 360)


@cache
def capacity() -> tuple[Result, Coherence]:
    """Return the packaged index and its statistics."""
    result = open_index("ai-capacity").build()
    return result, coherence(result)


@cache
def small(units: int = 20) -> tuple[Result, Coherence]:
    """Return an index of few units and its statistics."""
    result = make_index(units=units).build()
    return result, coherence(result)


def many_correlations(parts: int) -> Correlations:
    """Return correlations of many parts with long names, and with their aggregate."""
    codes = tuple(f"part_{at}" for at in range(parts))
    names = tuple(
        f"A rather long name of an indicator, variant {at} of many" for at in range(parts)
    )
    values = np.random.default_rng(1).uniform(-1, 1, (parts, parts))
    values = np.clip((values + values.T) / 1.6, -0.99, 0.99)
    np.fill_diagonal(values, 1.0)
    counts, p_values = np.full(values.shape, 50), np.where(np.abs(values) < 0.1, 0.5, 0.001)
    within = CorrelationTable(
        "all", codes, names, codes, names, values, counts, p_values, "pearson"
    )
    whole = CorrelationTable(
        "", codes, names, ("all",), ("The whole",), values[:, :1] * 0.99, counts[:, :1],
        p_values[:, :1], "pearson",
    )  # fmt: skip
    return Correlations("pearson", (within,), whole, ())


class Written(NamedTuple):
    """A picture as it is written down, which takes long each time."""

    spec: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Return what was written."""
        return self.spec


def in_good_order(draw: Callable[[float], Chart]) -> list[str]:
    """Check that a picture is legible, inside its sheet and the same each time, at both widths.

    Return all texts of the wide one.
    """
    charts = [Written(draw(width).to_dict()) for width in WIDTHS]
    for chart in charts:
        assert covering(chart) == []
        assert outside(chart) == []
        assert "nan" not in said(chart)
    assert draw(WIDTHS[1]).to_dict() == charts[1].to_dict()
    return said(charts[0])


def outside(chart: Written) -> list[dict[str, object]]:
    """Return the boxes, lines and dots that leave the sheet, or lie nowhere."""
    size = chart.to_dict()
    rows = [row for kind in ("rect", "rule", "circle") for _, row in layers(chart, kind)]
    ends = {"x": size["width"], "x2": size["width"], "y": size["height"], "y2": size["height"]}
    return [
        row for row in rows if not all(0 <= row.get(end, 0) <= most for end, most in ends.items())
    ]


def weight(draw: Callable[[float], Chart]) -> int:
    """Return how many letters a picture takes in a page, at both widths."""
    return sum(len(inline_svg(draw(width))) for width in WIDTHS)
