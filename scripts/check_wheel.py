"""Check a wheel: python scripts/check_wheel.py WHEEL.

It holds every file of src/rankscope that git tracks and nothing else, the marker of typed
packages and both licences, and it stays small.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
LARGEST = 2_000_000
LICENCES = {"LICENSE", "LICENSE-DATA.md"}


def tracked() -> set[str]:
    """Return the files of the package as git knows them."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "src/rankscope"], cwd=ROOT, capture_output=True, check=True
    )
    names = listed.stdout.decode().split("\0")
    return {name.removeprefix("src/") for name in names if (ROOT / name).is_file()}


def complaints(wheel: Path) -> list[str]:
    """Return what is wrong with the wheel, one sentence each."""
    names = set(zipfile.ZipFile(wheel).namelist())
    inside = {name for name in names if name.startswith("rankscope/")}
    licences = {Path(name).name for name in names if "/licenses/" in name}
    size = wheel.stat().st_size
    found = [f"{name} is missing" for name in sorted(tracked() - inside)]
    found += [f"{name} is not tracked by git" for name in sorted(inside - tracked())]
    found += [f"{name} is missing" for name in sorted(LICENCES - licences)]
    if "rankscope/py.typed" not in inside:
        found.append("rankscope/py.typed is missing: users' type checkers would ignore our types")
    if size > LARGEST:
        largest = max(zipfile.ZipFile(wheel).infolist(), key=lambda info: info.compress_size)
        found.append(
            f"the wheel must be smaller than {LARGEST:,} bytes, got {size:,}; "
            f"largest file: {largest.filename}, {largest.compress_size:,}"
        )
    return found


if __name__ == "__main__":
    wheel = Path(sys.argv[1])
    for complaint in complaints(wheel):
        print(f"{wheel.name}: {complaint}")
    if complaints(wheel):
        sys.exit(1)
    print(f"{wheel.name}: {wheel.stat().st_size:,} bytes, complete.")
