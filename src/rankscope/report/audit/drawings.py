"""Pictures of the audit report: a chart, for large screens and for phones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.charts.render import inline_svg, unchecked
from rankscope.pages.trust import our_own
from rankscope.report.audit.exhibits import Drawing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from markupsafe import Markup

WIDE, NARROW, SMALL = 900.0, 340.0, 340.0
"""Widths in pixels: of a figure, on a phone, and of one of several side by side."""


def drawing(
    chart: Callable[[float], Any],
    label: str,
    *,
    title: str = "",
    titles: Mapping[str, str] | None = None,
) -> Drawing:
    """Return a picture of a chart, which is made for a width, for large screens and for phones.

    ``titles`` holds a sentence for each ``#place`` that the chart links to.
    """
    wide, narrow = (_drawn(chart, width, titles) for width in (WIDE, NARROW))
    return Drawing(label, wide, narrow, title)


def small_drawing(chart: Callable[[float], Any], label: str, *, title: str) -> Drawing:
    """Return a picture that is small enough for a phone, to stand beside others."""
    return Drawing(label, _drawn(chart, SMALL), None, title)


def _drawn(
    chart: Callable[[float], Any], width: float, titles: Mapping[str, str] | None = None
) -> Markup:
    with unchecked():
        return our_own(inline_svg(chart(width), titles))  # texts in it are escaped
