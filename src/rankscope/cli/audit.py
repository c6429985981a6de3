"""``rankscope audit``: whether an index is well made, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from rankscope._words import join_words
from rankscope.cli.audit_table import answer
from rankscope.cli.emit import Form, emit, say, working
from rankscope.cli.lookup import Built, find_period, find_view, open_built
from rankscope.cli.options import (
    DEFAULT_INDEX,
    DEFAULT_VIEW,
    AsCsv,
    AsJson,
    IndexArgument,
    Period,
    View,
)
from rankscope.errors import OutputError

if TYPE_CHECKING:
    from rankscope.analyses.audit import Audit

PAGES, TEXTS = (".html", ".htm"), (".json", ".csv", ".txt")

Draws = Annotated[
    int, typer.Option("--draws", metavar="N", min=1, help="How many defensible designs are drawn.")
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Seed of what is random.")]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="OLD",
        help="An earlier edition: what has changed since, and by what.",
        show_default=False,
    ),
]
Outside = Annotated[
    Path | None,
    typer.Option(
        "--outside",
        metavar="FILE",
        help="Variables outside the index, such as income: a column of units, and numbers.",
        show_default=False,
    ),
]
Within = Annotated[
    str | None,
    typer.Option(
        "--within",
        metavar="GROUPING",
        help="Links to outside variables among units of one group, such as income, too.",
        show_default=False,
    ),
]
Page = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file; .html is the whole report, .json, .csv or .txt tell the form.",
        show_default=False,
    ),
]


def audit(
    index: IndexArgument = DEFAULT_INDEX,
    *,
    draws: Draws = 4000,
    seed: Seed = 0,
    since: Since = None,
    outside: Outside = None,
    within: Within = None,
    view: View = DEFAULT_VIEW,
    period: Period = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: Page = None,
) -> None:
    """Audit an index: whether it is well made, and what to do.

    Data, indicators, structure, balance and the firmness of the ranks each get a light:
    green is sound, amber needs attention, red is unsound, grey could not be judged.  Then
    come recommendations, and all findings, which are the --csv; -o FILE.html writes the whole
    report with all tables and figures.
    """
    page = _is_page(output, text=as_json or as_csv)
    opened = open_built(index, output)
    built = Built(opened.index, opened.result, find_period(opened.result, period))
    if outside is not None and output is not None:
        _keep(outside, output)
    found = _audited(built, _Asked(draws, seed, since, outside, within, view), output)
    if page and output is not None:
        from rankscope.report import write_audit

        with working("Writing the audit"):
            write_audit(built.index, found, output)
        say(f"Wrote {output}.")
        return
    form = Form(as_json, as_csv, output)
    emit(answer(built, found, findings_first=form.kind == "csv"), form)


class _Asked(NamedTuple):
    """What the options say of the audit."""

    draws: int
    seed: int
    since: str | None
    outside: Path | None
    within: str | None
    view: str


def _audited(built: Built, asked: _Asked, output: Path | None) -> Audit:
    """Return the audit that the options ask for."""
    from rankscope.analyses.audit import audit as audit_of
    from rankscope.analyses.audit import read_outside

    earlier = None if asked.since is None else open_built(asked.since, output).result
    with working("Auditing"):
        return audit_of(
            built.result,
            view=find_view(built.result, asked.view),
            period=built.period,
            draws=asked.draws,
            seed=asked.seed,
            outside=None if asked.outside is None else read_outside(built.result, asked.outside),
            within=asked.within,
            since=earlier,
        )


def _is_page(output: Path | None, *, text: bool) -> bool:
    """Whether the file asked for is the whole report; ``text`` whether a form was said.

    Raises
    ------
    OutputError
        When it is one and text was asked for, or when nothing has its ending.
    """
    suffix = output.suffix.lower() if output else ""
    if suffix in PAGES and text:
        raise OutputError(f"{output} is a report, and --json or --csv ask for text. Choose one.")
    if suffix and not text and suffix not in (*PAGES, *TEXTS):
        known = join_words([PAGES[0], *TEXTS])
        raise OutputError(f"{output} must end in {known}, got {suffix!r}. Rename it.")
    return suffix in PAGES


def _keep(outside: Path, output: Path) -> None:
    """Refuse to write over the outside variables.

    Raises
    ------
    OutputError
        When both are one file.
    """
    if output.exists() and outside.exists() and output.samefile(outside):
        raise OutputError(f"{output} is what --outside reads. Choose another name.")
