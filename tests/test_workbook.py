"""Workbooks of strangers, where what is in them decides; and our own, without the time."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from rankscope._workbook import Limits, opened, packed, part_with, refusal

LIMITS = Limits(parts=5, unpacked=10_000_000, ratio=10_000, small=1_000_000)


def archive_of(name: str, part: bytes) -> bytes:
    archived = io.BytesIO()
    with zipfile.ZipFile(archived, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return archived.getvalue()


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/sheet.bin"])
@pytest.mark.parametrize("encoding", ["ascii", "utf-16", "utf-32"])
def test_a_document_type_is_found_in_any_part_and_encoding(name: str, encoding: str) -> None:
    refused = refusal(archive_of(name, "<!DOCTYPE x>".encode(encoding)), LIMITS)

    assert refused
    assert not refused.large
    assert "declares a document type" in refused.sentence


def test_a_mark_is_found_where_two_chunks_meet() -> None:
    part = b" " * ((1 << 20) - 4) + b"<!DOCTYPE x>"
    with zipfile.ZipFile(io.BytesIO(archive_of("a.xml", part))) as archive:
        assert part_with(archive, [b"<!DOCTYPE"]) == "a.xml"


def test_a_damaged_stream_is_a_refusal() -> None:
    data = bytearray(archive_of("a.xml", bytes(range(256)) * 40))
    data[40:60] = bytes(20)
    refused = refusal(bytes(data), LIMITS)

    assert refused
    assert not refused.large


def book_of(year: int) -> Workbook:
    book = Workbook()
    book.properties.created = datetime(year, 1, 2)
    book.worksheets[0]["A1"] = "2024-01-01T00:00:00Z"
    return book


def test_the_same_content_gives_the_same_bytes_whenever_it_is_written() -> None:
    assert packed(book_of(1999)) == packed(book_of(2024))


def test_a_moment_in_a_cell_stays_what_it_is() -> None:
    with opened(packed(book_of(1999)), results=True) as book:
        assert book.worksheets[0]["A1"].value == "2024-01-01T00:00:00Z"
