"""Indices whose scores are their values, so that importance can be worked out beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.data.table import plain_table
from rankscope.definition.model import Node
from rankscope.pipeline import build
from rankscope.testing import make_index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.pipeline.result import Result


def leaf(code: str, weight: float = 1.0, **own: Any) -> Node:
    return Node(code=code, name=code.upper(), kind="share", weight=weight, **own)


def flat(values: Any, weights: Sequence[float] | None = None, **own: Any) -> Result:
    """Return the index of a matrix (units, indicators), by default of arithmetic means."""
    columns = tuple("abcdefghijklmnopqrst"[: np.shape(values)[1]])
    given = [1.0] * len(columns) if weights is None else weights
    leaves = tuple(leaf(code, float(one)) for code, one in zip(columns, given, strict=True))
    return built(Node(code="r", name="Root", children=leaves, **own), values, columns)


def built(root: Node, values: Any, columns: tuple[str, ...]) -> Result:
    matrix = np.array(values, dtype=float)
    units = tuple(f"u{row:03}" for row in range(len(matrix)))
    least = {"by": "weight", "at_least": 0.0}
    method = {"normalisation": "none", "min_available": least, "screening": least}
    return build(*make_index(root, plain_table(units, columns, matrix), **method))


def correlated(rows: int, count: int, seed: int, strength: float = 0.5) -> np.ndarray:
    """Return positive values with unequal spreads that have something in common."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(rows, 1))
    own = rng.normal(size=(rows, count)) * (1 - strength) + strength * common
    return 50 + own * rng.uniform(0.5, 5, count)


def orthogonal(rows: int, count: int, seed: int = 0) -> np.ndarray:
    """Return columns without any correlation, all with variance 1 (dividing by rows)."""
    noise = np.random.default_rng(seed).normal(size=(rows, count))
    return np.linalg.qr(noise - noise.mean(axis=0))[0] * np.sqrt(rows)
