"""Files become documents: text in any usual encoding, from a file, a folder or a stream."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rankscope.claims.reading.plain import document_of
from rankscope.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import IO

    from rankscope.claims.model import Document

__all__ = ["documents", "read_document"]

_TEXTS = frozenset({".txt", ".md", ".text", ""})
LARGEST = 20_000_000
"""In bytes; no article is longer."""


def documents(names: Sequence[str], standard_input: IO[bytes]) -> Iterator[Document]:
    """Yield the documents that are named: files, all texts of a folder, ``-``.

    Raises
    ------
    DataError
        When one can not be read; the message names it and the mend.
    """
    for name in names:
        if name == "-":
            yield document_of(standard_input.read(LARGEST + 1), "standard input", LARGEST)
            continue
        path = Path(name)
        found = sorted(_in_folder(path)) if path.is_dir() else [path]
        if not found:
            raise DataError(f"{path}: there is no text in this folder (.txt or .md).")
        yield from map(read_document, found)


def _in_folder(folder: Path) -> Iterator[Path]:
    return (
        one for one in folder.iterdir() if one.is_file() and one.suffix.lower() in _TEXTS - {""}
    )


def read_document(path: Path) -> Document:
    """Read one file.

    Raises
    ------
    DataError
        When it can not be read, or is no text.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as problem:
        raise DataError(f"{path}: can not be read: {problem.strerror}.") from problem
    return document_of(data, path.name, LARGEST)
