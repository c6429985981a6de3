"""Whether shares belong to an admissible set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.methods.admissible import Admissible, Siblings
    from rankscope.shapes import Vector

_SLACK = 1e-9
"""Walls may be passed by rounding."""


def belongs(
    admissible: Admissible,
    siblings: Siblings,
    shares: Vector | None = None,
    slack: float = _SLACK,
) -> bool:
    """Return whether shares (children,), by default those as given, belong to a set."""
    own = siblings.shares if shares is None else shares
    walls = admissible.walls(siblings)
    passed, extras = walls[:, : len(own)] @ own, walls[:, len(own) :]
    if not extras.size:
        return bool((passed <= slack).all())
    from scipy.optimize import linprog

    # how far the walls must give way at least, over all extras
    matrix = np.hstack([extras, -np.ones((len(walls), 1))])
    costs = np.append(np.zeros(extras.shape[1]), 1.0)
    found = linprog(costs, matrix, -passed, method="highs")
    return bool(found.success and found.fun is not None and found.fun <= slack)
