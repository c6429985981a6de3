"""From a chart to a picture: SVG or PNG, without a browser and without loading anything."""

from __future__ import annotations

import html
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import vl_convert
from altair.utils import schemapi

from rankscope.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import altair as alt

    Drawable = alt.Chart | alt.LayerChart | alt.VConcatChart | alt.HConcatChart

_NOWHERE: list[str] = []
"""From where a chart may load data or pictures."""

_MEASURE = "Liberation Sans"
"""The font in which texts of a page's pictures are measured, which the renderer brings along.

Room is the same on every machine then.
"""

_STAND_IN, _SHORT = "¤", 6
"""What stands in for a text of more letters than that while a picture is drawn."""

_STOOD_IN = re.compile(rf">({_STAND_IN}\d+)</text>")

_SIZE = re.compile(r'<svg [^>]*?width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)"[^>]*>')
_NOTHING = re.compile(r'<path (?:class="(?:background|foreground)"|[^>]*d="M0,0h0v0h0Z")[^>]*/>')
_MUTE = re.compile(r' (?:class|role|aria-[a-z]+|pointer-events|font-family|target)="[^"]*"')
_LINK = re.compile(r'<a [^>]*?href="[^"#]*(?P<anchor>#[A-Za-z0-9][A-Za-z0-9_-]*)?[^"]*"[^>]*>')
_FRACTION = re.compile(r"(?<=\d\.\d)\d+(?=[,)][^<>]*>)")  # in tags, never in texts


@contextmanager
def unchecked() -> Iterator[None]:
    """Draw without holding every mark against the schema of Vega-Lite.

    Tests draw the same charts with the check, which takes half of the time of a page of them.
    """
    with schemapi.debug_mode(arg=False):
        yield


def svg(chart: Drawable) -> str:
    """Return a chart as SVG.

    Raises
    ------
    OutputError
        When the chart can not be drawn.
    """
    return _svg(_specification(chart))


def _svg(specification: dict[str, Any]) -> str:
    try:
        return vl_convert.vegalite_to_svg(specification, allowed_base_urls=_NOWHERE)
    except ValueError as problem:
        raise OutputError(f"The chart can not be drawn: {problem}") from None


def png(chart: Drawable, *, scale: float = 2.0) -> bytes:
    """Return a chart as PNG, ``scale`` pixels to a point.

    Raises
    ------
    OutputError
        When the chart can not be drawn.
    """
    try:
        return vl_convert.vegalite_to_png(
            _specification(chart), scale=scale, allowed_base_urls=_NOWHERE
        )
    except ValueError as problem:
        raise OutputError(f"The chart can not be drawn: {problem}") from None


def inline_svg(chart: Drawable, titles: Mapping[str, str] | None = None) -> str:
    """Return a chart as SVG to stand inside a page, which gives it font, size and label.

    Links may only lead to a place in the same page; ``titles`` holds a sentence
    for each such ``#place``.  All that the page says better is taken out.
    """
    specification, texts = _short(_specification(chart))
    drawn = _svg(specification)
    size = _SIZE.search(drawn)
    if size is None:
        raise OutputError("The chart can not be drawn: it has no size.")
    inside = drawn[size.end() : drawn.rindex("</svg>")]
    for waste in (_NOTHING, _MUTE, _FRACTION):
        inside = waste.sub("", inside)
    inside = _LINK.sub(lambda link: _anchor(link["anchor"], titles or {}), inside)
    inside = _STOOD_IN.sub(lambda found: f">{texts.get(found[1], found[1])}</text>", inside)
    box = f"0 0 {size['width']} {size['height']}"
    return f'<svg class="chart" viewBox="{box}" aria-hidden="true">{inside}</svg>'


def _anchor(place: str | None, titles: Mapping[str, str]) -> str:
    if place is None:
        return "<a>"
    title = f"<title>{html.escape(titles[place])}</title>" if place in titles else ""
    return f'<a href="{place}" tabindex="-1">{title}'


def _short(specification: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a specification with short stand-ins for the texts put at places, and those texts.

    The renderer measures all texts and opens a font for every letter, which takes most of its
    time; where each text has its place, nothing depends on its width.
    """
    texts: dict[str, str] = {}

    def stood_in(row: dict[str, Any]) -> dict[str, Any]:
        if len(row.get("text", "")) <= _SHORT:
            return row
        short = f"{_STAND_IN}{len(texts)}"
        texts[short] = html.escape(row["text"], quote=False)
        return row | {"text": short}

    data = {
        name: [stood_in(row) for row in rows]
        for name, rows in specification.get("datasets", {}).items()
    }
    config = specification.get("config", {}) | {"font": _MEASURE}
    return specification | {"datasets": data, "config": config}, texts


def _specification(chart: Drawable) -> dict[str, Any]:
    specification: dict[str, Any] = chart.to_dict(validate=schemapi.DEBUG_MODE)
    return specification
