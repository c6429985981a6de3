"""Lines over time, drawn in pixels: every line named at its end, names never on each other."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import altair as alt
import numpy as np

from rankscope.charts.canvas import Canvas, at
from rankscope.charts.lanes import apart
from rankscope.charts.palette import INK, OTHER, RULE, SOFT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.shapes import Matrix, Vector

_LETTERS = 46
"""How long a name may be before it is cut."""
_LINE = 15.0
"""How far names lie apart."""
_AWAY, _BEND = 26.0, 8.0
"""How far names stand from the last period, and where the thin line to them bends."""
_LEFT, _ABOVE = -20.0, -24.0
_WORD = 46.0
"""How much room the name of a period takes."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is drawn: lines and their colours ("" for grey), over periods at ``x``, (periods,).

    ``ranks`` and ``values`` are of shape (lines, periods), NaN for none.
    """

    periods: tuple[str, ...]
    x: Vector
    width: float
    names: tuple[str, ...]
    colours: tuple[str, ...]
    ranks: Matrix
    values: Matrix
    heading: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Lines at heights ``y`` in pixels, (lines, periods), with what stands at their ends.

    ``inside`` (lines, periods) are numbers to be written into the dots of lines in colour.
    """

    heading: str
    y: Matrix
    height: float
    ticks: tuple[tuple[float, str], ...]
    ends: tuple[str, ...]
    grid: bool = False
    inside: Matrix | None = None


class _End(NamedTuple):
    """Where a line ends: its number, its last period, its height there, and that of its name."""

    line: int
    period: int
    height: float
    place: float


def drawn(scene: Scene, panel: Panel) -> alt.LayerChart:
    """Return a panel as layers, grey lines below those in colour."""
    canvas, ends = Canvas(scene.width, panel.height), _ends(panel)
    layers = [
        *_frame(scene, panel, canvas),
        canvas.rules(_leads(scene, ends), OTHER),
        *_lines(scene, panel, canvas, coloured=False),
        *_lines(scene, panel, canvas, coloured=True),
        *(canvas.texts(rows, align="left", **mark) for rows, mark in _names(scene, panel, ends)),
    ]
    some = [layer for layer in layers if layer is not None]
    chart = alt.layer(*some).properties(width=scene.width, height=panel.height)
    return cast("alt.LayerChart", chart)


def _frame(scene: Scene, panel: Panel, canvas: Canvas) -> Iterator[alt.Chart | None]:
    """Yield thin rules, the names of periods, the numbers at the left, and the heading."""
    upright = [{"x": x, "x2": x, "y": -10.0, "y2": panel.height + 10} for x in scene.x.tolist()]
    level = [{"x": 0.0, "x2": scene.width, "y": y, "y2": y} for y, _ in panel.ticks]
    yield canvas.rules([*upright, *(level if panel.grid else [])], RULE)
    periods = [at(scene.x[one], _ABOVE, scene.periods[one]) for one in _with_room(scene.x)]
    yield canvas.texts(periods, align="center", color=SOFT)
    ticks = [at(_LEFT, y, text) for y, text in panel.ticks]
    yield canvas.texts(ticks, align="right", color=SOFT)
    heading = [at(2 * _LEFT, _ABOVE - 22, panel.heading)]
    yield canvas.texts(heading, align="left", color=INK, fontWeight="bold")


def _with_room(x: Vector) -> list[int]:
    """Return the periods whose name has room, the last one first of all."""
    kept: list[int] = []
    for period in range(len(x) - 1, -1, -1):
        if not kept or x[kept[-1]] - x[period] >= _WORD:
            kept.append(period)
    return kept


def _lines(
    scene: Scene, panel: Panel, canvas: Canvas, *, coloured: bool
) -> Iterator[alt.Chart | None]:
    """Yield the lines in colour or the others, each broken where it has gaps, and their dots."""
    numbers = [line for line, colour in enumerate(scene.colours) if bool(colour) == coloured]
    runs = [point for line in numbers for point in _runs(scene, panel, line)]
    bridges = [point for line in numbers for point in _bridges(scene, panel, line)]
    width = 3.0 if coloured else 1.6
    yield canvas.paths(runs, strokeWidth=width, interpolate="monotone")
    yield canvas.paths(bridges, strokeWidth=width * 0.7, strokeDash=[2, 4])
    yield canvas.dots(runs)
    inside = [at(one["x"], one["y"], one["number"]) for one in runs if one["number"]]
    yield canvas.texts(inside, align="center", color="#ffffff", fontSize=10.5, fontWeight="bold")


def _runs(scene: Scene, panel: Panel, line: int) -> Iterator[dict[str, Any]]:
    """Yield the points of a line; ``run`` changes where there is a gap."""
    run, colour = 0, scene.colours[line]
    for period, y in enumerate(panel.y[line].tolist()):
        if np.isnan(y):
            run += 1
            continue
        told = panel.inside is not None and bool(colour)
        number = f"{panel.inside[line, period]:.0f}" if told and panel.inside is not None else ""
        size = 330.0 + 110.0 * max(0, len(number) - 2) if number else 60.0 if colour else 34.0
        own = {"run": f"{line}.{run}", "number": number, "size": size, "colour": colour or OTHER}
        yield at(scene.x[period], y) | own


def _bridges(scene: Scene, panel: Panel, line: int) -> Iterator[dict[str, Any]]:
    """Yield the two ends of each gap inside a line."""
    known = np.flatnonzero(~np.isnan(panel.y[line]))
    for before, after in itertools.pairwise(known):
        if after - before > 1:
            own = {"run": f"{line}.{before}", "colour": scene.colours[line] or OTHER}
            yield at(scene.x[before], panel.y[line, before]) | own
            yield at(scene.x[after], panel.y[line, after]) | own


def _ends(panel: Panel) -> list[_End]:
    """Return where lines end and where their names stand."""
    lines = [line for line, end in enumerate(panel.ends) if end]
    last = [int(np.flatnonzero(~np.isnan(panel.y[line]))[-1]) for line in lines]
    heights = panel.y[lines, last]
    places = apart(heights, _LINE, -_LINE, panel.height + _LINE)
    return [_End(*one) for one in zip(lines, last, heights, places, strict=True)]


def _leads(scene: Scene, ends: Sequence[_End]) -> list[dict[str, Any]]:
    """Return thin lines from the ends of lines to their names."""
    beside = scene.width + _AWAY - 5
    return [
        {"x": float(scene.x[end.period]) + 11, "y": end.height, "x2": beside, "y2": end.place}
        for end in ends
    ]


def _names(
    scene: Scene, panel: Panel, ends: Sequence[_End]
) -> Iterator[tuple[list[dict[str, Any]], dict[str, str]]]:
    """Yield the names at the ends of lines and their type: bold for those in colour."""
    for weight in ("normal", "bold"):
        yield (
            [
                at(scene.width + _AWAY, end.place, _named(scene, panel, end))
                | {"colour": scene.colours[end.line] or SOFT}
                for end in ends
                if bool(scene.colours[end.line]) == (weight == "bold")
            ],
            {"fontWeight": weight},
        )


def _named(scene: Scene, panel: Panel, end: _End) -> str:
    """Return the last number of a line and its name, and the period where it ended early."""
    name = scene.names[end.line]
    cut = name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1].rstrip()}…"
    early = end.period < len(scene.periods) - 1
    return f"{panel.ends[end.line]}  {cut}" + f" ({scene.periods[end.period]})" * early
