"""Long work in processes of its own, which can be ended at any moment.

A worker opens the index once and then waits, so that the first answer comes at once; one
that is ended is replaced by a fresh one.
"""

from __future__ import annotations

import multiprocessing
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

from rankscope.errors import RankscopeError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

DONE = "done"

MOST = 4
"""Questions at one time."""


class BusyError(RankscopeError):
    """As many questions are under way as there may be."""


@dataclass(frozen=True, slots=True, eq=False)
class Worker:
    """A process that answers one question at a time, and the line to it."""

    process: SpawnProcess
    line: Connection

    def ask(self, name: str, asked: dict[str, Any]) -> None:
        """Send a question; its answers arrive on the line, `DONE` after the last."""
        self.line.send((name, asked))

    def end(self) -> None:
        """End the process, whatever it is doing."""
        with suppress(OSError):
            self.line.close()
        self.process.terminate()
        self.process.join(timeout=2)
        if self.process.is_alive():
            self.process.kill()


@dataclass(slots=True, eq=False)
class Workers:
    """Workers that are free and those at work; one is always warm."""

    index: str
    modules: tuple[str, ...] = ()
    free: list[Worker] = field(default_factory=list)
    busy: set[Worker] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)

    def warm(self) -> None:
        """See to it that one worker is free."""
        with self.lock:
            if not self.free and len(self.busy) < MOST:
                self.free.append(_started(self.index, self.modules))

    def take(self) -> Worker:
        """Return a worker for one question.

        Raises
        ------
        BusyError
            When too many questions are under way.
        """
        with self.lock:
            if len(self.busy) >= MOST:
                raise BusyError("Too many questions are under way: wait, or cancel one.")
            worker = self.free.pop() if self.free else _started(self.index, self.modules)
            self.busy.add(worker)
        return worker

    def give_back(self, worker: Worker, *, ended: bool) -> None:
        """Take a worker back; one that was ended is replaced."""
        with self.lock:
            self.busy.discard(worker)
            if not ended and not self.free:
                self.free.append(worker)
                return
        worker.end()
        self.warm()

    def close(self) -> None:
        """End them all."""
        with self.lock:
            for worker in (*self.free, *self.busy):
                worker.end()
            self.free.clear()
            self.busy.clear()


def _started(index: str, modules: tuple[str, ...]) -> Worker:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(index, modules, there), daemon=True)
    process.start()
    there.close()
    return Worker(process, here)


def _work(index: str, modules: tuple[str, ...], line: Connection) -> None:
    """Answer questions until the line is closed; the body of a worker."""
    import rankscope.methods  # noqa: F401 - what is ours is registered first
    from rankscope._plugins import load_module
    from rankscope.catalogue.open import open_index
    from rankscope.explorer.questions.asking import Asked
    from rankscope.explorer.questions.register import QUESTIONS

    for module in modules:
        load_module(module)
    opened = open_index(index)
    with suppress(RankscopeError):  # what is heavy is loaded before anybody waits for it
        next(QUESTIONS["firmness"].answers(opened, Asked()), None)
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            name, asked = line.recv()
            question = QUESTIONS[name]
            try:
                for answer in question.answers(opened, question.form.model_validate(asked)):
                    line.send(answer)
            except RankscopeError as problem:
                line.send({"problem": str(problem)})
            except (ArithmeticError, LookupError, ValueError, MemoryError):
                line.send({"problem": "This can not be worked out for this index."})
            line.send(DONE)
