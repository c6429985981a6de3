"""``rankscope recover``: the weights that nobody printed, as far as the printed digits tell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from rankscope._words import join_words, visible
from rankscope.cli.emit import Form, emit, working
from rankscope.cli.options import AsCsv, AsJson
from rankscope.cli.picture import PictureFile, is_picture, write_picture
from rankscope.cli.table_options import (
    Components,
    Decimals,
    PeriodColumn,
    Rank,
    SheetName,
    TablePeriod,
    Total,
    TotalDecimals,
    UnitColumn,
    numbers_in,
    told,
)
from rankscope.errors import DataError

if TYPE_CHECKING:
    from rankscope.exchange.report_table_recover import RecoverOptions

SCALES = ("as-given", "scaled", "scaled-and-shifted")

Source = Annotated[
    str,
    typer.Argument(
        metavar="TABLE_OR_INDEX",
        help="A table (CSV or Excel) with a total and its components, or an index.",
        show_default=False,
    ),
]
RanksOnly = Annotated[bool, typer.Option("--ranks-only", help="Go by ranks, not by totals.")]
Scale = Annotated[
    str | None,
    typer.Option(
        "--scale",
        metavar="HOW",
        help="The total is as-given, scaled, or scaled-and-shifted; all are tried unless told.",
    ),
]
Exponent = Annotated[
    float | None,
    typer.Option(
        "--exponent",
        metavar="P",
        help="Of the mean: 1 arithmetic, 0 geometric, -1 harmonic; these are tried unless told.",
    ),
]
Limits = Annotated[
    str | None,
    typer.Option("--limits", metavar="LO,HI", help="No true number lies beyond, such as 0,100."),
]
MostWrong = Annotated[
    float,
    typer.Option(
        "--most-wrong",
        metavar="PART",
        help="The part of rows that may contradict the rest before no weights are named.",
    ),
]
Polarity = Annotated[
    str | None,
    typer.Option(
        "--polarity", metavar="COLUMN=-1", help="Components of which less is better, with -1."
    ),
]
Claimed = Annotated[
    str | None,
    typer.Option("--weights", metavar="A=5,B=3", help="Ask whether these weights are possible."),
]
ByPeriod = Annotated[
    bool, typer.Option("--by-period", help="Recover each period, and say where weights changed.")
]
Node = Annotated[
    str | None,
    typer.Option("--node", metavar="CODE", help="Of an index: the node whose weights to recover."),
]


def recover(
    source: Source,
    *,
    total: Total = None,
    rank: Rank = None,
    components: Components = None,
    unit_column: UnitColumn = None,
    period_column: PeriodColumn = None,
    period: TablePeriod = None,
    decimals: Decimals = None,
    total_decimals: TotalDecimals = None,
    sheet: SheetName = None,
    encoding: Annotated[
        str, typer.Option("--encoding", metavar="NAME", help="The encoding of text files.")
    ] = "utf-8",
    node: Node = None,
    ranks_only: RanksOnly = False,
    scale: Scale = None,
    exponent: Exponent = None,
    limits: Limits = None,
    most_wrong: MostWrong = 0.01,
    polarity: Polarity = None,
    weights: Claimed = None,
    by_period: ByPeriod = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: PictureFile = None,
) -> None:
    """Recover the weights that a publisher did not print.

    Each printed number stands for all numbers that round to it.  For every component the
    lowest and the highest weight are given that can have led to the printed totals, and
    the rows that no weights explain.  Of an index the table is its published one.
    """
    from rankscope.cli.recover_answer import answer, answer_by_period
    from rankscope.cli.recover_source import source_of
    from rankscope.exchange.report_table_recover import recovered_by_period, recovered_from

    drawn = is_picture(output, text=as_json or as_csv)
    if by_period and (drawn or weights is not None or period is not None):
        option = "a picture" if drawn else "--weights" if weights is not None else "--period"
        raise DataError(
            f"--by-period does not go with {option}, which is about one period. Leave one out."
        )
    layout = told(
        total=total,
        rank=rank,
        components=components,
        unit_column=unit_column,
        period_column=period_column,
        period=period,
        decimals=decimals,
        total_decimals=total_decimals,
        sheet=sheet,
        encoding=encoding,
    )
    options = _options(ranks_only, scale, exponent, limits, most_wrong, polarity)
    given = source_of(source, layout, node, options, output)
    form = Form(as_json, as_csv, output)
    if by_period:
        with working("Recovering weights"):
            periods = recovered_by_period(given.table, given.options)
        emit(answer_by_period(given, periods), form)
        return
    table = given.table.of_period(period)
    claim = numbers_in("--weights", weights) if weights is not None else None
    with working("Recovering weights"):
        found = recovered_from(table, given.options)
    if drawn and output is not None:
        from rankscope.charts.recovered_weights import recovered_weights_chart

        write_picture(recovered_weights_chart(found, title=given.title), output)
        return
    emit(answer(replace(given, table=table), found, claim), form)


def _options(
    ranks_only: bool,
    scale: str | None,
    exponent: float | None,
    limits: str | None,
    most_wrong: float,
    polarity: str | None,
) -> RecoverOptions:
    """Return what the options say of how a total comes about.

    Raises
    ------
    DataError
        When one can not be understood.
    """
    from rankscope.exchange.report_table_recover import RecoverOptions

    if scale not in {None, *SCALES}:
        raise DataError(f"--scale must be {join_words(SCALES)}, got {visible(repr(scale))}.")
    if ranks_only and (scale is not None or exponent is not None):
        raise DataError("--scale and --exponent are about totals. Leave out one or --ranks-only.")
    signs = numbers_in("--polarity", polarity)
    wrong = next((name for name, sign in signs.items() if sign not in {1, -1}), None)
    if wrong is not None:
        raise DataError(f"--polarity of {visible(wrong)} must be 1 or -1.")
    if not 0 <= most_wrong < 1:
        raise DataError(f"--most-wrong must be a part of the rows below 1, got {most_wrong}.")
    return RecoverOptions(
        scale=None if scale is None else scale.replace("-", " "),
        exponent=exponent,
        limits=_ends(limits),
        most_wrong=most_wrong,
        polarity={name: int(sign) for name, sign in signs.items()},
        ranks_only=ranks_only,
    )


def _ends(said: str | None) -> tuple[float, float] | None:
    if said is None:
        return None
    try:
        low, high = (float(end) for end in said.split(","))
    except ValueError:
        low, high = 1.0, 0.0
    if not low < high:
        raise DataError(f"--limits must be two numbers, such as 0,100, got {visible(repr(said))}.")
    return low, high
