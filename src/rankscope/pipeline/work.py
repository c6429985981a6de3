"""The work of a run of draws as it goes to a worker: a thread, a process, or another machine.

Threads share it as it is.  A process gets it as bytes that are made once, opens them once,
and keeps what it has compiled for the next bundle of the same run.
"""

from __future__ import annotations

import functools
import pickle
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from rankscope.pipeline.reducers import BLOCK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rankscope.pipeline.reducers import Reducer
    from rankscope.shapes import Batch

_LARGE = 2**20

RECEIVED: dict[str, Work] = {}
"""In a worker process: the work of the run that it takes part in."""


class Work:
    """How blocks are scored and what is kept of them; called with a bundle of blocks."""

    def __init__(
        self, block_scores: Callable[[int], Batch], reducers: Sequence[Reducer], draws: int
    ) -> None:
        self._parts = (block_scores, reducers, draws)
        self._token = uuid4().hex
        self._bytes = b""
        self._is_received = False

    def __call__(self, bundle: range) -> list[Any]:
        """Return what each reducer keeps of some blocks."""
        from threadpoolctl import threadpool_limits

        if self._is_received:  # in a process of its own BLAS has one thread for good
            threadpool_limits(limits=1, user_api="blas")
        block_scores, reducers, draws = self._parts
        blocks = (block_scores(k)[: draws - k * BLOCK] for k in bundle)
        return functools.reduce(
            self.merged, ([one.part(own) for one in reducers] for own in blocks)
        )

    def merged(self, kept: list[Any], more: list[Any]) -> list[Any]:
        """Return what is kept of both, in the order of their blocks."""
        return [one.add(*both) for one, *both in zip(self._parts[1], kept, more, strict=True)]

    def __reduce__(self) -> tuple[Callable[[str, bytes], Work], tuple[str, bytes]]:
        """Return how another process comes by this work."""
        if not self._bytes:
            self._bytes = pickle.dumps(self._parts)
        return _received, (self._token, self._bytes)

    def __sizeof__(self) -> int:
        """Return a size at which Dask sends an argument once to each worker, not to each task."""
        return max(_LARGE, len(self._bytes))


def _received(token: str, content: bytes) -> Work:
    """Return the work that came as bytes, the same as before if it is of the same run."""
    if token not in RECEIVED:
        work = Work(*pickle.loads(content))  # noqa: S301 - from the process that started this one
        work._is_received = True
        RECEIVED.clear()
        RECEIVED[token] = work
    return RECEIVED[token]


def done(work: Work, bundle: range) -> list[Any]:
    """Do a bundle; a function of its arguments, so that Dask sees the work among them."""
    return work(bundle)
