"""``rankscope demo``: the packaged index in one go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from rankscope.cli.emit import Form, emit
from rankscope.cli.lookup import Built, open_built
from rankscope.cli.options import DEFAULT_INDEX, DEFAULT_VIEW, AsCsv, AsJson
from rankscope.cli.ranking import Scope, ranking
from rankscope.cli.report import REPORT, Page, written
from rankscope.cli.sheet import ABSENT, Answer, Column, Sheet, number, text

if TYPE_CHECKING:
    from rankscope.pipeline.result import Result

_FIRST = 10
_ALSO = ("CHN", "RUS")


def demo(*, output: Page = REPORT, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """Rank the packaged index and write its report.

    Prints the first ten, China and Russia, and writes report.html into this folder.
    """
    built = open_built(DEFAULT_INDEX)
    emit(_first_and_others(built), Form(as_json, as_csv))
    typer.echo(written(built, output), err=as_json or as_csv)


def _first_and_others(built: Built) -> Answer:
    """Return the top of the ranking and two that readers ask for, in every view."""
    result = built.result
    whole = ranking(Scope(built, DEFAULT_VIEW, result.plan.root, depth=0))
    row_of = {unit: row for row, unit in enumerate(result.units)}
    rows = tuple(
        {**row, "ranks": _ranks(result, row_of[row["unit"]])}
        for row in whole.sheets[0].rows
        if row["rank"] <= _FIRST or row["unit"] in _ALSO
    )
    columns = (
        number("Rank", "rank", "d"),
        text("Unit", "name", flexible=True),
        number("Score", "score", f".{built.decimals}f"),
        *(_rank_column(view) for view in result.plan.views if view != DEFAULT_VIEW),
    )
    views = {view: result.ranked(view=view) for view in result.plan.views}
    told = ", ".join(f"{count} in {view}" for view, count in views.items())
    return replace(
        whole,
        facts={**whole.facts, "of": views},
        sheets=(Sheet("units", rows, columns),),
        notes=(f"Ranked: {told}. All of them: rankscope rank {DEFAULT_INDEX}",),
    )


def _ranks(result: Result, row: int) -> dict[str, int | None]:
    return {view: int(result.rank(view=view)[row]) or None for view in result.plan.views}


def _rank_column(view: str) -> Column:
    """Make a column of ranks in a view."""
    return Column(f"Rank in {view}", lambda row: str(row["ranks"][view] or ABSENT), right=True)
