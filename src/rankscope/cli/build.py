"""``rankscope build``: any definition, built, and held against what its publisher printed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rankscope.cli.emit import Form, emit
from rankscope.cli.lookup import Built, find_period, open_built, spare_inputs
from rankscope.cli.options import AsCsv, AsJson, File, IndexArgument
from rankscope.cli.ranking import STAR, Scope, ranking
from rankscope.cli.sheet import Answer, Sheet
from rankscope.cli.versus import HALVES, column_sheet, difference_sheet, sides, verdicts
from rankscope.findings import Severity

if TYPE_CHECKING:
    from rankscope.analyses.against import Comparison
    from rankscope.pipeline.result import Result

_TOP = 10
"""How many units a reader sees; machines get all."""

Against = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="A table of published scores and ranks, instead of the definition's own.",
        show_default=False,
    ),
]
Period = Annotated[
    str | None, typer.Option(metavar="P", help="One period of a panel only.", show_default=False)
]
Variant = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="A variant of the definition.", show_default=False),
]


def build(
    index: IndexArgument,
    *,
    against: Against = None,
    period: Period = None,
    variant: Variant = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: File = None,
) -> None:
    """Build an index and compare it with what was published.

    Without --against the comparison is with the table that the definition names under
    published, if it names any.  A comparison that is off is no error: it is the answer.
    """
    form = Form(as_json, as_csv, output)
    asked = _Asked(against, period, variant)
    built = _opened(index, variant)
    if output is not None:
        spare_inputs(built.index, output)
    found = _comparison(built, asked)
    emit(_answer(built, asked, found, top=_TOP if form.kind == "text" else None), form)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line asks for besides the index."""

    against: Path | None
    period: str | None
    variant: str | None


def _opened(index: str, variant: str | None) -> Built:
    """Return the index, or a variant of it, built."""
    if variant is None:
        return open_built(index)
    from rankscope.catalogue import open_index

    opened = open_index(index, variant=variant)
    return Built(opened, opened.build())


def _of_period(result: Result, period: str | None) -> Result:
    """Return one period of a panel, the last unless told.

    Raises
    ------
    RankscopeError
        When there is no such period.
    """
    meant = find_period(result, period)
    return result if meant is None else result.of_period(meant)


def _comparison(built: Built, asked: _Asked) -> Comparison | None:
    """Return the comparison with the published table, where there is one.

    Without a period all periods are compared.
    """
    published = built.index.definition.published
    if asked.against is None and (published is None or published.file is None):
        return None
    from rankscope.analyses.against import compare_with_published
    from rankscope.data.published import read_published

    table = read_published(built.index.definition, built.index.path, asked.against)
    if asked.period is None:
        return compare_with_published(built.result, table, published)
    one = _of_period(built.result, asked.period)
    others = {*built.result.units} - {*one.units}
    return compare_with_published(one, table.of_period(asked.period).without(others), published)


def _answer(built: Built, asked: _Asked, found: Comparison | None, *, top: int | None) -> Answer:
    result = _of_period(built.result, asked.period)
    period = asked.period or next(reversed(built.result.periods), None)
    counts = Counter(one.severity for one in (*built.index.findings, *built.result.findings))
    shown = replace(built, result=result, period=period, panel=built.result)
    scope = Scope(shown, result.plan.views[0], result.plan.root, depth=1)
    ranked = ranking(scope, top=top)
    facts = {
        "period": period,
        "variant": asked.variant,
        "counts": {one.value: counts[one] for one in Severity},
        "against": sides(found),
    }
    return Answer(
        facts={**ranked.facts, **facts},
        lines=(
            " · ".join([*ranked.lines, *([asked.variant] if asked.variant else [])]),
            _summary(result, counts),
            *(verdicts(found) if found else ()),
        ),
        sheets=(ranked.sheets[0], *_sheets(found)),
        notes=(
            *(one for one in ranked.notes if one.startswith(STAR)),
            *([HALVES] if found else []),
        ),
    )


def _sheets(found: Comparison | None) -> tuple[Sheet, ...]:
    return (column_sheet(found), difference_sheet(found)) if found else ()


def _summary(result: Result, counts: Counter[Severity]) -> str:
    """Say how many are ranked, and how much was noteworthy."""
    told = [f"{counts[one]} {one}{'s' * (counts[one] > 1)}" for one in Severity if counts[one]]
    listed = f"; {' and '.join(told)} (rankscope validate lists them)" if told else ""
    return f"{result.ranked():,} of {len(result.units):,} units ranked{listed}."
