"""A workbook opened as a stranger's: limits first, nothing followed, nothing computed."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rankscope._words import visible
from rankscope.definition.yaml_words import stop
from rankscope.errors import DefinitionError

MAX_PACKED = 32_000_000
MAX_UNPACKED = 64_000_000
MAX_RATIO = 200
MAX_ENTRIES = 500
SMALL = 100_000
"""Parts below this size may be packed as tightly as they like."""

_ENCODINGS = ("ascii", "utf-16-le", "utf-16-be")
_ENTITIES = tuple(word.encode(e) for word in ("<!DOCTYPE", "<!ENTITY") for e in _ENCODINGS)
_OLD = b"\xd0\xcf\x11\xe0"


@contextmanager
def opened_book(file: Path, *, values: bool = False) -> Iterator[Any]:
    """Give the workbook, read-only; ``values`` gives what formulas last came to.

    Raises
    ------
    DefinitionError
        When it is too large, packed too tightly, encrypted, or no workbook, also
        when that shows only while its cells are read.
    """
    data = _checked(file)
    # openpyxl is slow to import and only workbooks need it
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that openpyxl does not keep: none is read
            book = load_workbook(
                io.BytesIO(data), read_only=True, data_only=values, keep_links=False
            )
            yield book
            book.close()
    except DefinitionError:
        raise
    except Exception as broken:  # whatever a forged part makes openpyxl stumble over
        said = f"The workbook is damaged: {visible(str(broken)) or type(broken).__name__}."
        stop("workbook-broken", str(file), said, "Open it in a spreadsheet program and save it.")


def _checked(file: Path) -> bytes:
    """Return the bytes of a workbook that stays within the limits."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_PACKED + 1)
    except OSError as denied:
        said = f"The file can not be read: {(denied.strerror or str(denied)).lower()}."
        stop("file-unreadable", str(file), said, "Check its permissions.")
    if len(data) > MAX_PACKED:
        stop("file-too-large", str(file), f"The file has more than {MAX_PACKED:,} bytes.")
    if data.startswith(_OLD):
        said = "The workbook is protected by a password or is of the old kind .xls."
        stop("workbook-broken", str(file), said, "Save it as .xlsx without a password.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive, str(file))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as broken:
        said = f"The file is no workbook of the kind .xlsx: {visible(str(broken))}."
        stop("workbook-broken", str(file), said, "Save it as .xlsx in a spreadsheet program.")
    return data


def _check_parts(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    if len(parts) > MAX_ENTRIES:
        said = f"The workbook has {len(parts):,} parts, more than {MAX_ENTRIES}."
        stop("workbook-too-large", name, said, "Copy the sheets into a new workbook.")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED:
        said = f"The workbook unpacks to {unpacked:,} bytes, more than {MAX_UNPACKED:,}."
        stop("workbook-too-large", name, said, "Remove sheets, pictures and empty rows.")
    for part in parts:
        ratio = part.file_size / max(part.compress_size, 1)
        if part.file_size > SMALL and ratio > MAX_RATIO:
            said = f"{visible(part.filename)} is packed {ratio:,.0f} to 1, more than {MAX_RATIO}."
            stop("workbook-too-large", name, said, "Remove empty rows and copied formats.")
        if any(word in archive.read(part) for word in _ENTITIES):
            said = f"{visible(part.filename)} declares entities, which no spreadsheet does."
            stop("workbook-broken", name, said, "Save it again in a spreadsheet program.")
