"""Hit-and-run: uniform draws from a convex set by steps along random lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.methods.admissible.polytope import Inside
    from rankscope.shapes import Matrix, Random, Vector

_TURNS = 40
"""How often the cloud of chains may be measured anew before the last run."""

_ROUND = 4.0
"""A cloud whose longest axis is at most this many times its shortest one is round enough."""

_NO_ROOM = 1e-100
"""The least room that is left before a wall, so that divisions stay finite."""


def draw_in_polytope(rows: Matrix, inside: Inside, size: int, random: Random) -> Matrix:
    """Return shares w drawn uniformly where ``rows @ w <= 0``, of shape (size, children).

    Each draw is the end of a chain of its own.  Long and thin sets are first made round:
    chains run, the directions are scaled to the shape of their cloud, and so on, until the
    cloud is as wide as it is long; the last run starts from that cloud on fixed directions
    (Smith 1984, Operations Research 32(6), 1296-1308,
    https://doi.org/10.1287/opre.32.6.1296).

    ``rows`` are of shape (walls, children); those that hold as equations ``inside`` count for
    nothing.
    """
    frame, dimensions = inside.directions, inside.directions.shape[1]
    if not dimensions:
        return np.repeat(inside.centre[None], size, axis=0)
    rows, room = _walls(rows, inside)
    chains = max(size, 40 * dimensions)
    offsets = np.zeros((len(inside.centre), chains))
    for _ in range(_TURNS):
        offsets = _run(rows, room, frame, offsets, random, steps=4 * dimensions + 10)
        frame, oblong = _rounded(inside.directions, frame, offsets)
        if oblong <= _ROUND:
            break
    steps = 2 * dimensions**2 + 30
    offsets = _run(rows, room, frame, offsets, random, steps=steps)
    return np.ascontiguousarray(np.maximum(inside.centre + offsets[:, :size].T, 0.0))


def _walls(rows: Matrix, inside: Inside) -> tuple[Matrix, Vector]:
    """Return the walls that a line inside can hit, and the room from the centre to each.

    Shapes (walls, children) and (walls,); rows are of length 1 within the set's directions.
    """
    rows = np.vstack([rows, -np.eye(len(inside.centre))])
    lengths = np.linalg.norm(rows @ inside.directions, axis=1)
    kept = lengths > 1e-9 * np.linalg.norm(rows, axis=1).max()
    rows = rows[kept] / lengths[kept, None]
    return rows, np.maximum(-(rows @ inside.centre), 0.0)


def _run(
    rows: Matrix, room: Vector, frame: Matrix, offsets: Matrix, random: Random, *, steps: int
) -> Matrix:
    """Return offsets from the centre, (children, chains), some steps later.

    ``frame``, (children, dimensions), turns round directions into those of the set.  All
    chains take a step at a time: where a line meets the walls is one division for each wall.
    """
    offsets = offsets.copy()
    left = room[:, None] - rows @ offsets
    against = rows @ frame
    for _ in range(steps):
        np.maximum(left, _NO_ROOM, out=left)
        along = random.standard_normal((frame.shape[1], offsets.shape[1]))
        nearer = against @ along
        pace = nearer / left
        ahead, behind = 1 / pace.max(axis=0), 1 / pace.min(axis=0)
        step = behind + (ahead - behind) * random.random(offsets.shape[1])
        offsets += step * (frame @ along)
        left -= step * nearer
    return offsets


def _rounded(directions: Matrix, frame: Matrix, offsets: Matrix) -> tuple[Matrix, float]:
    """Return a frame in which a cloud of offsets is round, and how oblong it is in the last one."""
    spread, axes = np.linalg.eigh(np.atleast_2d(np.cov(directions.T @ offsets)))
    lengths = np.sqrt(np.maximum(spread, 1e-24 * spread[-1]))
    rounder = directions @ (axes * lengths)
    sizes = np.linalg.svd(np.linalg.lstsq(frame, rounder, rcond=None)[0], compute_uv=False)
    return rounder, float(sizes[0] / sizes[-1])
