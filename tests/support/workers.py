"""Who ran the blocks of a run: a reducer that keeps threads and processes."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.pipeline.blocks import Reducer
from rankscope.pipeline.work import RECEIVED

if TYPE_CHECKING:
    from rankscope.shapes import Batch

Worker = tuple[int, int]


@dataclass(frozen=True)
class Workers(Reducer):
    """Keeps the process and the thread that each block was run by; waits so that all get some."""

    pause: float = 0.0

    def part(self, scores: Batch) -> set[Worker]:
        del scores
        time.sleep(self.pause)
        return {(os.getpid(), threading.get_ident())}

    def add(self, kept: set[Worker], more: set[Worker]) -> set[Worker]:
        return kept | more


def received() -> tuple[int, tuple[str, ...]]:
    """Return which process this is, and the runs that it has taken part in."""
    return os.getpid(), tuple(RECEIVED)


def forget() -> None:
    """Forget them."""
    RECEIVED.clear()
