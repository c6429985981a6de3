"""How do scale and intensity go together?  A dot for each unit, the odd ones with their name."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from rankscope.charts.labels import LEVELS, RISE, SIDES, place_labels, shift_of
from rankscope.charts.palette import ACCENT, INK, SOFT
from rankscope.charts.style import layered, records
from rankscope.pipeline.plan import INTENSITY, SCALE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.pipeline.result import Result
    from rankscope.shapes import Vector, Whole


@dataclass(frozen=True, slots=True)
class _Cloud:
    """The dots: rows of the result, their places and names, and the ends of both axes."""

    rows: Whole
    x: Vector
    y: Vector
    names: tuple[str, ...]
    links: tuple[str, ...]

    @property
    def axes(self) -> tuple[alt.X, alt.Y]:
        """Return both axes."""
        return (
            alt.X("x:Q", title="Scale: how much there is  →", scale=_scale(self.x)),
            alt.Y("y:Q", title="Intensity: how much relative to size  →", scale=_scale(self.y)),
        )

    def data(self, dots: Sequence[int]) -> dict[str, Any]:
        """Return some of the dots as data of a chart."""
        return records(
            {
                "x": round(float(self.x[dot]), 4),
                "y": round(float(self.y[dot]), 4),
                "name": self.names[dot],
                **({"link": self.links[dot]} if self.links else {}),
            }
            for dot in dots
        )


def views_chart(
    result: Result,
    *,
    width: int = 760,
    height: int = 560,
    labels: int = 28,
    links: Sequence[str] = (),
) -> alt.LayerChart:
    """Return the scatter chart of scores in scale (across) and in intensity (up).

    Named are the leaders and those furthest from the common line, as far as the
    names do not cover each other.  ``links`` holds a
    ``#place`` in the same page for each row.

    Raises
    ------
    KeyError
        When the index has no views.
    """
    cloud = _cloud(result, links)
    across, up = cloud.axes
    link = {"href": alt.Href("link:N")} if cloud.links else {}
    dots = alt.Chart(cloud.data(range(len(cloud.rows)))).mark_circle(
        size=60, opacity=0.85, color=ACCENT, stroke="white", strokeWidth=0.8
    )
    layers: list[alt.Chart] = [*_medians(cloud), dots.encode(x=across, y=up, **link)]
    named = place_labels(
        _pixels(cloud, width, height), cloud.names, _remarkable(cloud), (width, height), labels
    )
    for side, level in itertools.product(SIDES, LEVELS):
        beside = [label.dot for label in named if (label.align, label.level) == (side, level)]
        shift = shift_of(level) if side == "left" else -shift_of(level)
        texts = alt.Chart(cloud.data(beside)).mark_text(
            align=side, dx=shift, dy=level * RISE, baseline="middle", color=INK
        )
        layers += [texts.encode(x=across, y=up, text=alt.Text("name:N"), **link)] if beside else []
    return layered(*layers, width=width, height=height)


def odd_ones(
    result: Result, most: int = 3, among: Sequence[int] | None = None
) -> tuple[list[int], list[int]]:
    """Return the rows whose rank in scale is far better than in intensity, and the reverse.

    ``among`` are the rows to choose from, by default all with a rank.
    """
    scale, intensity = result.rank(view=SCALE), result.rank(view=INTENSITY)
    both = [row for row in among or result.order() if scale[row] and intensity[row]]
    by_gap = sorted(both, key=lambda row: int(scale[row]) - int(intensity[row]))
    larger = [row for row in by_gap[:most] if scale[row] < intensity[row]]
    denser = [row for row in by_gap[::-1][:most] if scale[row] > intensity[row]]
    return larger, denser


def _cloud(result: Result, links: Sequence[str]) -> _Cloud:
    across, up = result.score(view=SCALE), result.score(view=INTENSITY)
    rows = np.flatnonzero(~np.isnan(across) & ~np.isnan(up) & (result.rank() > 0))
    return _Cloud(
        rows=rows,
        x=across[rows],
        y=up[rows],
        names=tuple(result.names[row] for row in rows),
        links=tuple(_within(links[int(row)]) for row in rows) if links else (),
    )


def _within(link: str) -> str:
    """Return a link to a place in the same page; any other becomes one to its top."""
    return link if link.startswith("#") else "#"


def _ends(values: Vector) -> tuple[float, float]:
    """Return the ends of an axis: all values with a little room."""
    if not values.size:
        return 0.0, 1.0
    low, high = float(values.min()), float(values.max())
    room = (high - low) * 0.05 or 1.0
    return low - room, high + room


def _scale(values: Vector) -> alt.Scale:
    return alt.Scale(domain=list(_ends(values)), nice=False, zero=False)


def _medians(cloud: _Cloud) -> list[alt.Chart]:
    """Return the two thin lines that cut each axis at its median."""
    if not cloud.rows.size:
        return []
    across, up = cloud.axes
    upright, level = (
        alt.Chart(records([place])).mark_rule(color=SOFT, strokeDash=[2, 3], opacity=0.7)
        for place in ({"x": float(np.median(cloud.x))}, {"y": float(np.median(cloud.y))})
    )
    return [upright.encode(x=across), level.encode(y=up)]


def _pixels(cloud: _Cloud, width: int, height: int) -> list[tuple[float, float]]:
    (left, right), (low, high) = _ends(cloud.x), _ends(cloud.y)
    xs = (cloud.x - left) / (right - left) * width
    ys = height - (cloud.y - low) / (high - low) * height
    return [(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]


def _remarkable(cloud: _Cloud) -> list[int]:
    """Return the dots, those first that are furthest out, across the common line or along it."""
    if not cloud.rows.size:
        return []
    x, y = _standard(cloud.x), _standard(cloud.y)
    along, across = np.abs(x + y) / 2, np.abs(x - y)
    return [int(dot) for dot in np.argsort(-np.maximum(along, across * 1.4), kind="stable")]


def _standard(values: Vector) -> Vector:
    spread = float(values.std()) or 1.0
    standard: Vector = (values - values.mean()) / spread
    return standard
