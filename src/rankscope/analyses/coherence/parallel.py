"""Eigenvalues that come about by chance: Horn's parallel analysis."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from rankscope.errors import MethodError

if TYPE_CHECKING:
    from rankscope.shapes import Batch, Random, Vector

_PURPOSE = 51

_BLOCK = 1024

_AT_ONCE = 2**22
"""Random numbers held at a time."""


@lru_cache(maxsize=256)
def chance_eigenvalues(
    rows: int, columns: int, *, draws: int = _BLOCK, quantile: float = 0.95, seed: int = 0
) -> Vector:
    """Return a quantile of each eigenvalue of the correlations of independent columns, (columns,).

    The largest first, over ``draws`` tables of normal numbers: Horn (1965) took means, Glorfeld
    (1995) the quantile of 95 %, which keeps fewer components that are chance;
    https://doi.org/10.1007/BF02289447, https://doi.org/10.1177/0013164495055003002.  Where
    there are more rows than columns their covariances are drawn as such, from Wishart's law by
    its triangular factor (Smith & Hocking 1972, https://doi.org/10.2307/2346290).

    Raises
    ------
    MethodError
        When there are fewer than three rows, no columns or no draws, or for another quantile.
    """
    if rows < 3 or columns < 1 or draws < 1 or not 0 < quantile < 1:
        raise MethodError(
            "chance_eigenvalues needs three rows, a column, a draw and a quantile between 0 and 1, "
            f"got {rows}, {columns}, {draws} and {quantile}."
        )
    blocks = [_block(rows, columns, block, seed) for block in range(-(-draws // _BLOCK))]
    found: Vector = np.quantile(np.concatenate(blocks)[:draws], quantile, axis=0)
    found.setflags(write=False)
    return found


def _block(rows: int, columns: int, block: int, seed: int) -> Batch:
    """Return the eigenvalues of one block of draws, the largest first, (1024, columns)."""
    random = np.random.default_rng(
        np.random.SeedSequence(seed, spawn_key=(_PURPOSE, rows, columns, block))
    )
    some = max(1, min(_BLOCK, _AT_ONCE // (min(rows, columns) * columns)))
    parts = []
    for first in range(0, _BLOCK, some):
        count = min(some, _BLOCK - first)
        drawn = _triangles if rows > columns else _tables
        factor = drawn(random, count, rows, columns)
        size = np.sqrt((factor**2).sum(axis=1, keepdims=True))
        scaled = factor / size
        parts.append(np.linalg.eigvalsh(np.swapaxes(scaled, 1, 2) @ scaled)[:, ::-1])
    return np.concatenate(parts)


def _tables(random: Random, count: int, rows: int, columns: int) -> Batch:
    """Return centred tables of normal numbers, (count, rows, columns)."""
    drawn = random.standard_normal((count, rows, columns))
    return np.asarray(drawn - drawn.mean(axis=1, keepdims=True))


def _triangles(random: Random, count: int, rows: int, columns: int) -> Batch:
    """Return triangles whose squares are covariances of normal columns, times rows less one.

    Of shape (count, columns, columns).
    """
    freedom = rows - 1 - np.arange(columns)
    upper = np.triu(random.standard_normal((count, columns, columns)), 1)
    diagonal = np.sqrt(random.chisquare(freedom, (count, columns)))
    upper[:, np.arange(columns), np.arange(columns)] = diagonal
    return upper
