"""The workbook of a definition: opened within limits, or stopped with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rankscope._words import visible
from rankscope._workbook import Limits, opened, refusal
from rankscope.definition.yaml_words import stop
from rankscope.errors import DefinitionError

MAX_PACKED = 32_000_000
LIMITS = Limits(parts=500, unpacked=64_000_000, ratio=200, small=100_000)

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
    try:
        with opened(data, results=values) as book:
            yield book
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
    refused = refusal(data, LIMITS)
    if refused and refused.large:
        mend = "Copy the sheets into a new workbook, without pictures, empty rows and formats."
        stop("workbook-too-large", str(file), refused.sentence, mend)
    if refused:
        mend = "Save it as .xlsx in a spreadsheet program."
        stop("workbook-broken", str(file), refused.sentence, mend)
    return data
