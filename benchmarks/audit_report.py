"""The audit of the packaged index as a page: from the command to the file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.start_up import PROGRAM, started
from benchmarks.subject import Subject

if TYPE_CHECKING:
    from benchmarks.subject import Run

LARGEST = 5_000_000
"""The budget of the page, in bytes."""


def audited() -> tuple[Run, Run]:
    """Return writing the audit of the packaged index, and the bare interpreter."""
    path = Path(tempfile.mkdtemp(prefix="audit-")) / "audit.html"
    run, floor = started(PROGRAM, "audit", "ai-capacity", "-o", str(path))

    def work() -> None:
        run()
        size = path.stat().st_size
        if size > LARGEST:
            raise MemoryError(f"the page has {size:,} bytes, more than {LARGEST:,}")

    return work, floor


SUBJECTS = (Subject("audit report of ai-capacity, < 5 MB", audited, seconds=15.0),)
