"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from rankscope._files import replacing, write_bytes, write_text
from rankscope.errors import OutputError


def test_a_text_is_written_as_utf8_with_plain_line_ends(tmp_path: Path) -> None:
    target = write_text(tmp_path / "a.txt", "Åland\nNO\n")

    assert target.read_bytes() == "Åland\nNO\n".encode()


def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    target = write_text(tmp_path / "a.txt", "old")

    with replacing(target) as beside:
        beside.write_text("new")
        assert target.read_text() == "old"

    assert target.read_text() == "new"


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit, ValueError])
def test_an_interruption_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, interruption: type[BaseException]
) -> None:
    target = write_text(tmp_path / "a.txt", "old")

    with pytest.raises(interruption):
        _write_half(target, interruption)

    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("a.txt", "old")]


def test_a_new_file_has_the_rights_of_the_users_mask_and_an_old_one_keeps_its_own(
    tmp_path: Path,
) -> None:
    plain = tmp_path / "plain.txt"
    plain.touch()
    new = write_text(tmp_path / "new.txt", "x")
    plain.chmod(0o640)
    write_text(plain, "y")

    assert stat.S_IMODE(new.stat().st_mode) == 0o666 & ~_mask()
    assert stat.S_IMODE(plain.stat().st_mode) == 0o640


def test_a_link_keeps_pointing_to_its_target(tmp_path: Path) -> None:
    target = write_text(tmp_path / "target.txt", "old")
    link = tmp_path / "link.txt"
    link.symlink_to(target)

    write_text(link, "new")

    assert link.is_symlink()
    assert target.read_text() == "new"


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_bytes(os.devnull, b"x")

    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nowhere/a.txt", "there is no folder"),
        (".", "it is a folder"),
        ("file.txt/a.txt", "a part of the path is a file"),
        ("x" * 300, "the name is too long"),
        ("loop", "its links lead in a circle"),
        ("nul\0.txt", "embedded null"),
    ],
)
def test_an_unwritable_place_is_named_with_its_reason(
    tmp_path: Path, name: str, words: str
) -> None:
    (tmp_path / "file.txt").touch()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")

    with pytest.raises(OutputError, match=words) as raised:
        write_text(tmp_path / name, "x")

    assert "can not be written" in str(raised.value)


def test_a_folder_without_the_right_to_write_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)  # taking the right away does not stop root

    with pytest.raises(OutputError, match="you may not write there"):
        write_text(tmp_path / "a.txt", "x")


def _write_half(target: Path, interruption: type[BaseException]) -> None:
    with replacing(target) as beside:
        beside.write_text("half")
        raise interruption


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
