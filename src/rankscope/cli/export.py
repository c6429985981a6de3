"""``rankscope export``: an index for other programs: living formulas, tables, COINr's files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from rankscope._words import join_words, visible
from rankscope.cli.emit import say, working
from rankscope.cli.lookup import Built, find_period, find_view, open_built
from rankscope.cli.options import DEFAULT_VIEW, IndexArgument, View
from rankscope.errors import OutputError

if TYPE_CHECKING:
    from rankscope.exchange.tables import Kind, Layout, What

KINDS = {
    ".xlsx": "live",
    ".csv": "csv",
    ".json": "json",
    ".parquet": "parquet",
    ".pq": "parquet",
}
"""What the ending of a file's name asks for."""

FORMS = ("live", "coinr", "parquet", "csv", "json")
LAYOUTS = ("wide", "long")

Target = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Where to write it; .xlsx, .csv, .json and .parquet tell the form.",
        show_default=False,
    ),
]
As = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="FORM",
        help="live (a workbook with formulas), coinr (iData and iMeta), csv, json or parquet.",
        show_default=False,
    ),
]
Of = Annotated[
    str,
    typer.Option(
        "--what",
        metavar="TABLE",
        help="scores, ranks, normalised, treated, imputed, denominated, raw or all.",
    ),
]
Shape = Annotated[
    str | None,
    typer.Option(
        "--layout",
        metavar="LAYOUT",
        help="wide (a column for each node) or long (a row for each value).",
        show_default=False,
    ),
]
OnePeriod = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="PERIOD",
        help="One period of a panel; a workbook holds the last unless told, tables hold all.",
        show_default=False,
    ),
]


def export(
    index: IndexArgument,
    *,
    output: Target,
    form: As = None,
    what: Of = "scores",
    layout: Shape = None,
    period: OnePeriod = None,
    view: View = DEFAULT_VIEW,
) -> None:
    """Write an index for other programs.

    A workbook has living formulas from normalised values up to ranks: change a weight and
    the ranking moves.  Tables hold scores, ranks or the indicators after a stage.  COINr's
    iData and iMeta hold the index itself.
    """
    chosen = _form(form, output)
    _check(chosen, what, layout, period, view)
    built = open_built(index, output)
    seen = find_view(built.result, view)
    asked = find_period(built.result, period) if period is not None else None
    if chosen == "live":
        from rankscope.exchange.formulas import write_live_workbook

        with working("Writing formulas"):
            write_live_workbook(built.result, output, view=seen, period=asked)
    elif chosen == "coinr":
        _write_coinr(built, output)
        return
    else:
        from rankscope.exchange.tables import write_result

        shape, of = cast("Layout | None", layout), cast("What", what)
        kind = cast("Kind", chosen)
        write_result(built.result, output, kind, of, layout=shape, view=seen, period=asked)
    say(f"Wrote {output}.")


def _form(said: str | None, output: Path) -> str:
    """Return the form that is asked for, by the option or by the name of the file."""
    if said is not None and said not in FORMS:
        raise OutputError(f"--as must be {join_words(FORMS)}, got {visible(said)!r}.")
    suffix = output.suffix.lower()
    if said is None and suffix not in KINDS:
        raise OutputError(
            f"{visible(str(output), 200)} must end in {join_words(KINDS)}, got {suffix!r}. "
            f"Rename it, or say --as {join_words(FORMS)}."
        )
    if said == "live" and suffix != ".xlsx":
        raise OutputError(
            f"A workbook ends in .xlsx, got {visible(output.name)!r}. Rename it: spreadsheet "
            "programs go by the ending."
        )
    if said is not None and said != "coinr" and KINDS.get(suffix, said) != said:
        raise OutputError(
            f"--as {said} and the ending of {visible(output.name, 200)!r} say different things. "
            "Rename it: programs go by the ending."
        )
    return said or KINDS[suffix]


def _check(form: str, what: str, layout: str | None, period: str | None, view: str) -> None:
    """Refuse options that say nothing to a form, and words that no option knows."""
    from rankscope.exchange.tables import WHATS

    if what not in WHATS:
        raise OutputError(f"--what must be {join_words(WHATS)}, got {visible(what)!r}.")
    if layout is not None and layout not in LAYOUTS:
        raise OutputError(f"--layout must be {join_words(LAYOUTS)}, got {visible(layout)!r}.")
    needless = {"--what": what != "scores", "--layout": layout is not None}
    if form == "coinr":
        needless |= {"--period": period is not None, "--view": view != DEFAULT_VIEW}
    given = [option for option, there in needless.items() if there]
    if form in {"live", "coinr"} and given:
        name = "A workbook with formulas" if form == "live" else "COINr's files"
        raise OutputError(
            f"{name} can not be told {join_words(given, 'and')}: it is for tables. "
            "Leave it out, or name a file in .csv, .json or .parquet."
        )


def _write_coinr(built: Built, output: Path) -> None:
    from rankscope.exchange.coinr_write import write_coinr

    if output.suffix.lower() != ".xlsx":
        _make_folder(output)
    written = write_coinr(built.index.definition, built.index.table, output)
    for finding in written.findings:
        say(f"{finding.severity}: {finding} [{finding.id}]")
    say(f"Wrote {join_words(map(str, written.paths), 'and')}.")


def _make_folder(path: Path) -> None:
    """Make a folder, and those above it, where there is none."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as failed:
        reason = (failed.strerror or str(failed)).lower()
        raise OutputError(
            f"The folder {visible(str(path), 200)} can not be made: {reason}. Choose another."
        ) from failed
