"""Scale against intensity: the scatter chart, wide and narrow, and who is far from the line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.charts.render import inline_svg
from rankscope.charts.views import odd_ones, views_chart
from rankscope.pages.trust import our_own
from rankscope.pipeline.plan import INTENSITY, SCALE

if TYPE_CHECKING:
    from markupsafe import Markup

    from rankscope.report.material import Material

_ODD = 5


@dataclass(frozen=True, slots=True)
class Odd:
    """A unit whose ranks in the two views are far apart."""

    name: str
    anchor: str
    scale: str
    intensity: str


@dataclass(frozen=True, slots=True)
class Views:
    """Both views side by side."""

    wide: Markup
    narrow: Markup
    larger: tuple[Odd, ...]
    denser: tuple[Odd, ...]
    shown: int


def views(material: Material) -> Views | None:
    """Return the section, or None for an index with one view."""
    if INTENSITY not in material.views or not material.result.order():
        return None
    result = material.result
    links = () if material.compact else tuple(f"#{anchor}" for anchor in material.anchors)
    titles = {link: _title(material, row) for row, link in enumerate(links)}
    wide = views_chart(result, width=900, height=600, labels=44, links=links)
    narrow = views_chart(result, width=300, height=440, labels=16, links=links)
    larger, denser = odd_ones(result, _ODD)
    return Views(
        wide=our_own(inline_svg(wide, titles)),  # texts in a drawing are escaped
        narrow=our_own(inline_svg(narrow, titles)),
        larger=tuple(_odd(material, row) for row in larger),
        denser=tuple(_odd(material, row) for row in denser),
        shown=len(result.order()),
    )


def _title(material: Material, row: int) -> str:
    scale, intensity = (
        material.score(float(material.result.score(view=view)[row])) for view in (SCALE, INTENSITY)
    )
    return f"{material.result.names[row]}: scale {scale}, intensity {intensity}"


def _odd(material: Material, row: int) -> Odd:
    return Odd(
        name=material.result.names[row],
        anchor=material.anchors[row],
        scale=material.place(row, SCALE),
        intensity=material.place(row, INTENSITY),
    )
