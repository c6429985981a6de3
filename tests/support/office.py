"""Find LibreOffice, get it if there is none, and let it compute workbooks anew.

From a shell::

    python -m tests.support.office          # print its path
    python -m tests.support.office ensure   # and install it if there is none
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.programs import install_with_apt

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = ("soffice", "libreoffice")
USUAL = (
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
MAC_APP = Path("Applications", "LibreOffice.app", "Contents", "MacOS", "soffice")
NO_OFFICE = (
    "No LibreOffice was found and none could be installed: "
    "install LibreOffice Calc, or set RANKSCOPE_OFFICE to the path of its program soffice."
)
PATIENCE = 300
"""Seconds that a conversion may take."""


class NoOfficeError(RuntimeError):
    """No LibreOffice, and no way to it."""


def find_office() -> Path | None:
    """Return the program to use: the one named, or one of this machine's."""
    named = os.environ.get("RANKSCOPE_OFFICE")
    if named:
        path = shutil.which(named)
        if path is None:
            raise NoOfficeError(f"RANKSCOPE_OFFICE must name a program, got {named!r}.")
        return Path(path)
    found = (shutil.which(name) for name in NAMES)
    macs = (root / MAC_APP for root in (Path("/"), Path.home()))
    places = (*(Path(path) for path in found if path), *map(Path, USUAL), *macs)
    return next((place for place in places if place.exists()), None)


def ensure_office() -> Path:
    """Return LibreOffice, installed for the purpose if need be, or say in one sentence why not."""
    found = find_office()
    if found is None:
        install_with_apt(["libreoffice-calc"], purpose="the tests of workbooks")
        found = find_office()
    if found is None:
        raise NoOfficeError(NO_OFFICE)
    return found


def recalculated(
    office: Path, files: Sequence[Path], folder: Path, form: str = "xlsx"
) -> list[Path]:
    """Open workbooks, compute their formulas, and write them to a folder in some form.

    All in one start of the program, which takes longer than the work.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="office-") as profile:
        done = subprocess.run(
            [
                str(office),
                f"-env:UserInstallation={Path(profile).as_uri()}",
                *("--headless", "--norestore", "--nolockcheck"),
                *("--convert-to", form, "--outdir", str(folder)),
                *map(str, files),
            ],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    made = [folder / f"{file.stem}.{form}" for file in files]
    missing = [path.name for path in made if not path.is_file()]
    if missing:
        raise RuntimeError(
            f"LibreOffice made no {', '.join(missing)}: {done.stderr or done.stdout}"
        )
    return made


def main(arguments: Sequence[str]) -> int:
    """Print the program's path; with `ensure`, install it first if there is none."""
    try:
        path = ensure_office() if "ensure" in arguments else find_office()
    except NoOfficeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if "ensure" not in arguments:
        sys.stdout.write(f"{path or 'none'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
