"""``rankscope list``: which indices come with the package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rankscope.cli.emit import Form, emit
from rankscope.cli.options import AsCsv, AsJson, File
from rankscope.cli.sheet import Answer, Sheet, number, text

if TYPE_CHECKING:
    from rankscope.catalogue import Index


def list_(*, as_json: AsJson = False, as_csv: AsCsv = False, output: File = None) -> None:
    """List the indices that come with rankscope."""
    from rankscope.catalogue import open_index, packaged

    rows = tuple(_row(open_index(name)) for name in packaged())
    columns = (
        text("Name", "name"),
        text("Title", "title", flexible=True),
        text("Edition", "edition"),
        number("Units", "units", "d"),
        number("Indicators", "indicators", "d"),
        text("Licence", "licence"),
    )
    note = "Rank one with: rankscope rank NAME"
    emit(
        Answer({}, (Sheet("indices", rows, columns),), notes=(note,)),
        Form(as_json, as_csv, output),
    )


def _row(index: Index) -> dict[str, Any]:
    definition = index.definition
    return {
        "name": definition.name,
        "title": definition.title,
        "edition": definition.edition,
        "publisher": definition.publisher,
        "units": len(index.table.units),
        "indicators": len(definition.indicators()),
        "licence": definition.licence,
    }
