"""One look for all charts: thin rules, quiet axes, and nothing that is read aloud twice."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

import altair as alt

from rankscope.charts.palette import INK, RULE, SOFT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FONT = "Inter, Segoe UI, Roboto, Helvetica Neue, Liberation Sans, Arial, sans-serif"

_QUIET: dict[str, Any] = {
    "labelColor": SOFT,
    "titleColor": SOFT,
    "labelFontSize": 12,
    "titleFontSize": 12,
    "titleFontWeight": "normal",
}

C = TypeVar("C", alt.Chart, alt.LayerChart)


def styled(chart: C) -> C:
    """Return a chart with the look of the house."""
    drawn = chart.copy(deep=False)
    drawn.config = _look()
    return drawn


def layered(
    *layers: alt.Chart, width: float, height: float, background: str | None = None
) -> alt.LayerChart:
    """Return charts on top of each other, at that size, with the look of the house.

    All is given at once: each later step would copy all layers several times.
    """
    return alt.LayerChart(
        layer=list(layers),
        width=width,
        height=height,
        background=alt.Undefined if background is None else background,
        config=_look(),
    )


@cache
def _look() -> alt.Config:
    chart = (
        alt.Chart()
        .configure(font=FONT, background="transparent", aria=False)
        .configure_view(stroke=None)
        .configure_axis(
            **_QUIET,
            gridColor=RULE,
            gridOpacity=0.6,
            tickCount=6,
            ticks=False,
            domain=False,
            labelPadding=6,
            titlePadding=10,
            aria=False,
        )
        .configure_legend(**_QUIET, symbolType="square", aria=False)
        .configure_mark(aria=False)
        .configure_text(color=INK, fontSize=12, aria=False)
    )
    return cast("alt.Config", chart.config)


def records(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return rows as the data of a chart, inside it.

    They are a tuple: Altair copies a chart, and all lists in it, at every step.
    """
    return {"values": tuple(dict(row) for row in rows)}
