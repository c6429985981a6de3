"""A sheet on which marks are placed by pixels: texts, rules, lines and dots from rows of data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt

from rankscope.charts.style import records

if TYPE_CHECKING:
    from collections.abc import Sequence


def at(x: float, y: float, text: str = "") -> dict[str, Any]:
    """Return a row of data: a place in pixels from the top left corner, and perhaps a text."""
    return {"x": round(float(x), 2), "y": round(float(y), 2), "text": text}


@dataclass(frozen=True, slots=True)
class Canvas:
    """A sheet of some pixels; each method returns one layer, or None where there are no rows."""

    width: float
    height: float

    def texts(self, rows: Sequence[dict[str, Any]], **mark: Any) -> alt.Chart | None:
        """Return the texts of rows with x, y, text and perhaps colour."""
        if not rows:
            return None
        chart = alt.Chart(records(rows)).mark_text(baseline="middle", **mark)
        texts = self._placed(chart).encode(text=alt.Text("text:N"))
        return texts.encode(color=_colour()) if "colour" in rows[0] else texts

    def rules(self, rows: Sequence[dict[str, Any]], colour: str) -> alt.Chart | None:
        """Return the straight lines of rows with x, y, x2 and y2."""
        if not rows:
            return None
        chart = alt.Chart(records(rows)).mark_rule(color=colour, strokeWidth=1)
        return self._placed(chart).encode(x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"))

    def paths(self, rows: Sequence[dict[str, Any]], **mark: Any) -> alt.Chart | None:
        """Return the lines through rows with x, y and colour, one for each ``run``."""
        if not rows:
            return None
        chart = alt.Chart(records(rows)).mark_line(opacity=1, **mark)
        return self._placed(chart).encode(detail=alt.Detail("run:N"), color=_colour())

    def dots(self, rows: Sequence[dict[str, Any]]) -> alt.Chart | None:
        """Return the dots of rows with x, y, colour and size, an area in square pixels."""
        if not rows:
            return None
        chart = alt.Chart(records(rows)).mark_circle(opacity=1, stroke="white", strokeWidth=1.2)
        size = alt.Size("size:Q", scale=None, legend=None)
        return self._placed(chart).encode(color=_colour(), size=size)

    def _placed(self, chart: alt.Chart) -> alt.Chart:
        across = alt.Scale(domain=[0, self.width], nice=False, zero=False)
        down = alt.Scale(domain=[self.height, 0], nice=False, zero=False)
        return chart.encode(
            x=alt.X("x:Q", scale=across, axis=None), y=alt.Y("y:Q", scale=down, axis=None)
        )


def _colour() -> alt.Color:
    """Return that colours are those of the rows."""
    return alt.Color("colour:N", scale=None, legend=None)
