"""Whether any fixed weights of a node's children give what was published for it.

Two questions to the same rows: how near weights come that fit best on average (least
squares, none negative), and how near any weights can come at all: the smallest largest
difference (Chebyshev), found by a linear program.  If even that is more than rounding
explains, no fixed weights give the published numbers, which is then proved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector

_ROWS = 4000
"""The program takes the rows that are fitted worst; what fails for some fails for all."""


@dataclass(frozen=True, slots=True)
class LinearRule:
    """The weights that fit best, and how far off they are.

    They are those of least squares, or where some give all within ``bound``, those.
    ``inside`` is the share of rows within ``bound``, ``largest`` the largest difference;
    no weights at all have a largest difference below ``least``.
    """

    weights: tuple[float, ...]
    inside: float
    largest: float
    least: float
    bound: float

    @property
    def refuted(self) -> bool:
        """Whether no fixed weights give every published number within rounding."""
        return self.least > self.bound * (1 + 1e-6)


def best_linear_rule(children: Matrix, published: Vector, bound: float) -> LinearRule | None:
    """Fit published scores, (rows,), by fixed weights of children's scores, (rows, children).

    Rows with a gap are left out; None where there are too few to tell.
    """
    from scipy.optimize import nnls

    whole = ~np.isnan(children).any(axis=1) & ~np.isnan(published)
    parts, wanted = children[whole], published[whole]
    if len(wanted) < 2 * parts.shape[1] + 2:
        return None
    fitted, _ = nnls(parts, wanted)
    worst = np.argsort(-np.abs(parts @ fitted - wanted), kind="stable")[:_ROWS]
    nearest, least = _nearest(parts[worst], wanted[worst])
    weights = nearest if least <= bound and (nearest >= 0).all() else fitted
    off = np.abs(parts @ weights - wanted)
    return LinearRule(
        weights=tuple(weights.tolist()),
        inside=float((off <= bound * (1 + 1e-6)).mean()),
        largest=float(off.max()),
        least=least,
        bound=bound,
    )


def _nearest(parts: Matrix, wanted: Vector) -> tuple[Vector, float]:
    """Return the weights of any sign with the smallest largest difference, and that difference."""
    from scipy.optimize import linprog

    rows, columns = parts.shape
    one = np.ones((rows, 1))
    found = linprog(
        c=np.append(np.zeros(columns), 1.0),
        A_ub=np.block([[parts, -one], [-parts, -one]]),
        b_ub=np.concatenate([wanted, -wanted]),
        bounds=[(None, None)] * columns + [(0, None)],
        method="highs",
    )
    if found.x is None or not found.success:  # then nothing is proved
        return np.full(columns, -1.0), 0.0
    return found.x[:-1], float(found.x[-1])


def line_to(ours: Vector, published: Vector, bound: float) -> tuple[float, float] | None:
    """Return factor and offset that lead from our scores, (rows,), to those published.

    None where no line leads to nearly all of them, or there are too few to tell.
    """
    both = ~np.isnan(ours) & ~np.isnan(published)
    x, y = ours[both], published[both]
    if len(x) < 6 or np.ptp(x) == 0:
        return None
    (factor, offset), *_ = np.linalg.lstsq(np.column_stack([x, np.ones(len(x))]), y, rcond=None)
    off = np.abs(factor * x + offset - y)
    return (float(factor), float(offset)) if (off <= 1.01 * bound).mean() > 0.99 else None
