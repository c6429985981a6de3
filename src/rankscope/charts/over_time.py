"""How do ranks and scores change over time?  A line a unit, named at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import altair as alt
import numpy as np

from rankscope.charts.lanes import in_lanes, lanes_of
from rankscope.charts.lines import Panel, Scene, drawn
from rankscope.charts.palette import FAMILIES, INK, SOFT
from rankscope.charts.style import styled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.analyses.trends import Trends
    from rankscope.shapes import Matrix, Vector, Whole

_COLOURED = 6
"""How many lines have a colour where nobody chose any."""
_LANE = 25.0
_TICKS = (1, 2, 2.5, 5, 10)


def over_time_chart(
    trends: Trends,
    *,
    chosen: Sequence[str] = (),
    most: int = 12,
    title: str = "",
    width: int = 560,
) -> alt.VConcatChart:
    """Return ranks over time above scores (or raw values) over time.

    Shown are the ``most`` units with the best ranks in the last period and the ``chosen``
    ones, by code.  In colour are the chosen ones, or else those that moved most.

    Raises
    ------
    KeyError
        When no unit has one of the codes.
    """
    scene = scene_of(trends, chosen, most, width)
    panels = [drawn(scene, rank_panel(scene)), drawn(scene, value_panel(scene))]
    heading = alt.TitleParams(title or trends.name, subtitle=_subtitle(scene, bool(chosen)))
    both = alt.vconcat(*panels, spacing=28, background="#ffffff", title=heading)
    styles = styled(cast("alt.LayerChart", both)).configure_title(
        anchor="start",
        color=INK,
        subtitleColor=SOFT,
        fontSize=17,
        subtitleFontSize=13,
        subtitlePadding=6,
        offset=16,
    )
    return cast("alt.VConcatChart", styles)


def scene_of(trends: Trends, chosen: Sequence[str], most: int, width: int) -> Scene:
    """Return which units are shown, and in which colours."""
    final = trends.ranks[:, -1]
    leading = [row for row in trends.order() if final[row]][:most]
    row_of = {unit: row for row, unit in enumerate(trends.units)}
    wanted = [row_of[unit] for unit in dict.fromkeys(chosen)]
    moved = np.nan_to_num(np.abs(trends.rank_change))
    movers = sorted((row for row in leading if moved[row]), key=lambda row: -moved[row])
    coloured = wanted or sorted(movers[:_COLOURED], key=leading.index)
    inks = [FAMILIES[place % len(FAMILIES)][0] for place in range(len(coloured))]
    shown = dict.fromkeys([*leading, *wanted])
    span = float(np.ptp(trends.times)) or 1.0
    return Scene(
        periods=trends.periods,
        x=(trends.times - trends.times[0]) / span * width,
        width=float(width),
        names=tuple(trends.names[row] for row in shown),
        colours=tuple(dict(zip(coloured, inks, strict=True)).get(row, "") for row in shown),
        ranks=_or_nan(trends.ranks[list(shown)]),
        values=trends.values[list(shown)],
        heading=_measured(trends),
    )


def rank_panel(scene: Scene) -> Panel:
    """Return the lines of ranks: a lane a rank, the first at the top."""
    lanes = lanes_of(_worth_a_lane(scene))
    return Panel(
        heading="Rank",
        y=in_lanes(scene.ranks, lanes) * _LANE,
        height=max([*lanes.values(), 1.0]) * _LANE,
        ticks=tuple((lane * _LANE, str(rank)) for rank, lane in lanes.items()),
        ends=tuple("" if np.isnan(end) else f"{end:.0f}" for end in _last(scene.ranks)),
        inside=scene.ranks,
    )


def value_panel(scene: Scene, height: float = 320.0) -> Panel:
    """Return the lines of scores or raw values on their own scale."""
    known = scene.values[~np.isnan(scene.values)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    room = (high - low) * 0.04 or 0.5
    low, high = low - room, high + room
    unit = height / (high - low)
    decimals = int(np.clip(2 - np.floor(np.log10(high - low)), 0, 9))
    return Panel(
        heading=scene.heading,
        y=(high - scene.values) * unit,
        height=height,
        ticks=tuple(((high - tick) * unit, f"{tick:,.6g}") for tick in round_numbers(low, high)),
        ends=tuple("" if np.isnan(end) else f"{end:,.{decimals}f}" for end in _last(scene.values)),
        grid=True,
    )


def round_numbers(low: float, high: float) -> Vector:
    """Return about five round numbers from ``low`` to ``high``.

    >>> round_numbers(12.0, 96.0).tolist()
    [20.0, 40.0, 60.0, 80.0]
    """
    rough = (high - low) / 5
    size = 10.0 ** np.floor(np.log10(rough))
    step = next(one for one in _TICKS if one * size >= rough * (1 - 1e-9)) * size
    numbers: Vector = np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
    return numbers


def _worth_a_lane(scene: Scene) -> Iterator[int]:
    """Yield the ranks that have a lane: in the last period, of lines in colour, and the best."""
    best = np.isfinite(scene.ranks[:, -1]).sum()
    for series, colour in zip(scene.ranks, scene.colours, strict=True):
        seen = ~np.isnan(series)
        kept = seen if colour else seen & (series <= best)
        kept[-1] = seen[-1]
        yield from series[kept].astype(int).tolist()


def _subtitle(scene: Scene, chosen: bool) -> str:
    period = scene.periods[-1]
    leading = f"The first of {period}"
    if chosen:
        return f"{leading}, and in colour those chosen"
    return f"{leading}, in colour those that moved most" if any(scene.colours) else leading


def _measured(trends: Trends) -> str:
    if not trends.raw:
        return "Score"
    return f"{trends.name}, {trends.measured_in}" if trends.measured_in else trends.name


def _or_nan(ranks: Whole) -> Matrix:
    return np.where(ranks > 0, ranks, np.nan)


def _last(series: Matrix) -> list[float]:
    """Return the last number of each line, NaN where it has none."""
    return [[np.nan, *one[~np.isnan(one)].tolist()][-1] for one in series]
