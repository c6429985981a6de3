"""Workbooks of strangers: what is in them decides, not what its parts are called."""

from __future__ import annotations

import io
import zipfile

import pytest

from rankscope._workbook import Limits, part_with, refusal

LIMITS = Limits(parts=5, unpacked=10_000_000, ratio=10_000, small=1_000_000)


def archive_of(name: str, part: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return packed.getvalue()


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
