"""The explorer in a browser: a slider moved until the ranking is painted anew."""

from __future__ import annotations

import atexit
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.subject import Subject
from rankscope.explorer.page import write_explorer
from tests.support.browser import find_browser, open_browser
from tests.support.indices import indicator, make_index, pillar

if TYPE_CHECKING:
    from benchmarks.subject import Run

UNITS, PILLARS, EACH = 200, 6, 10
MOVES = 100
BUDGET = 0.05

_MOVED = """async (moves) => {
  const slider = document.querySelector('.weight input[type=range]');
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const painted = () => new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done();
    requestAnimationFrame(() => channel.port2.postMessage(0));
  });
  const times = [];
  for (let at = 0; at < moves; at += 1) {
    await frame();
    const start = performance.now();
    slider.value = 5 + (at * 37) % 90;
    slider.dispatchEvent(new Event('input'));
    await painted();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}"""


def moved() -> tuple[Run, Run | None]:
    """Return moving a slider; the work takes the 95th percentile of its moves, in seconds."""
    groups = [
        pillar(f"p{at}", *(indicator(f"i{at}_{one}") for one in range(EACH)))
        for at in range(PILLARS)
    ]
    index = make_index(framework=pillar("whole", *groups), units=UNITS, gaps=0.05)
    folder = Path(tempfile.mkdtemp(prefix="explorer-"))
    path = write_explorer(index, index.build(), folder / "explorer.html", draws=200)
    executable = find_browser()
    if executable is None:
        raise FileNotFoundError("there is no browser")
    stack = ExitStack()
    atexit.register(stack.close)
    page = stack.enter_context(open_browser(executable)).new_page()
    page.goto(path.as_uri())

    def work() -> float:
        times = page.evaluate(_MOVED, MOVES)
        return float(times[int(0.95 * MOVES)]) / 1000

    return work, None


SUBJECTS = (
    (
        Subject(
            f"explorer: slider to painted ranking, {UNITS} x {PILLARS * EACH}, 95th percentile",
            moved,
            seconds=BUDGET,
        ),
    )
    if find_browser() is not None
    else ()
)
