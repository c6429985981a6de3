"""Joint uncertainty analysis of an index like ASEM, and of as many areas as England's index."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.draws import WORKERS, index
from benchmarks.subject import Subject
from rankscope.analyses.uncertainty import design_of, uncertainty
from rankscope.definition.assumptions import Assumptions
from rankscope.pipeline import build

if TYPE_CHECKING:
    from benchmarks.subject import Run

DRAWS = 100_000
ASSUMED = {
    "weights": {"method": "perturbed", "by": 0.25},
    "imputation": ["mean", "median"],
    "treatment": ["none", "skew_kurtosis"],
    "normalisation": [
        {"method": "min_max", "to": [1, 100]},
        {"method": "percentile_rank", "to": [1, 100]},
    ],
    "aggregation": ["arithmetic", "geometric"],
}
AREAS, DOMAINS, FEWER = 33_755, 7, 1000
MEMORY = 2 * 2**30
"""The budget of memory for all areas, in bytes."""


def joint() -> tuple[Run, Run]:
    """Return the draws of weights and 16 combinations of methods, and the bare floor."""
    units, indicators = 51, 49
    result = build(*index(units, indicators, 8, 0.05))
    design = design_of(result, assumptions=Assumptions.model_validate(ASSUMED))
    rng = np.random.default_rng(1)
    weights, values = rng.random((DRAWS, indicators)), rng.random((units, indicators))

    def work() -> object:
        return uncertainty(design, draws=DRAWS, pairs=False, workers=WORKERS)

    return work, lambda: np.sort(weights @ values.T, axis=1)


def areas() -> tuple[Run, Run]:
    """Return the rank intervals of all areas in a process of its own, and the bare floor."""
    rng = np.random.default_rng(1)
    weights, values = rng.random((FEWER, DOMAINS)), rng.random((AREAS, DOMAINS))

    def work() -> object:
        command = [sys.executable, "-m", "benchmarks.uncertainty"]
        done = subprocess.run(command, check=True, capture_output=True, env=dict(os.environ))
        peak = json.loads(done.stdout)["peak"]
        if peak > MEMORY:
            raise MemoryError(f"the areas took {peak / 2**30:.2f} GiB, more than 2")
        return peak

    return work, lambda: np.sort(weights @ values.T, axis=1)


def main() -> None:
    """Draw the weights of all areas, and print how much memory that took at most."""
    import resource

    result = build(*index(AREAS, DOMAINS, 1, 0.0))
    found = uncertainty(result, draws=FEWER, workers=WORKERS)
    found.frame()
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    print(json.dumps({"peak": peak}))


SUBJECTS = (
    Subject("joint uncertainty, 51 x 49, 16 designs", joint, seconds=1, amount=DRAWS),
    Subject("rank intervals, 33,755 x 7, < 2 GiB", areas, seconds=10, amount=FEWER),
)

if __name__ == "__main__":
    main()
