"""How long a user waits before anything happens."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.subject import Subject

if TYPE_CHECKING:
    from benchmarks.subject import Run

PROGRAM = str(Path(sys.executable).with_name("rankscope"))


def started(*command: str) -> tuple[Run, Run]:
    """Return a program and the bare interpreter."""

    def run(*words: str) -> None:
        subprocess.run(words, check=True, capture_output=True)

    return lambda: run(*command), lambda: run(sys.executable, "-c", "pass")


SUBJECTS = (
    Subject("rankscope --help", lambda: started(PROGRAM, "--help"), seconds=0.3),
    Subject(
        "import rankscope",
        lambda: started(sys.executable, "-c", "import rankscope"),
        seconds=0.1,
    ),
    Subject(
        "rankscope rank ai-capacity, warm",
        lambda: started(PROGRAM, "rank", "ai-capacity"),
        seconds=1.0,
    ),
)
