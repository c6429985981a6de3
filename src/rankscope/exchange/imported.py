"""An index that came from another tool, and how it is written down."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rankscope._files import write_text
from rankscope._words import join_words, visible
from rankscope.data.write import as_written, write_table
from rankscope.definition.read import DEFINITION_FILE, WORKBOOK_FILE
from rankscope.definition.write import write_definition
from rankscope.errors import OutputError

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition
    from rankscope.findings import Finding

TABLE_FILE = "data.csv"
"""The table of an imported index."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A definition and its table, and all that reading them brought to light."""

    definition: IndexDefinition
    table: DataTable
    findings: tuple[Finding, ...] = ()


def write_imported(
    definition: IndexDefinition,
    table: DataTable,
    folder: str | os.PathLike[str],
    *,
    force: bool = False,
    beside: Mapping[str, str] | None = None,
) -> tuple[Path, ...]:
    """Write ``index.yaml`` and ``data.csv`` into a folder, which is made where it is not there.

    ``beside`` are texts of other files in it, by their names.  Reading them gives the same
    definition and the same table.  Files that are there stay, and then nothing is written,
    unless ``force`` says that they may be replaced.

    Raises
    ------
    OutputError
        When a file is already there, or the folder can not be written to.
    """
    home, others = Path(folder), beside or {}
    _refuse_to_overwrite(home, (DEFINITION_FILE, TABLE_FILE, WORKBOOK_FILE, *others), force=force)
    before = home.is_dir()
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as failed:
        reason = (failed.strerror or str(failed)).lower()
        said = f"{visible(str(home), 200)} can not be made: {reason}. Choose another place."
        raise OutputError(said) from failed
    told = _beside(definition)
    try:
        data = write_table(table, home / TABLE_FILE, definition=told)
        more = [write_text(home / name, text) for name, text in others.items()]
        return (write_definition(told, home / DEFINITION_FILE), data, *more)
    except BaseException:  # an interrupt too: a table without its definition is of no use
        if not before:
            with suppress(OSError):
                for name in (TABLE_FILE, *others):
                    (home / name).unlink(missing_ok=True)
                home.rmdir()
        raise


def _refuse_to_overwrite(home: Path, names: Sequence[str], *, force: bool) -> None:
    there = [] if force else [one for one in names if (home / one).exists()]
    if there:
        raise OutputError(
            f"{visible(str(home), 200)} already holds {join_words(there, 'and')}. "
            "Choose another folder, or say --force to replace them."
        )


def _beside(definition: IndexDefinition) -> IndexDefinition:
    """Return the definition with the table as it is written."""
    spec = as_written(definition.data).model_copy(update={"file": TABLE_FILE, "layout": "wide"})
    return definition.model_copy(update={"data": spec})
