"""What is the index made of, and what counts how much?  The tree as an icicle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import altair as alt

from rankscope.charts.groups import groups
from rankscope.charts.labels import LETTER
from rankscope.charts.palette import FAMILIES, mix, readable_on
from rankscope.charts.style import layered, records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Vector

_SMALLEST = 11.0
"""The lowest box, in pixels, that a name fits in."""
_PAD = 8
_ROOT = "#e6eaed"


@dataclass(frozen=True, slots=True)
class _Box:
    node: int
    depth: int
    top: float
    bottom: float
    leaf: bool


def framework_chart(plan: Plan, *, width: int = 1000, height: int | None = None) -> alt.LayerChart:
    """Return the framework from left to right: a box's height is its effective weight.

    Works for any depth: indicators reach to the right edge, wherever they hang.
    """
    tall = height or _height(plan)
    depth = _depth(plan, plan.root)
    columns = _columns(depth, width)
    fills = _fills(plan)
    data = records(_record(plan, box, columns, tall, fills[box.node]) for box in _boxes(plan))
    across = alt.X("left:Q", axis=None, scale=alt.Scale(domain=[0, width], nice=False))
    down = alt.Y("top:Q", axis=None, scale=alt.Scale(domain=[tall, 0], nice=False))
    boxes = (
        alt.Chart(data)
        .mark_rect(stroke="white", strokeWidth=1.5)
        .encode(
            x=across,
            x2=alt.X2("right:Q"),
            y=down,
            y2=alt.Y2("bottom:Q"),
            color=_as_is("fill"),
        )
    )
    names = _texts(data, "left", "name:N").encode(x=alt.X("left:Q"), y=alt.Y("middle:Q"))
    weights = _texts(data, "right", "weight:N").encode(x=alt.X("right:Q"), y=alt.Y("middle:Q"))
    return layered(boxes, names, weights, width=width, height=tall)


def _texts(data: dict[str, Any], side: Literal["left", "right"], text: str) -> alt.Chart:
    shift = _PAD if side == "left" else -_PAD
    marked = alt.Chart(data).mark_text(align=side, baseline="middle", dx=shift)
    texts: alt.Chart = marked.encode(text=alt.Text(text), color=_as_is("ink"))
    return texts


def _as_is(field: str) -> alt.Color:
    return alt.Color(f"{field}:N", scale=None, legend=None)


def _children(plan: Plan, node: int) -> tuple[int, ...]:
    """Return the children that a reader knows: an indicator's two sides are one."""
    return () if plan.nodes[node].spec.is_indicator else plan.nodes[node].children


def _depth(plan: Plan, node: int) -> int:
    return 1 + max((_depth(plan, child) for child in _children(plan, node)), default=0)


def _height(plan: Plan) -> int:
    """Return a height at which most names find room: by number, and by the lightest indicator."""
    indicators = plan.definition.indicators()
    weights = plan.effective_weights()
    lightest = min(float(weights[plan.node(spec.code)]) for spec in indicators)
    wanted = max(len(indicators) * 24.0, 18.0 / lightest if lightest > 0 else 0.0)
    return int(min(wanted, len(indicators) * 42.0, 2400.0))


def _columns(depth: int, width: int) -> list[float]:
    """Return where each depth begins, and the right edge; the root is narrow, indicators wide."""
    shares = [0.62, *[1.0] * max(0, depth - 2), 1.9][:depth] if depth > 1 else [1.0]
    total = sum(shares)
    edges = [0.0]
    for share in shares:
        edges.append(edges[-1] + share / total * width)
    return edges


def _boxes(plan: Plan) -> Iterator[_Box]:
    """Yield a box for each node, from 0 at the top to 1 at the bottom."""
    weights = plan.effective_weights()
    yield _Box(plan.root, 0, 0.0, 1.0, leaf=False)
    top = 0.0
    for pillar in _children(plan, plan.root):
        yield from _branch(plan, pillar, 1, top, weights)
        top += float(weights[pillar])


def _branch(plan: Plan, node: int, depth: int, top: float, weights: Vector) -> Iterator[_Box]:
    children = _children(plan, node)
    yield _Box(node, depth, top, top + float(weights[node]), leaf=not children)
    for child in children:
        yield from _branch(plan, child, depth + 1, top, weights)
        top += float(weights[child])


def _record(plan: Plan, box: _Box, columns: list[float], tall: float, fill: str) -> dict[str, Any]:
    left = columns[box.depth]
    right = columns[-1] if box.leaf else columns[box.depth + 1]
    top, bottom = box.top * tall, box.bottom * tall
    fits = bottom - top >= _SMALLEST
    weight = f"{(box.bottom - box.top) * 100:.1f}%" if box.depth else ""
    room = int((right - left - 2 * _PAD) / LETTER) - len(weight) - 1
    return {
        "left": round(left, 2),
        "right": round(right, 2),
        "top": round(top, 2),
        "bottom": round(bottom, 2),
        "middle": round((top + bottom) / 2, 2),
        "name": _cut(plan.nodes[box.node].spec.name, room) if fits else "",
        "weight": weight if fits else "",
        "fill": fill,
        "ink": readable_on(fill),
    }


def _fills(plan: Plan) -> dict[int, str]:
    """Return a colour for each node: the parts of the score in theirs, paler above and below."""
    found = {plan.root: _ROOT}
    for family, pillar in enumerate(_children(plan, plan.root)):
        pale = mix(FAMILIES[family % len(FAMILIES)][1], "#ffffff", 0.55)
        found |= dict.fromkeys(_all_below(plan, pillar), pale)
    for group in groups(plan):
        for node in group.nodes:
            tints = dict.fromkeys(_all_below(plan, node), mix(group.colour, "#ffffff", 0.82))
            found |= tints | {node: group.colour}
    return found


def _all_below(plan: Plan, node: int) -> list[int]:
    return [node, *(deep for child in _children(plan, node) for deep in _all_below(plan, child))]


def _cut(name: str, room: int) -> str:
    if room < 3:
        return ""
    return name if len(name) <= room else name[: room - 1].rstrip() + "…"
