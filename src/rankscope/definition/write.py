"""From a definition to a file that a person likes to read, and that reads back the same."""

from __future__ import annotations

import os
from pathlib import Path

from rankscope._files import write_text
from rankscope._words import visible
from rankscope.definition.model import IndexDefinition
from rankscope.definition.read import DEFINITION_FILE
from rankscope.definition.yaml_emit import emit
from rankscope.errors import OutputError


def definition_text(definition: IndexDefinition) -> str:
    """Return a definition as YAML: keys in the order of the model, defaults left out."""
    return emit({"rankscope": 1, **definition_keys(definition)})


def definition_keys(definition: IndexDefinition) -> dict[str, object]:
    """Return the keys of a definition file and what they hold; defaults are left out."""
    return definition.model_dump(
        by_alias=True, exclude_defaults=True, context={"method": definition.method}
    )


def write_definition(definition: IndexDefinition, path: str | os.PathLike[str]) -> Path:
    """Write a definition whole or not at all: YAML, or a workbook where the path ends in .xlsx.

    A folder means its ``index.yaml``.  A workbook that is already there keeps the
    values of its sheet Data.

    Raises
    ------
    OutputError
        When the path has another ending or can not be written.
    """
    file = Path(path) / DEFINITION_FILE if Path(path).is_dir() else Path(path)
    if file.suffix.lower() in {".yaml", ".yml"}:
        return write_text(file, definition_text(definition))
    if file.suffix.lower() == ".xlsx":
        from rankscope.definition.workbook_write import write_workbook

        return write_workbook(definition, file)
    raise OutputError(
        f"{visible(str(file), 200)} can not be written: a definition ends in .yaml or .xlsx, "
        f"not in '{visible(file.suffix)}'."
    )
