"""Paths that a definition may name: relative, in its folder, no addresses (conventions §12.3)."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath, PureWindowsPath

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+:")  # a single letter is a drive of Windows


def why_refused(name: str, folder: Path | None = None) -> str:
    """Return why a text is no path in the definition's folder, from the verb on; or nothing.

    Without a folder, links are not looked at.
    """
    windows = PureWindowsPath(name)
    if _ADDRESS.match(name):
        return "is an address on the web"
    if PurePosixPath(name).is_absolute() or windows.anchor or ".." in windows.parts:
        return "leads out of the definition's folder"
    if "\\" in name:
        return "is written with backslashes; write /"
    if name.startswith("~"):
        return "is a home folder"
    return _link(name, folder) if folder else ""


def _link(name: str, folder: Path) -> str:
    """Return where links lead to, if not into the folder, or nothing."""
    try:
        target, home = (folder / name).resolve(), folder.resolve()
    except (OSError, RuntimeError):
        return "is a link that leads in a circle"
    return "" if target.is_relative_to(home) else "is a link out of the folder"
