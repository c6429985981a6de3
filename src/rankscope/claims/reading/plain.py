"""Bytes as text: a byte order mark, UTF-8, else the code page of Western Windows."""

from __future__ import annotations

import codecs

from rankscope.claims.model import Document
from rankscope.errors import DataError
from rankscope.findings import Finding, note

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def document_of(data: bytes, name: str, largest: int) -> Document:
    """Return the document that bytes hold; a guessed encoding is a finding.

    Raises
    ------
    DataError
        When there is no text in them, or too much.
    """
    if len(data) > largest:
        raise DataError(f"{name}: is longer than {largest // 1_000_000} MB; pass a shorter text.")
    encoding = next((known for mark, known in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return _whole(data.decode(encoding), name)
    except UnicodeDecodeError as problem:
        if encoding != "utf-8" or b"\0" in data[:4096]:
            raise DataError(
                f"{name}: is no text. Save it as text (.txt), or copy the text out."
            ) from problem
    text = data.decode("cp1252", errors="replace")
    guessed = note(
        "text-encoding",
        name,
        "The text is not in UTF-8; it was read as Windows-1252.",
        "Save it in UTF-8 if names look wrong.",
    )
    return _whole(text, name, guessed)


def _whole(text: str, name: str, *found: Finding) -> Document:
    if "\0" in text[:4096]:
        raise DataError(f"{name}: is no text. Save it as text (.txt), or copy the text out.")
    if not text.strip():
        raise DataError(f"{name}: is empty; there is nothing to check.")
    return Document(name, text, findings=found)
