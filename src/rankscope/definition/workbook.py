"""A definition as one Excel workbook."""

from __future__ import annotations

from pathlib import Path

from rankscope.definition.located import Located
from rankscope.definition.model import IndexDefinition
from rankscope.definition.yaml_words import stop
from rankscope.errors import OutputError


def read_workbook(file: Path) -> Located:
    """Return the tree of a workbook.

    Raises
    ------
    DefinitionError
        Always, for now.
    """
    stop("file-suffix", str(file), "Workbooks can not be read yet.")


def write_workbook(definition: IndexDefinition, file: Path) -> Path:
    """Write a workbook.

    Raises
    ------
    OutputError
        Always, for now.
    """
    raise OutputError(f"{file} can not be written: {definition.name} must be YAML for now.")
