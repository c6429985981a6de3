"""Files that a definition names: found beside it, and read whole.

Paths are relative, stay in the definition's folder after links are followed, and are
never addresses (conventions §12.3).
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from rankscope._words import did_you_mean, join_words
from rankscope.data.grid import quoted
from rankscope.definition.paths import why_refused
from rankscope.findings import Finding, error

SIZE_LIMIT = 200_000_000
"""The largest file that is read, in bytes."""

SUFFIXES = (".csv", ".tsv", ".txt", ".parquet", ".xlsx")
"""The kinds of files that are read."""


def bytes_beside(folder: Path, file: str, key: str) -> tuple[bytes | None, tuple[Finding, ...]]:
    """Return the bytes of a file in a definition's folder; ``key`` is where it is named.

    None when there is an error among the findings.
    """
    fault = _fault_of_name(file, folder, key) or _fault_of_file(file, folder, key)
    if fault:
        return None, (fault,)
    try:
        return (folder / file).read_bytes(), ()
    except OSError as failed:
        said = f"The file can not be read: {(failed.strerror or str(failed)).lower()}."
        return None, (error("data-file", file, said, "Check its permissions."),)


def _fault_of_name(file: str, folder: Path, key: str) -> Finding | None:
    """Refuse what a definition may not name, and kinds of files that are not read."""
    why = why_refused(file, folder)
    if why:
        said = f"{key} is {quoted(file)}, which {why}."
        mend = "Put the file beside the definition and name it relative to that."
        return error("data-path", file, said, mend)
    posix = PurePosixPath(file)
    if posix.suffix.lower() not in SUFFIXES:
        said = f"Files of the kind {quoted(posix.suffix or posix.name)} are not read."
        return error("data-file", file, said, f"Save it as {join_words(SUFFIXES)}.")
    return None


def _fault_of_file(file: str, folder: Path, key: str) -> Finding | None:
    """Say what is wrong with the file itself: not there, or too large."""
    path = folder / file
    if not path.is_file():
        tables = (one for one in folder.glob("*") if one.suffix.lower() in SUFFIXES)
        there = [one.name for one in tables if one.is_file()]
        said = f"There is no file {quoted(file)} beside the definition."
        return error("data-file", file, said, did_you_mean(file, there) or f"Check {key}.")
    size = path.stat().st_size
    if size > SIZE_LIMIT:
        said = f"The file has {size / 1e6:,.0f} MB; the limit is {SIZE_LIMIT / 1e6:,.0f} MB."
        return error("data-file", file, said, "Leave out columns and rows that are not used.")
    return None
