"""Charts without axes, drawn in pixels: texts, boxes and lines where they are put.

For pictures that are tables as much as charts, whose texts must not cover each other.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import altair as alt

from rankscope.charts.palette import INK, RULE
from rankscope.charts.style import layered, records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True, order=True)
class TextStyle:
    """How a text looks, and which of its points stands at its place."""

    align: Align = "left"
    colour: str = INK
    size: int = 12
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A text at a place, upright in its middle."""

    x: float
    y: float
    text: str
    style: TextStyle = TextStyle()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Pill:
    """A filled box around its middle."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    start: tuple[float, float]
    end: tuple[float, float]
    colour: str = RULE
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle around its middle, with an outline."""

    x: float
    y: float
    radius: float
    fill: str
    outline: str = "white"


Mark: TypeAlias = Text | Pill | Stroke | Dot


def drawn(
    marks: Iterable[Mark],
    size: tuple[float, float],
    *,
    corner: float = 0.0,
    ground: Iterable[Pill] = (),
) -> alt.LayerChart:
    """Return a picture: lines below, boxes above them, then dots, texts on top.

    The origin is top left; ``ground`` are boxes below all else.
    """
    given = list(marks)
    strokes = [one for one in given if isinstance(one, Stroke)]
    pills = [one for one in given if isinstance(one, Pill)]
    dots = [one for one in given if isinstance(one, Dot)]
    texts = [one for one in given if isinstance(one, Text)]
    layers = [
        *_pills(ground, size, 0.0),
        *_strokes(strokes, size),
        *_pills(pills, size, corner),
        *_dots(dots, size),
        *_texts(texts, size),
    ]
    return layered(*layers, width=size[0], height=size[1], background="white")


def _x(field: str, size: tuple[float, float]) -> alt.X:
    scale = alt.Scale(domain=[0, size[0]], nice=False, zero=False)
    return alt.X(f"{field}:Q", axis=None, scale=scale)


def _y(field: str, size: tuple[float, float]) -> alt.Y:
    scale = alt.Scale(domain=[size[1], 0], nice=False, zero=False)
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def _ends() -> dict[str, Any]:
    return {"x2": alt.X2("x2:Q"), "y2": alt.Y2("y2:Q")}


def _plain(number: float) -> float:
    return round(float(number), 1)


def _strokes(strokes: Iterable[Stroke], size: tuple[float, float]) -> Iterator[alt.Chart]:
    def look(one: Stroke) -> tuple[float, str, bool]:
        return one.width, one.colour, one.dashed

    for (width, colour, dashed), group in itertools.groupby(sorted(strokes, key=look), look):
        data = records(
            dict(zip(("x", "y", "x2", "y2"), map(_plain, (*one.start, *one.end)), strict=True))
            for one in group
        )
        mark = alt.Chart(data).mark_rule(
            color=colour,
            strokeWidth=width,
            strokeCap="butt" if dashed else "round",
            strokeDash=[3, 3] if dashed else alt.Undefined,
        )
        yield mark.encode(x=_x("x", size), y=_y("y", size), **_ends())


def _pills(pills: Iterable[Pill], size: tuple[float, float], corner: float) -> Iterator[alt.Chart]:
    data = records(
        {
            "x": _plain(one.x - one.width / 2),
            "x2": _plain(one.x + one.width / 2),
            "y": _plain(one.y - one.height / 2),
            "y2": _plain(one.y + one.height / 2),
            "fill": one.fill,
        }
        for one in pills
    )
    if data["values"]:
        mark = alt.Chart(data).mark_rect(cornerRadius=corner)
        fill = alt.Fill("fill:N", scale=None, legend=None)
        yield mark.encode(x=_x("x", size), y=_y("y", size), **_ends(), fill=fill)


def _dots(dots: Iterable[Dot], size: tuple[float, float]) -> Iterator[alt.Chart]:
    def look(one: Dot) -> tuple[float, str, str]:
        return -one.radius, one.fill, one.outline

    for (radius, fill, outline), group in itertools.groupby(sorted(dots, key=look), look):
        data = records({"x": _plain(one.x), "y": _plain(one.y)} for one in group)
        mark = alt.Chart(data).mark_circle(
            size=math.pi * radius**2, color=fill, opacity=1, stroke=outline, strokeWidth=1.2
        )
        yield mark.encode(x=_x("x", size), y=_y("y", size))


def _texts(texts: Iterable[Text], size: tuple[float, float]) -> Iterator[alt.Chart]:
    def look(one: Text) -> tuple[TextStyle, bool]:
        return one.style, bool(one.link)

    ordered = sorted((one for one in texts if one.text), key=look)
    for (style, linked), group in itertools.groupby(ordered, look):
        data = records(
            {"x": _plain(one.x), "y": _plain(one.y), "text": one.text}
            | ({"link": one.link} if linked else {})
            for one in group
        )
        mark = alt.Chart(data).mark_text(
            align=style.align,
            baseline="middle",
            color=style.colour,
            fontSize=style.size,
            fontWeight="bold" if style.bold else "normal",
        )
        link = {"href": alt.Href("link:N")} if linked else {}
        yield mark.encode(x=_x("x", size), y=_y("y", size), text=alt.Text("text:N"), **link)


def cut(text: str, most: int) -> str:
    """Return a text of at most that many letters, the last one an ellipsis where it is cut."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def cut_inside(text: str, most: int) -> str:
    """Return a text of at most that many letters, with both of its ends: names differ at either.

    >>> cut_inside("University of Somewhere, campus 7", 20)
    'Universit…, campus 7'
    """
    if len(text) <= most:
        return text
    tail = most // 2
    return f"{text[: most - tail - 1].rstrip()}…{text[-tail:].lstrip()}"


def wrapped(text: str, most: int, lines: int) -> Sequence[str]:
    """Return a text in at most so many lines of so many letters; what is left over is cut.

    >>> wrapped("Without the operating environment", 14, 2)
    ['Without the', 'operating env…']
    """
    import textwrap

    found = textwrap.wrap(text, most, break_on_hyphens=False)
    if len(found) <= lines:
        return found
    return [*found[: lines - 1], cut(f"{found[lines - 1]} {found[lines]}", most)]
