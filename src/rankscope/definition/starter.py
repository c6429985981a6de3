"""A first index of one's own: a small one that can be built at once, to be changed."""

from __future__ import annotations

import csv
import io
import os
import re
from contextlib import suppress
from importlib import resources
from pathlib import Path

from rankscope._files import write_text
from rankscope._words import join_words, visible
from rankscope.definition.fields import CODE_PATTERN
from rankscope.definition.read import DEFINITION_FILE, WORKBOOK_FILE, examine_text
from rankscope.definition.wording import code_like
from rankscope.errors import DefinitionError, OutputError

TABLE_FILE = "data.csv"


def write_starter(
    folder: str | os.PathLike[str], *, name: str, excel: bool = False
) -> tuple[Path, ...]:
    """Write a definition that explains every key, and its table; or both as one workbook.

    The folder is made where it is not there; files that are there stay, and then
    nothing is written.  Returns the files written, the definition first.

    Raises
    ------
    OutputError
        When the name is none, a file is already there, or the folder can not be
        written to.
    """
    _check_name(name)
    home = Path(folder)
    names = (WORKBOOK_FILE,) if excel else (DEFINITION_FILE, TABLE_FILE)
    there = [one for one in (DEFINITION_FILE, TABLE_FILE, WORKBOOK_FILE) if (home / one).exists()]
    if there:
        raise OutputError(
            f"{visible(str(home), 200)} already holds {join_words(there, 'and')}. "
            "Choose another name, or move them away."
        )
    made = _make(home)
    try:
        if excel:
            return (_write_book(home / WORKBOOK_FILE, name),)
        texts = (starter_text(name), _template(TABLE_FILE))
        return tuple(write_text(home / file, text) for file, text in zip(names, texts, strict=True))
    except BaseException:  # an interrupt too: a definition without its table is no start
        _take_back([home / file for file in names], made)
        raise


def starter_text(name: str) -> str:
    """Return the definition of the starter under a name, with its comments."""
    title = re.sub(r"[_\-.]+", " ", name).strip()
    title = title[:1].upper() + title[1:]
    text = _template(DEFINITION_FILE)
    text = re.sub(r"(?m)^name: my_index ?(?= *#)", f'name: "{name}" ', text)
    return re.sub(r"(?m)^( *)(title|name): My index", rf'\1\2: "{title}"', text)


def _check_name(name: str) -> None:
    if not re.fullmatch(CODE_PATTERN.strip("^$"), name):
        raise OutputError(
            f"'{visible(name)}' can not be the name of an index: it must be a letter and then up "
            f"to 63 letters, digits, '_', '-' or '.'. {code_like(name)}".rstrip()
        )


def _make(home: Path) -> list[Path]:
    """Make the folder and return it and those above that were not there, deepest first."""
    made = [folder for folder in (home, *home.parents) if not folder.exists()]
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as failed:
        reason = (failed.strerror or str(failed)).lower()
        said = f"{visible(str(home), 200)} can not be made: {reason}. Choose another place."
        raise OutputError(said) from failed
    return made


def _take_back(files: list[Path], folders: list[Path]) -> None:
    """Remove what was written and made, as far as that is possible."""
    with suppress(OSError):
        for file in files:
            file.unlink(missing_ok=True)
        for folder in folders:
            folder.rmdir()


def _write_book(file: Path, name: str) -> Path:
    """Write the starter as a workbook, its table in the sheet Data."""
    from rankscope.definition.workbook_write import write_workbook

    definition, findings = examine_text(starter_text(name))
    if definition is None:
        raise DefinitionError("\n".join(map(str, findings)), findings)
    data = definition.data.model_copy(update={"file": file.name})
    rows = [[_cell(text) for text in row] for row in csv.reader(io.StringIO(_template(TABLE_FILE)))]
    return write_workbook(definition.model_copy(update={"data": data}), file, data=rows)


def _cell(text: str) -> str | float:
    return float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else text


def _template(file: str) -> str:
    templates = resources.files("rankscope.definition") / "templates"
    return (templates / file).read_text("utf-8")
