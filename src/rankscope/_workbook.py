"""Excel workbooks, opened as a stranger's and written without the time.

A workbook is an archive of XML from anywhere: limits come first, nothing is followed,
nothing computed; document types, with which a few bytes grow into many, are refused.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rankscope._words import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl import Workbook

LIVE = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that make a spreadsheet program take a text for a formula."""

UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no workbook can hold."""

_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_ENCODINGS = ("ascii", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_DOCTYPES = tuple(word.encode(e) for word in ("<!DOCTYPE", "<!ENTITY") for e in _ENCODINGS)
_CHUNK = 1 << 20
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
    LookupError,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a workbook may hold: its parts, their bytes, and how tightly they are packed.

    Parts below ``small`` bytes may be packed as tightly as they like.
    """

    parts: int
    unpacked: int
    ratio: int
    small: int


class Refusal(NamedTuple):
    """Why a workbook is not opened; ``large`` says that it holds too much."""

    sentence: str
    large: bool


def refusal(data: bytes, limits: Limits) -> Refusal | None:
    """Return why a workbook is not opened, or None where nothing speaks against it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            much = _too_much(archive.infolist(), limits)
            hostile = "" if much else part_with(archive, _DOCTYPES)
    except _BROKEN as broken:
        return Refusal(
            f"The file is no workbook of the kind .xlsx ({visible(str(broken))}).", False
        )
    if much:
        return Refusal(much, large=True)
    if hostile:
        return Refusal(f'"{visible(hostile)}" declares a document type.', large=False)
    return None


def part_with(archive: zipfile.ZipFile, marks: Sequence[bytes], folder: str = "") -> str:
    """Return the name of the first part below a folder that holds one of the marks, or nothing."""
    overlap = max(map(len, marks)) - 1
    for entry in archive.infolist():
        if not entry.filename.lower().startswith(folder):
            continue
        seen = b""
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                seen = seen[-overlap:] + chunk
                if any(mark in seen for mark in marks):
                    return entry.filename
    return ""


@contextmanager
def opened(data: bytes, *, results: bool) -> Iterator[Workbook]:
    """Give a workbook, read-only; ``results`` gives what formulas last came to."""
    from openpyxl import load_workbook  # slow to import, and only workbooks need it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of features that openpyxl does not keep: none is read
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=results, keep_links=False)
        yield book
        book.close()


def packed(book: Workbook) -> bytes:
    """Return a workbook's bytes without the time of writing: the same content, the same bytes."""
    given, out = io.BytesIO(), io.BytesIO()
    book.save(given)
    with (
        zipfile.ZipFile(given) as parts,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as steady,
    ):
        for name in parts.namelist():
            part = parts.read(name)
            if name == "docProps/core.xml":
                part = _TIME.sub(b"2000-01-01T00:00:00Z", part)
            steady.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def letters(column: int) -> str:
    """Return a spreadsheet's name of a column, counted from 0.

    >>> letters(0), letters(26)
    ('A', 'AA')
    """
    above, here = divmod(column, 26)
    return (letters(above - 1) if above else "") + chr(ord("A") + here)


def _too_much(parts: Sequence[zipfile.ZipInfo], limits: Limits) -> str:
    if len(parts) > limits.parts:
        return f"The archive holds {len(parts):,} files; the limit is {limits.parts:,}."
    if sum(part.file_size for part in parts) > limits.unpacked:
        return f"The archive unpacks to more than {limits.unpacked / 1e6:,.0f} MB."
    for part in parts:
        dense = part.file_size > limits.ratio * max(part.compress_size, 1)
        if dense and part.file_size > limits.small:
            return f'"{visible(part.filename)}" is packed too densely.'
    return ""
