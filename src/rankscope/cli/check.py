"""``rankscope check``: the claims that texts make about ranks, and whether they hold."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rankscope.cli.emit import Form, emit, say, working
from rankscope.cli.options import AsCsv, AsJson, File
from rankscope.cli.sheet import AHEAD, BEHIND, QUIET, STRONG, Answer, Column, Row, Sheet, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.claims.model import Checked, Evidence

_STYLES = {
    "holds": AHEAD,
    "does not hold": BEHIND,
    "inconsistent with itself": BEHIND,
    "can not be checked": QUIET,
}

Texts = Annotated[
    list[str],
    typer.Argument(metavar="FILE…", help="Texts or folders of texts; - is standard input."),
]
Tables = Annotated[
    list[Path] | None,
    typer.Option(
        "--table",
        metavar="CSV",
        help="Check against this published table; its name says index and edition (gaii-2024.csv).",
    ),
]
Firmness = Annotated[
    bool,
    typer.Option(
        "--firmness/--no-firmness",
        help="Say how firm each rank is in the packaged index (takes a second).",
    ),
]


def check(
    texts: Texts,
    *,
    table: Tables = None,
    firmness: Firmness = True,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: File = None,
) -> None:
    """Find what a text claims of ranks, and whether it holds.

    Each rank, score and comparison is marked with its index and edition, and set against
    the text itself, the tables passed, and figures that pages have reported.
    """
    from rankscope.claims.evidence import read_ranks
    from rankscope.claims.reading import documents
    from rankscope.claims.run import check_text

    tables = tuple(one for path in table or [] for one in read_ranks(path))
    with working("Checking"):
        checked = [
            check_text(document, tables=tables, firmness=firmness)
            for document in documents(texts, sys.stdin.buffer)
        ]
    if output is not None and output.suffix.lower() in {".html", ".htm"}:
        from rankscope.report.check import write_check

        write_check(checked, output)
        say(f"Wrote {output}.")
    else:
        emit(_answer(checked, tables), Form(as_json, as_csv, output))


def _answer(checked: Sequence[Checked], tables: Sequence[Evidence]) -> Answer:
    from rankscope.claims.as_json import claim_rows, statement_rows
    from rankscope.claims.wording import said

    rows = tuple(
        row | {"said": said(judged.claim)}
        for one in checked
        for row, judged in zip(claim_rows(one), one.claims, strict=True)
    )
    several = len(checked) > 1
    columns = (
        *((text("Text", "document"),) if several else ()),
        Column("Claim", _claim, flexible=True),
        Column(
            "Verdict",
            lambda row: row["verdict"],
            style=lambda row: _STYLES.get(row["verdict"], STRONG),
        ),
        Column("Why", _why, flexible=True),
    )
    return Answer(
        facts={
            "texts": [one.document.name for one in checked],
            "tables": sorted({one.source for one in tables}),
        },
        lines=tuple(_told(one) for one in checked),
        sheets=(
            Sheet("claims", rows, columns),
            Sheet(
                "statements",
                tuple(row for one in checked for row in statement_rows(one)),
                (Column("Reported, not believed", _told_with_touches, flexible=True),),
            ),
        ),
        notes=tuple(finding.sentence for one in checked for finding in one.findings),
    )


def _told(one: Checked) -> str:
    from rankscope.claims.wording import tally

    return f"{one.document.name}: {tally([judged.verdict for judged in one.claims])}"


def _claim(row: Row) -> str:
    edition = f" {row['edition']}" if row["edition"] else ""
    field = "" if row["field"] == "overall" else f", {row['field']}"
    return f"{row['country']}: {row['said']} – {row['index']}{edition}{field}"


def _told_with_touches(row: Row) -> str:
    touched = f" [{', '.join(row['touches'])}]" if row["touches"] else ""
    return f"{row['told']}{touched}"


def _why(row: Row) -> str:
    addresses = [one["source"] for one in row["evidence"] if one["source"].startswith("http")]
    source = f" [{addresses[0]}]" if addresses else ""
    firm = f" {row['firmness']}" if row["firmness"] else ""
    return f"{row['why']}{source}{firm}"
