"""``rankscope validate``: everything that is wrong with an index, at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import typer

from rankscope._words import join_words
from rankscope.cli.emit import Form, emit
from rankscope.cli.options import AsCsv, AsJson, File, IndexArgument
from rankscope.cli.sheet import BEHIND, QUIET, STRONG, Answer, Column, Row, Sheet, text
from rankscope.errors import RankscopeError
from rankscope.findings import Finding, Severity, error, errors_among

_STYLES = {Severity.ERROR: STRONG, Severity.WARNING: BEHIND, Severity.NOTE: QUIET}


def validate(
    index: IndexArgument,
    *,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: File = None,
) -> None:
    """Check a definition and its data.

    Every finding has its place, what is wrong there and the mend.  The exit code is 0 when
    nothing stands in the way (warnings may), and 2 when something does.
    """
    found = examine(index)
    emit(_answer(index, found), Form(as_json, as_csv, output))
    if errors_among(found):
        raise typer.Exit(2)


def examine(index: str) -> tuple[Finding, ...]:
    """Return all findings about a definition, its table, and both together."""
    from rankscope.catalogue import open_index, packaged
    from rankscope.data.check import check_table
    from rankscope.data.read import examine_table
    from rankscope.data.ties import examine_ties
    from rankscope.definition.read import examine_definition

    path = open_index(index).path if index in packaged() else Path(index)
    definition, found = examine_definition(path)
    if definition is None:
        return found
    table, more = examine_table(definition, path)
    found = (*found, *more)
    if table is None or errors_among(found):
        return found
    _, ties = examine_ties(definition, path, known=set(table.units))
    return (*found, *check_table(table, definition), *ties, *_faults_of_building(path))


def _faults_of_building(path: Path) -> tuple[Finding, ...]:
    """Return what only shows when definition and data come together."""
    from rankscope.catalogue import open_index

    try:
        open_index(path).build()
    except RankscopeError as mistake:
        return mistake.findings or (error("build", str(path), str(mistake)),)
    return ()


def _answer(index: str, found: Sequence[Finding]) -> Answer:
    counts = Counter(one.severity for one in found)
    rows = tuple(
        {
            "severity": one.severity.value,
            "id": one.id,
            "place": one.place,
            "sentence": one.sentence,
            "remedy": one.remedy,
            "source": one.source,
        }
        for one in sorted(found, key=lambda one: list(Severity).index(one.severity))
    )
    severity = Column("", lambda row: row["severity"], style=lambda row: _STYLES[row["severity"]])
    wide = (severity, text("Place", "place"), Column("Finding", _words, flexible=True))
    narrow = (severity, Column("Finding", _words_with_place, flexible=True))
    told = join_words(
        (f"{counts[one]} {one}{'s' * (counts[one] > 1)}" for one in Severity if counts[one]), "and"
    )
    verdict = "The index can not be built yet." if counts[Severity.ERROR] else "It can be built."
    return Answer(
        facts={"definition": index, "counts": {one.value: counts[one] for one in Severity}},
        lines=(f"{index}: {told or 'no findings'}. {verdict}",),
        sheets=(Sheet("findings", rows, wide, narrower=(narrow,)),),
    )


def _words(row: Row) -> str:
    return f"{row['sentence']} {row['remedy']}".rstrip() + f" [{row['id']}]"


def _words_with_place(row: Row) -> str:
    return f"{row['place']}: {_words(row)}" if row["place"] else _words(row)
