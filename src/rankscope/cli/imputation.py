"""``rankscope imputation``: how well gaps are filled, and what they leave open in the ranks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rankscope._registry import build
from rankscope._words import join_words
from rankscope.cli.emit import Form, emit, working
from rankscope.cli.lookup import Built, open_built
from rankscope.cli.options import DEFAULT_INDEX, AsCsv, AsJson, File, IndexArgument
from rankscope.cli.sheet import Answer, Column, Row, Sheet, number, percent, text
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from rankscope.analyses.imputation_check import ImputationCheck
    from rankscope.analyses.multiple_imputation import MultipleImputation
    from rankscope.methods.imputation import Imputation

USUAL = ("mean", "median", "nearest_neighbours", "regression")
"""The methods that are compared where none is named."""

Method = Annotated[
    list[str] | None,
    typer.Option(
        "--method",
        "-m",
        metavar="METHOD",
        help="A method to try, such as mean or median:within=region; may be repeated.",
    ),
]
Hidden = Annotated[
    float, typer.Option("--share", metavar="SHARE", help="Share of values that are hidden.")
]
Repeats = Annotated[int, typer.Option("--repeats", metavar="N", min=1, help="How often.")]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="Seed of the random choice.")]
Ranks = Annotated[
    str | None,
    typer.Option(
        "--ranks",
        metavar="METHOD",
        help="Show instead how far ranks differ when gaps are filled by draws of this method.",
    ),
]
Tables = Annotated[
    int, typer.Option("--tables", metavar="M", min=2, help="How many tables are filled by draws.")
]


def imputation(
    index: IndexArgument = DEFAULT_INDEX,
    *,
    method: Method = None,
    share: Hidden = 0.1,
    repeats: Repeats = 20,
    ranks: Ranks = None,
    tables: Tables = 20,
    seed: Seed = 0,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: File = None,
) -> None:
    """Show how well gaps are filled, by hiding values that are known.

    Errors are in standard deviations of the indicator: filling in the mean has about 1.
    """
    form = Form(as_json, as_csv, output)
    if ranks is not None:
        with working("Filling gaps by draws"):
            answer = _rank_answer(open_built(index, output), ranks, tables, seed)
        emit(answer, form)
        return
    from rankscope.analyses.imputation_check import check_imputation

    tried = [method_of(said) for said in method or USUAL]
    with working("Hiding and filling values"):
        built = open_built(index, output)
        found = check_imputation(
            built.result, [None, *tried], share=share, repeats=repeats, seed=seed
        )
    emit(_answer(built, found), form)


def method_of(said: str) -> Imputation:
    """Return the imputation that a name with parameters means: ``median:within=region``.

    Raises
    ------
    MethodError
        When there is no such method, or a parameter is wrong.
    """
    name, _, rest = said.partition(":")
    pairs = [pair.partition("=") for pair in rest.split(",") if pair]
    given: dict[str, Any] = {"method": name, **{key: value for key, _, value in pairs}}
    found, faults = build("imputation", given)
    if found is None:
        raise MethodError(join_words([fault.sentence for fault in faults], "and"))
    return found  # type: ignore[return-value]  # the stage says which kind of method


def _answer(built: Built, found: ImputationCheck) -> Answer:
    cells = found.overall[0].cells
    times = "once" if found.repeats == 1 else f"{found.repeats} times"
    return Answer(
        facts=built.facts
        | {"share": found.share, "repeats": found.repeats, "seed": found.seed, "best": found.best},
        lines=(
            f"{built.title} · how well gaps can be filled",
            f"{percent(found.share)} of the known values hidden, {times}: {cells:,}.",
        ),
        sheets=(
            Sheet(
                "methods",
                tuple(_row(found, place) for place in range(len(found.methods))),
                _OVERALL,
            ),
            Sheet(
                "indicators",
                tuple(_cell(one) for one in found.by_indicator),
                (),
            ),
        ),
        notes=(_verdict(found),),
    )


def _verdict(found: ImputationCheck) -> str:
    """Say which method comes nearest to the truth, among those that fill the most gaps."""
    rows = {one.method: one for one in found.overall}
    best = rows[found.best]
    if math.isnan(best.error):
        return (
            "Nothing could be tried: there are too few known values to hide any. "
            "Use a table with more, or a larger --share."
        )
    ahead = [one.method for one in found.overall if one.error < best.error]
    those = f" among the methods that fill {percent(best.filled)} of the gaps" if ahead else ""
    return f"Nearest to the truth{those}: {found.best}. With --json all indicators are listed."


_OVERALL = (
    text("Method", "method", flexible=True),
    number("Error", "error", ".2f"),
    number("Bias", "bias", "+.2f"),
    number("Correlation", "correlation", ".2f"),
    Column("Filled", lambda row: percent(row["filled"]), right=True),
    number("Mean shift of rank", "rank_shift", ".1f"),
)


def _row(found: ImputationCheck, place: int) -> Row:
    return {**_cell(found.overall[place]), "rank_shift": found.rank_shifts[place]}


def _cell(one: Any) -> dict[str, Any]:
    names = ("method", "indicator", "cells", "filled", "error", "absolute_error", "bias",
             "correlation", "explained")  # fmt: skip
    return {name: getattr(one, name) for name in names}


def _rank_answer(built: Built, said: str, tables: int, seed: int) -> Answer:
    from rankscope.analyses.multiple_imputation import multiple_imputation

    found = multiple_imputation(built.result, method_of(said), m=tables, seed=seed)
    rows = _ranked(built, found)
    wide = sum(row["rank_high"] - row["rank_low"] > 2 for row in rows)
    return Answer(
        facts=built.facts | {"method": said, "tables": tables, "seed": seed},
        lines=(
            f"{built.title} · ranks over {tables} tables with gaps filled by draws",
            f"{wide} of {len(rows)} ranks are open by more than two places because of gaps.",
        ),
        sheets=(Sheet("units", rows, _RANKS),),
        notes=tuple(one.sentence for one in found.findings),
    )


_RANKS = (
    number("Rank", "rank", ".0f"),
    text("Unit", "name", flexible=True),
    number("5 %", "rank_low", ".1f"),
    number("95 %", "rank_high", ".1f"),
    Column("Imputed", lambda row: percent(row["imputed"]), right=True),
)


def _ranked(built: Built, found: MultipleImputation) -> tuple[Row, ...]:
    low, high = found.rank_interval()
    return tuple(
        {
            "rank": int(built.result.rank()[row]),
            "unit": built.result.units[row],
            "name": built.result.names[row],
            "rank_low": float(low[row]),
            "rank_high": float(high[row]),
            "imputed": float(found.imputed[row]),
        }
        for row in built.result.order()
    )
