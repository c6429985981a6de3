"""Files written whole or not at all: beside the target first, then put in its place."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rankscope._words import visible
from rankscope.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_REASONS = {
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.EROFS: "the disk can only be read",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "a part of the path is a file and no folder",
    errno.ELOOP: "its links lead in a circle",
}


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a new, empty file to write to, which then takes the place of ``path``.

    Until the end of the block ``path`` stays as it was; when the block fails or is
    interrupted, nothing is left behind.  A link keeps pointing to its target,
    which is replaced, and devices such as ``/dev/stdout`` are written to directly.

    Raises
    ------
    OutputError
        When the file can not be written, with the reason.
    """
    try:
        target = _target(path)
        if _is_device(target):
            yield target
            return
        beside = _new_file(target)
        try:
            yield beside
            _put(beside, target)
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
    except OSError as failed:
        raise OutputError(_explain(path, failed)) from failed


def write_bytes(path: str | os.PathLike[str], data: bytes) -> Path:
    """Write a file whole or not at all, and return its path.

    Raises
    ------
    OutputError
        When the file can not be written, with the reason.
    """
    with replacing(path) as beside:
        beside.write_bytes(data)
    return Path(path)


def write_text(path: str | os.PathLike[str], text: str) -> Path:
    r"""Write a text as UTF-8 with line ends ``\n``, whole or not at all, and return its path.

    Raises
    ------
    OutputError
        When the file can not be written, with the reason.
    """
    return write_bytes(path, text.encode("utf-8"))


def _target(path: str | os.PathLike[str]) -> Path:
    """Return the file that is meant, links followed except to a device."""
    try:
        target = Path(path) if _is_device(Path(path)) else Path(path).resolve()
    except (RuntimeError, ValueError) as odd:  # a circle of links; a NUL in the name
        number = errno.ELOOP if isinstance(odd, RuntimeError) else errno.EINVAL
        raise OSError(number, str(odd)) from odd
    # Python 3.13 returns a link where links lead in a circle, earlier ones raise
    if target.is_symlink() and not target.exists():
        raise OSError(errno.ELOOP, "is a circle of links")
    if target.is_dir():
        raise OSError(errno.EISDIR, "is a folder")
    return target


def _is_device(target: Path) -> bool:
    """Whether a path is there and is no ordinary file: it can not be replaced."""
    return target.exists() and not target.is_file() and not target.is_dir()


def _new_file(target: Path) -> Path:
    """Create an empty file in the target's folder, with the rights that the target is to have."""
    rights = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    if rights is not None and not os.access(target, os.W_OK):
        raise OSError(errno.EACCES, "is write-protected")
    beside = target.parent / f".rankscope-{secrets.token_hex(8)}.tmp"
    # not by tempfile: the file must have the rights that the user's mask gives, not 0600
    os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    if rights is not None:
        beside.chmod(rights)
    return beside


def _put(beside: Path, target: Path) -> None:
    """Bring the new file to disk, then into the target's place."""
    with beside.open("r+b") as stream:  # Windows flushes only what may be written
        os.fsync(stream.fileno())
    beside.replace(target)


def _explain(path: str | os.PathLike[str], failed: OSError) -> str:
    """Return the sentence for a file that could not be written."""
    shown = visible(os.fspath(path), 200)
    folder = Path(path).parent
    if failed.errno == errno.ENOENT and not folder.exists():
        missing = visible(str(folder), 200)
        return f"{shown} can not be written: there is no folder {missing}. Make it first."
    reason = _REASONS.get(failed.errno or 0, (failed.strerror or str(failed)).lower())
    return f"{shown} can not be written: {reason}. Choose another place."
