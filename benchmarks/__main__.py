"""Measure every subject, print MEETS or MISSES for each, and write RESULTS.md.

With --check nothing is written, and the exit code is 1 when a ratio is beyond
three times its budget.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.subject import Line, measure

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = Path(__file__).parent
HEADER = ("", "work", "measured", "budget", "floor")
NOT_SUBJECTS = {"__init__", "__main__", "subject"}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail beyond 3 x a ratio")
    parser.add_argument("only", nargs="*", help="names of files here, such as draws")
    options = parser.parse_args(arguments)
    lines = []
    for name in options.only or sorted(names()):
        for subject in importlib.import_module(f"benchmarks.{name}").SUBJECTS:
            if options.check and subject.ratio is None:
                continue
            lines.append(measure(subject))
            print("{:<6}  {:<34}  {:<34}  {:<7}  {}".format(*lines[-1].cells()).rstrip())
    if not options.check and not options.only:
        (FOLDER / "RESULTS.md").write_text(page(lines), encoding="utf-8")
    return int(options.check and not all(line.passes for line in lines))


def names() -> set[str]:
    """Return the modules of this folder that hold subjects."""
    return {path.stem for path in FOLDER.glob("*.py")} - NOT_SUBJECTS


def page(lines: Sequence[Line]) -> str:
    """Return the results as a page."""
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, NumPy {np.__version__}"
    rows = [HEADER, ("---",) * len(HEADER), *(line.cells() for line in lines)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return (
        "# Results\n\nWritten by `make bench`; the best of five runs, the floor measured in turn.\n"
        f"Seconds are those of one machine ({machine}); ratios hold on any.\n\n{table}\n"
    )


if __name__ == "__main__":
    raise SystemExit(main())
