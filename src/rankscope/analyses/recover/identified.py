"""How far the data tell weights apart: widths of intervals, and components that move together.

Condition indices and variance proportions of the components, as in Belsley, Kuh & Welsch
(1980) Regression Diagnostics, chapter 3, https://doi.org/10.1002/0471725153.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Matrix

STRONG = 30.0
"""A condition index from which components count as collinear."""

_PART = 0.5
"""The part of a weight's variance that a collinearity must explain for it to take part."""


@dataclass(frozen=True, slots=True)
class Identified:
    """The widest interval of a share, the condition number, and components that go together."""

    widest: float
    condition: float
    collinear: tuple[tuple[str, ...], ...]


def identified(
    components: Matrix, names: tuple[str, ...], ends: Matrix, *, shifted: bool
) -> Identified:
    """Judge components (rows, components) and the ends of their shares (components, 2)."""
    widest = float(np.max(ends[:, 1] - ends[:, 0])) if np.isfinite(ends).all() else np.nan
    columns = components
    if shifted:
        columns = np.column_stack([columns, np.ones(len(columns))])
    lengths = np.linalg.norm(columns, axis=0)
    if not np.isfinite(columns).all() or (lengths == 0).any():
        return Identified(widest, np.inf, ())
    _, sizes, axes = np.linalg.svd(columns / lengths, full_matrices=False)
    floor = np.maximum(sizes, 1e-15 * sizes[0])
    parts = (axes / floor[:, None]) ** 2
    parts = parts / parts.sum(axis=0)
    groups = []
    for index, own in zip(floor[0] / floor, parts, strict=True):
        members = tuple(name for name, part in zip(names, own, strict=False) if part > _PART)
        if index >= STRONG and len(members) > 1:
            groups.append(members)
    whole = len(sizes) == columns.shape[1]
    return Identified(widest, float(floor[0] / floor[-1]) if whole else np.inf, tuple(groups))


def of_hundred(share: float) -> str:
    """Return a width of shares in per cent points, two figures at least.

    >>> of_hundred(0.00132), of_hundred(0.276), of_hundred(1.0)
    ('0.13 of 100', '28 of 100', '100 of 100')
    """
    shown = 100 * share
    return f"{shown:.0f} of 100" if shown >= 10 else f"{shown:.2g} of 100"
