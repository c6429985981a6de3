"""Analyses that pictures are drawn of, made once: of a real index, and of small ones."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence import coherence
from rankscope.analyses.coherence.correlations import Correlations, CorrelationTable
from rankscope.catalogue import open_index
from rankscope.charts.render import inline_svg
from tests.charts.drawn import covering, said
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


def in_good_order(draw: Callable[[float], Chart], most: int = 60_000) -> list[str]:
    """Check that a picture is legible at both widths, small, and always the same.

    Return all texts of the wide one.
    """
    for width in WIDTHS:
        chart = draw(width)
        assert covering(chart) == []
        drawn = inline_svg(chart)
        assert len(drawn) < most
        assert inline_svg(draw(width)) == drawn
        assert "NaN" not in drawn
        assert "nan" not in said(chart)
    return said(draw(WIDTHS[0]))
