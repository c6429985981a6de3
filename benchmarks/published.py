"""A large published index, built and held against its table: as many areas as England's."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.start_up import PROGRAM, started
from benchmarks.subject import Subject

if TYPE_CHECKING:
    from benchmarks.subject import Run

AREAS, DOMAINS = 33_755, 7
DEFINITION = """\
name: areas
title: Areas
units: {register: own}
data: {file: data.csv, unit_column: id}
framework:
  code: whole
  name: Whole
  children: [%s]
method:
  min_available: {at_least: 1}
  normalisation: {method: exponential_rank}
  aggregation: sum
"""


def prepared() -> tuple[Run, Run]:
    """Return building and comparing an index of ranks, and the bare interpreter."""
    folder = Path(tempfile.mkdtemp(prefix="areas-"))
    rng = np.random.default_rng(0)
    ranks = np.column_stack([rng.permutation(AREAS) + 1 for _ in range(DOMAINS)])
    codes = [f"d{domain}" for domain in range(DOMAINS)]
    rows = [f"A{area:06},{','.join(map(str, own))}" for area, own in enumerate(ranks.tolist())]
    (folder / "data.csv").write_text("\n".join([f"id,{','.join(codes)}", *rows]) + "\n", "utf-8")
    children = [f"{{code: {code}, name: {code}, kind: rank, polarity: -1}}" for code in codes]
    (folder / "index.yaml").write_text(DEFINITION % ", ".join(children), "utf-8")
    scores = [f"A{area:06},{score:.3f}" for area, score in enumerate(rng.uniform(0, 90, AREAS))]
    (folder / "published.csv").write_text("\n".join(["id,score", *scores]) + "\n", "utf-8")
    definition, published = str(folder / "index.yaml"), str(folder / "published.csv")
    return started(PROGRAM, "build", definition, "--against", published)


SUBJECTS = (Subject("build --against, 33,755 x 7", prepared, seconds=3.0),)
