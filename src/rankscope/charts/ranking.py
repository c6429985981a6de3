"""Who is ahead, and with what?  The leaders as stacked bars of their parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from rankscope.charts.groups import groups, stacked
from rankscope.charts.palette import ACCENT
from rankscope.charts.style import records, styled
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from rankscope.pipeline.result import Result


def ranking_chart(
    result: Result, *, view: str = HEADLINE, most: int = 30, width: int = 560
) -> alt.Chart:
    """Return the best units as bars, stacked by sub-pillar where the parts add up.

    Raises
    ------
    KeyError
        When the index has no such view.
    """
    parts = groups(result.plan)
    stack = stacked(result, parts, view)
    rows = result.order(view=view)[:most]
    names = [result.names[row] for row in rows]
    unit = alt.Y("unit:N", sort=names, title=None, axis=alt.Axis(labelLimit=220, ticks=False))
    if stack is None:
        scores = result.score(view=view)
        plain = ({"unit": result.names[row], "score": float(scores[row])} for row in rows)
        bars = alt.Chart(records(plain)).mark_bar(color=ACCENT)
        return styled(_sized(bars.encode(y=unit, x=alt.X("score:Q", title="Score")), rows, width))
    data = records(
        {"unit": result.names[row], "part": part.name, "order": place, "points": points}
        for row in rows
        for place, (part, points) in enumerate(zip(parts, stack[row].tolist(), strict=True))
    )
    colours = alt.Scale(domain=[part.name for part in parts], range=[part.colour for part in parts])
    bars = alt.Chart(data).mark_bar(stroke="white", strokeWidth=0.5)
    encoded = bars.encode(
        y=unit,
        x=alt.X("points:Q", title="Score"),
        color=alt.Color("part:N", scale=colours, title=None, legend=alt.Legend(orient="top")),
        order=alt.Order("order:O"),
    )
    return styled(_sized(encoded, rows, width))


def _sized(chart: alt.Chart, rows: list[int], width: int) -> alt.Chart:
    return chart.properties(width=width, height=max(40, 18 * len(rows)))
