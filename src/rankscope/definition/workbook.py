"""A definition as one Excel workbook."""

from __future__ import annotations

from pathlib import Path

from rankscope.definition.located import Located
from rankscope.definition.yaml_words import stop


def read_workbook(file: Path) -> Located:
    """Return the tree of a workbook.

    Raises
    ------
    DefinitionError
        Always, for now.
    """
    stop("file-suffix", str(file), "Workbooks can not be read yet.")
