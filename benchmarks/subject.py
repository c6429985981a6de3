"""What is measured: a subject names its budget, and what its time is compared with."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[[], object]

ROUNDS = 5
CHECK = 3.0
"""CI fails when a ratio is beyond this many times its budget."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A piece of work with a budget.

    ``build`` makes everything ready and returns the work and its floor, which are
    timed alternately so that a busy machine slows both; work that takes its own time returns it
    as a float.  A ``ratio`` budget is a
    multiple of the floor's time; a budget in ``seconds`` takes off nothing, and its
    floor is printed for comparison.  ``amount`` of draws, if any, tells a speed.
    """

    name: str
    build: Callable[[], tuple[Run, Run | None]]
    seconds: float | None = None
    ratio: float | None = None
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A measured subject."""

    subject: Subject
    seconds: float
    floor: float | None

    @property
    def ratio(self) -> float | None:
        """Return the multiple of the floor's time."""
        return self.seconds / self.floor if self.floor else None

    @property
    def meets(self) -> bool:
        """Whether the budget is kept."""
        return self._within(1.0)

    @property
    def passes(self) -> bool:
        """Whether CI may pass: seconds do not hold on other machines, ratios do."""
        return self.subject.ratio is None or self._within(CHECK)

    def _within(self, times: float) -> bool:
        if self.subject.ratio is not None:
            return (self.ratio or 0.0) <= times * self.subject.ratio
        return self.seconds <= times * (self.subject.seconds or float("inf"))

    def cells(self) -> tuple[str, str, str, str, str]:
        """Return the line of a table: verdict, subject, measured, budget, floor."""
        measured = f"{self.seconds:.3f} s"
        if self.subject.amount:
            measured += f", {self.subject.amount / self.seconds:,.0f} draws/s"
            if self.subject.ratio is None and self.ratio:
                measured += f", {self.ratio:.1f} x"
        budget = f"{self.subject.seconds:g} s" if self.subject.seconds else ""
        floor = f"{self.floor:.3f} s" if self.floor else ""
        if self.subject.ratio is not None:
            budget, measured = f"{self.subject.ratio:g} x", f"{self.ratio:.2f} x, {measured}"
        return ("MEETS" if self.meets else "MISSES", self.subject.name, measured, budget, floor)


def measure(subject: Subject, rounds: int = ROUNDS) -> Line:
    """Time the work and its floor in turn, and keep the best of each."""
    work, floor = subject.build()
    best = [float("inf"), float("inf")]
    for _ in range(rounds):
        for place, run in enumerate((floor, work)):
            if run is not None:
                started = time.perf_counter()
                own = run()
                seconds = own if isinstance(own, float) else time.perf_counter() - started
                best[place] = min(best[place], seconds)
    return Line(subject, seconds=best[1], floor=best[0] if floor else None)
