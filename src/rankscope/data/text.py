"""From the bytes of a delimited text to its grid: encoding, delimiter, quotes, row lengths.

The csv module is used because pandas takes half a second to load and guesses types.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING

from rankscope._words import join_words
from rankscope.data.grid import Grid, quoted
from rankscope.findings import Finding, error, warning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.definition.model import DataSpec

DELIMITERS = {",": ",", ";": ";", "tab": "\t", "|": "|"}
"""What a definition calls each delimiter, and what it is."""

_EXCEL_SEPARATOR = re.compile(r"sep=.?")


def grid_of_text(
    data: bytes, origin: str, spec: DataSpec
) -> tuple[Grid | None, tuple[Finding, ...]]:
    """Read delimited text; the grid is None when the findings leave nothing to go on with."""
    text, findings = decoded(data, origin, spec.encoding)
    if text is None:
        return None, findings
    delimiter = _delimiter(origin, spec)
    records: list[tuple[int, list[str]]] = []
    try:
        records.extend(_records(text, DELIMITERS[delimiter]))
    except csv.Error as broken:
        line = records[-1][0] + 1 if records else 1
        return None, (*findings, _malformed(f"{origin}:{line}", str(broken)))
    grid, more = _grid(records, origin, delimiter)
    return grid, (*findings, *more)


def decoded(data: bytes, origin: str, encoding: str) -> tuple[str | None, tuple[Finding, ...]]:
    """Return the text in the declared encoding, without its byte-order mark."""
    wide = _utf16(data)
    if wide and not _is(encoding, "utf-16"):
        said = 'The file is UTF-16, as some programs save "Unicode text".'
        mend = "Save it as UTF-8, or declare data.encoding: utf-16."
        return None, (error("data-encoding", f"{origin}:1", said, mend),)
    try:
        text = data.decode("utf-8-sig" if _is(encoding, "utf-8") else encoding)
    except UnicodeDecodeError as undecodable:
        return None, (_undecodable(data, origin, encoding, undecodable.start),)
    except (LookupError, UnicodeError):
        said = f"There is no encoding {quoted(encoding)}."
        mend = "Declare another, such as data.encoding: utf-8 or cp1252."
        return None, (error("data-encoding", origin, said, mend),)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        said = "The line holds a NUL character; the file is damaged or no text."
        mend = "Save it again as CSV in UTF-8."
        return None, (error("data-encoding", f"{origin}:{line}", said, mend),)
    return text.removeprefix("\ufeff"), _doubtful(data, origin, encoding)


def _is(encoding: str, other: str) -> bool:
    """Whether a name of an encoding means the other one."""
    try:
        return codecs.lookup(encoding).name.startswith(other)
    except LookupError:
        return False


def _utf16(data: bytes) -> bool:
    """Whether bytes look like UTF-16: its mark, or every other byte of the start is zero."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    start = data[:400]
    zeros = max(start[0::2].count(0), start[1::2].count(0))
    return len(start) >= 4 and zeros > 0.4 * len(start)


def _doubtful(data: bytes, origin: str, encoding: str) -> tuple[Finding, ...]:
    """Warn when another encoding is declared although the bytes are proper UTF-8."""
    if _is(encoding, "utf") or data.isascii() or not _decodes(data, "utf-8"):
        return ()
    said = f"The file is proper UTF-8, but {quoted(encoding)} is declared."
    mend = "Delete data.encoding if names look garbled."
    return (warning("data-encoding", origin, said, mend),)


def _undecodable(data: bytes, origin: str, encoding: str, offset: int) -> Finding:
    line = data.count(b"\n", 0, offset) + 1
    likely = _likely_encoding(data)
    start = data.rfind(b"\n", 0, offset) + 1
    near = data[max(start, offset - 12) : offset + 12].split(b"\n")[0].decode(likely, "replace")
    said = f"Byte 0x{data[offset]:02x} at offset {offset:,} is not {encoding}."
    mend = f"As {likely} it reads {quoted(near.strip())}; if that is right, declare "
    return error("data-encoding", f"{origin}:{line}", said, f"{mend}data.encoding: {likely}.")


def _likely_encoding(data: bytes) -> str:
    """Return the encoding that text of these bytes most likely has.

    Accented letters stand alone among plain ones in Western text; Cyrillic words are
    runs of high bytes.
    """
    high = sum(byte > 127 for byte in data)
    runs = sum(len(run) for run in re.findall(rb"[\xc0-\xff]{3,}", data))
    if runs > 0.6 * high:
        return "cp1251"
    return "cp1252" if _decodes(data, "cp1252") else "latin-1"


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(origin: str, spec: DataSpec) -> str:
    """Return the delimiter's name: as declared, but the tab where a .tsv declares none."""
    if origin.lower().endswith(".tsv") and spec.delimiter == ",":
        return "tab"
    return spec.delimiter


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the records that are not blank, each with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    for record in reader:
        told = line == 1 and _EXCEL_SEPARATOR.fullmatch(delimiter.join(record).strip())
        if not told and not _blank(record):
            yield line, record
        line = reader.line_num + 1


def _blank(record: Sequence[str]) -> bool:
    text = "".join(record)
    return not text or text.isspace()


def _malformed(place: str, said: str) -> Finding:
    """Say in plain words what the csv module has against a file."""
    if "field larger" in said:
        limit = f"{csv.field_size_limit():,}"
        return error(
            "data-quotes",
            place,
            f"From here on a cell is longer than {limit} characters.",
            'Look for a quotation mark (") that is never closed.',
        )
    return error(
        "data-quotes",
        place,
        f"From here on a quotation mark is out of place ({said}).",
        'Close each quoted cell, and write a quotation mark inside one twice ("").',
    )


def _grid(
    records: Sequence[tuple[int, list[str]]], origin: str, delimiter: str
) -> tuple[Grid | None, tuple[Finding, ...]]:
    """Make the grid: the first record is the header, all others are as long as it."""
    if not records:
        mend = "It needs a header and a row for each unit."
        return None, (error("data-empty", origin, "The file is empty.", mend),)
    first, header = records[0]
    names = tuple(name.strip() for name in header)
    wrong = _wrong_delimiter(names, f"{origin}:{first}", delimiter)
    if wrong:
        return None, wrong
    lines = [line for line, _ in records[1:]]
    rows = [_cut(record, len(names)) for _, record in records[1:]]
    bad = [at for at, row in enumerate(rows) if len(row) != len(names)]
    ragged = tuple(_ragged(f"{origin}:{lines[at]}", len(rows[at]), len(names)) for at in bad)
    for at in reversed(bad):
        del rows[at], lines[at]
    return Grid(origin, names, rows, lines, first=first), ragged


def _cut(record: list[str], length: int) -> list[str]:
    """Drop empty cells past the last column, which some programs leave behind."""
    if len(record) > length and not any(cell.strip() for cell in record[length:]):
        return record[:length]
    return record


def _ragged(place: str, cells: int, columns: int) -> Finding:
    said = f"The row has {cells} cells, the header {columns}."
    mend = "A cell that holds the delimiter or a line break needs quotation marks."
    return error("data-ragged", place, said, mend)


def _wrong_delimiter(names: Sequence[str], place: str, declared: str) -> tuple[Finding, ...]:
    """Notice a header that is one cell because its delimiter is another than declared."""
    if len(names) > 1:
        return ()
    others = [name for name, mark in DELIMITERS.items() if mark in names[0] and name != declared]
    if not others:
        return ()
    used = max(others, key=lambda name: names[0].count(DELIMITERS[name]))
    said = f"With the delimiter {quoted(declared)} there is only one column: {quoted(names[0])}."
    mend = f'The cells seem to be separated by {quoted(used)}; declare data.delimiter: "{used}".'
    if len(others) > 1:
        mend += f" (The line holds {join_words(map(quoted, others), 'and')}.)"
    return (error("data-delimiter", place, said, mend),)
