"""How are the values of each indicator spread?  A strip for each, with its box and its tails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from rankscope._words import visible
from rankscope.analyses.coherence.subject import subject_of
from rankscope.charts.keys import LINE, Key
from rankscope.charts.marks import Pill, Stroke, Text, TextStyle, cut, drawn
from rankscope.charts.palette import FAMILIES, INK, SOFT, mix
from rankscope.charts.row_sheet import Rows, and_more, heading, nothing, signed
from rankscope.errors import MethodError
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

    from rankscope.analyses.coherence.statistics import DescriptiveStatistics
    from rankscope.charts.marks import Mark
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Matrix, Vector

NEAR = ("#b9d9e6", FAMILIES[0][0])
"""The colours of a place with one unit, and of one with many."""

FAR = ("#eea25a", FAMILIES[1][0])
"""The same of places far from the others, which are lower boxes too."""

FENCE = 1.5
"""Beyond so many times the middle half from it, a unit is far from the others (Tukey 1977,
Exploratory Data Analysis)."""

_BIN, _CROWD = 4.0, 8
_STAGES = {"raw": "raw", "denominated": "denomination", "treated": "treatment"}

Stage = Literal["raw", "denominated", "treated"]


@dataclass(frozen=True, slots=True)
class _Strip:
    """An indicator: its values from 0 to 1 over its range, its quartiles, and its fences."""

    name: str
    note: str
    flagged: bool
    values: Vector
    box: tuple[float, float, float]
    fence: tuple[float, float]
    empty: str


def distributions_chart(  # noqa: PLR0913 - what is drawn, of what, and how large
    found: DescriptiveStatistics,
    result: Result,
    *,
    indicators: Sequence[str] = (),
    stage: Stage = "denominated",
    view: str = HEADLINE,
    node: str | None = None,
    period: str | None = None,
    top: int = 16,
    width: float = 900,
    title: str | None = None,
) -> alt.LayerChart:
    """Return a strip for each of some indicators, by code, from its lowest to its highest value.

    All are shown where none is named, up to ``top``.  Darker places hold more units.
    ``result``, ``view``, ``node`` and ``period`` are those of the statistics.

    Raises
    ------
    MethodError
        When there are no statistics of an indicator, or they are of other units.
    """
    chosen = _chosen(found, indicators)
    strips = _strips(
        found, _values(found, result, stage, (view, node, period)), chosen[:top], stage
    )
    keys = [
        Key("box", "one unit", NEAR[0]),
        Key("box", f"{_CROWD} units or more in one place", NEAR[1]),
        Key("line", "middle half of the units"),
        Key("tick", "median"),
        Key("bar", "far from the others", FAR[0]),
        Key("none", "▲  outliers: skewness beyond 2 and kurtosis above 3.5"),
    ]
    said = "How values are spread" if title is None else title
    marks, under = heading(said, keys, width)
    sheet = Rows(
        names=tuple(f"▲ {one.name}" if one.flagged else one.name for one in strips),
        notes=tuple(one.note for one in strips),
        width=width,
        top=under + 8,
        low=0.0,
        high=1.0,
        strong=frozenset(at for at, one in enumerate(strips) if one.flagged),
    )
    marks += sheet.labels()
    for at, one in enumerate(strips):
        marks += _strip(sheet, at, one)
    more = and_more(len(chosen) - top, "indicators") or ("" if strips else "No indicators here.")
    marks += [nothing(more, sheet.bottom, width)] if more else []
    return drawn(marks, (width, sheet.bottom + (LINE + 8 if more else 6)))


def _chosen(found: DescriptiveStatistics, indicators: Sequence[str]) -> list[int]:
    """Return where the indicators are among the statistics; all leaves of each."""
    for code in indicators:
        if not any(_is(own, code) for own in found.codes):
            raise MethodError(f"There are no statistics of {visible(code)}.")
    wanted = indicators or dict.fromkeys(found.codes)
    return [at for code in wanted for at, own in enumerate(found.codes) if _is(own, code)]


def _is(own: str, code: str) -> bool:
    """Whether a code is that of an indicator, or of one of its two sides."""
    return own == code or own.rpartition(".")[0] == code


def _values(
    found: DescriptiveStatistics,
    result: Result,
    stage: Stage,
    where: tuple[str, str | None, str | None],
) -> Matrix:
    """Return the values that the statistics are of, (units, indicators)."""
    view, node, period = where
    subject = subject_of(result, view=view, node=node, period=period)
    leaves = list(subject.leaves)
    codes = subject.codes(tuple(result.plan.leaves[leaf].node for leaf in leaves))
    if codes != found.codes or len(subject.rows) != found.units:
        raise MethodError(
            "The statistics are of other units or indicators than the result. Give the result, "
            "view, node and period that they were made of."
        )
    values: Matrix = result.leaves.record(_STAGES[stage]).matrix[subject.rows][:, leaves]
    return values


def _strips(
    found: DescriptiveStatistics, values: Matrix, chosen: list[int], stage: Stage
) -> list[_Strip]:
    row = found.stages.index(stage)
    return [_strip_of(found, values[:, at], row, at) for at in chosen]


def _strip_of(found: DescriptiveStatistics, values: Vector, row: int, at: int) -> _Strip:
    """Return what is drawn of one indicator at a stage."""
    known = values[np.isfinite(values)]
    low, high = (known.min(), known.max()) if known.size else (0.0, 0.0)
    name = found.names[at] if found.counted[at] else f"{found.names[at]} (not counted)"
    if not high > low:
        said = f"{low:.6g} for all {known.size} units" if known.size else "no values"
        return _Strip(
            name, "", flagged=False, values=known[:0], box=(0, 0, 0), fence=(0, 1), empty=said
        )
    scaled = (known - low) / (high - low)
    first, middle, third = (float(one) for one in np.quantile(scaled, (0.25, 0.5, 0.75)))
    fence = FENCE * (third - first)
    skewed, tailed = (float(one[row, at]) for one in (found.skewness, found.kurtosis))
    return _Strip(
        name=name,
        note=f"skewness {_number(skewed)}, kurtosis {_number(tailed)}",
        flagged=bool(found.outliers[row, at]),
        values=scaled,
        box=(first, middle, third),
        fence=(first - fence, third + fence),
        empty="",
    )


def _strip(sheet: Rows, at: int, one: _Strip) -> Iterator[Mark]:
    """Yield the places of a strip, darker with more units, and the box."""
    y = sheet.y(at)
    if one.empty:
        room = int((sheet.right - sheet.left) / sheet.letter)
        yield Text(sheet.left, y, cut(one.empty, room), TextStyle("left", SOFT, sheet.size - 1))
        return
    wide = sheet.right - sheet.left
    places = np.floor((wide - 0.001) * one.values / _BIN)
    far = (one.values < one.fence[0]) | (one.values > one.fence[1])
    for tones, which in ((NEAR, ~far), (FAR, far)):
        for place, count in zip(*np.unique(places[which], return_counts=True), strict=True):
            x = sheet.left + (float(place) + 0.5) * _BIN
            high = 11.0 if tones is NEAR else 7.0
            yield Pill(x, y - 2, _BIN - 1, high, density(int(count), tones))
    first, middle, third = (sheet.x(value) for value in one.box)
    yield Stroke((first, y + 8), (third, y + 8), SOFT, 1.4)
    for end in (first, third):
        yield Stroke((end, y + 5), (end, y + 11), SOFT, 1.4)
    yield Pill(middle, y, 2.4, 17.0, INK)


def density(count: int, tones: tuple[str, str]) -> str:
    """Return the colour of a place with so many units."""
    return mix(*tones, min(1.0, (count - 1) / (_CROWD - 1)))


def _number(value: float) -> str:
    return "not defined" if np.isnan(value) else signed(value, 1)
