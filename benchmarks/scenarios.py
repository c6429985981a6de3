"""The offset map, beside the single builds that it stands for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rankscope.analyses.offset import offset_map
from rankscope.catalogue import open_index
from rankscope.definition.model import Scenario
from rankscope.pipeline import build

if TYPE_CHECKING:
    from benchmarks.subject import Run

from benchmarks.draws import WORKERS
from benchmarks.subject import Subject

STEPS, DRAWS = 50, 1000
BUILDS = 20
"""How many of the single builds are timed, of one for each cell and draw."""

SCENARIO = {
    "name": "both",
    "units": ["RUS"],
    "changes": [
        {"act": "restrict", "nodes": ["supercomputing", "cloud_regions"], "by": 0.3},
        {"act": "cooperate", "partners": ["CHN"], "nodes": ["research", "development"], "by": 0.1},
    ],
}


def offset() -> tuple[Run, Run]:
    """Return the map of the packaged index, and some of the builds that it takes one by one."""
    index = open_index("ai-capacity")
    result, scenario = index.build(), Scenario.model_validate(SCENARIO)
    changed = replace(index.table, values=index.table.values * 0.9)

    def work() -> object:
        return offset_map(result, scenario, steps=STEPS, draws=DRAWS, workers=WORKERS)

    return work, lambda: [build(index.definition, changed) for _ in range(BUILDS)]


SUBJECTS = (
    Subject(
        f"offset map, {STEPS} x {STEPS} x {DRAWS:,} joint draws; floor: {BUILDS} builds",
        offset,
        seconds=20,
        amount=STEPS * STEPS * DRAWS,
    ),
)
