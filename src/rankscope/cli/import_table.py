"""``rankscope import --as table``: an index from a table in a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._words import join_words
from rankscope.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rankscope.exchange.report_table_options import ReportOptions


def import_table(
    files: Sequence[Path], options: ReportOptions, output: Path, *, force: bool
) -> Iterator[str]:
    """Write an index made of a table, and yield what is to be said of it.

    Raises
    ------
    DataError
        When there are several files, or something is wrong with the table.
    OutputError
        When a file is already there, or the folder can not be written to.
    """
    from rankscope.cli.emit import working
    from rankscope.exchange.imported import write_imported
    from rankscope.exchange.report_table import read_report_table
    from rankscope.exchange.report_table_index import PUBLISHED_FILE, index_of_report

    if len(files) != 1:
        raise DataError(f"{len(files)} files are too many for a table. Name one.")
    table = read_report_table(files[0], options)
    with working("Recovering weights"):
        found = index_of_report(table, options.period)
    made = found.imported
    beside = {PUBLISHED_FILE: found.published}
    paths = write_imported(made.definition, made.table, output, force=force, beside=beside)
    units, parts = len(made.table.units), len(made.definition.indicators())
    yield f"Read a table of {units:,} units and {parts} components."
    yield found.recovered.sentence()
    if found.agreement:
        yield found.agreement
    for one in made.findings:
        yield f"{one.severity}: {one} [{one.id}]"
    yield f"Wrote {join_words(map(str, paths), 'and')}. Next, type:"
    for verb in ("rank", "robust", "reach"):
        yield f"  rankscope {verb} {output}"
