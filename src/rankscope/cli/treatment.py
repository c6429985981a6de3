"""``rankscope treatment``: what was done to outliers, indicator by indicator and cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.cli.emit import Form, emit
from rankscope.cli.lookup import Built, open_built
from rankscope.cli.options import DEFAULT_INDEX, AsCsv, AsJson, File, IndexArgument
from rankscope.cli.sheet import Answer, Row, Sheet, number, raw, text

if TYPE_CHECKING:
    from rankscope.analyses.treated import TreatedIndicator


def treatment(
    index: IndexArgument = DEFAULT_INDEX,
    *,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: File = None,
) -> None:
    """Show what treatment did to outliers, down to each value.

    Skewness and kurtosis are those before and after; below stand the values drawn in.
    """
    from rankscope.analyses.treated import treated

    built = open_built(index, output)
    emit(_answer(built, treated(built.result)), Form(as_json, as_csv, output))


def _answer(built: Built, found: tuple[TreatedIndicator, ...]) -> Answer:
    changed = sum(one.moved or bool(one.cells) for one in found)
    cells = tuple(_cell(one, place) for one in found for place in range(len(one.cells)))
    return Answer(
        facts=built.facts | {"changed": changed, "series": len(found)},
        lines=(
            f"{built.title} · treatment of outliers",
            f"{changed} of {len(found)} series changed, {len(cells)} values drawn in one by one.",
        ),
        sheets=(
            Sheet("indicators", tuple(_row(one) for one in found), _INDICATORS),
            *([Sheet("cells", cells, _CELLS, title="Values drawn in")] if cells else []),
        ),
    )


_INDICATORS = (
    text("Indicator", "name", flexible=True),
    number("Skewness", "skewness_before", ".2f"),
    number("after", "skewness_after", ".2f"),
    number("Kurtosis", "kurtosis_before", ".2f"),
    number("after", "kurtosis_after", ".2f"),
    text("What was decided", "decision", flexible=True),
)
_CELLS = (
    text("Indicator", "indicator"),
    text("Unit", "name", flexible=True),
    raw("Before", "before"),
    raw("After", "after"),
)


def _row(one: TreatedIndicator) -> Row:
    return {
        "code": one.code,
        "name": one.name,
        "method": one.method,
        "decision": one.decision,
        "skewness_before": one.skewness[0],
        "skewness_after": one.skewness[1],
        "kurtosis_before": one.kurtosis[0],
        "kurtosis_after": one.kurtosis[1],
        "all_moved": one.moved,
    }


def _cell(one: TreatedIndicator, place: int) -> Row:
    cell = one.cells[place]
    return {
        "indicator": one.code,
        "unit": cell.unit,
        "name": f"{cell.name} {cell.period}".strip(),
        "before": cell.before,
        "after": cell.after,
    }
