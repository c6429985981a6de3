"""Names for the shapes of arrays, as signatures and docstrings use them.

The axes have fixed names and a fixed order: ``draws`` (any number of leading
axes), ``rows`` (unit x period), then ``columns`` or ``nodes``.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Vector: TypeAlias = NDArray[np.float64]
"""Floats of shape (rows,) or (columns,)."""

Matrix: TypeAlias = NDArray[np.float64]
"""Floats of shape (rows, columns); NaN is missing."""

Batch: TypeAlias = NDArray[np.float64]
"""Floats with leading draw axes: (\\*draws, rows), (\\*draws, edges), ..."""

Mask: TypeAlias = NDArray[np.bool_]
"""Booleans of the shape that the docstring says."""

Whole: TypeAlias = NDArray[np.int64]
"""Whole numbers of the shape that the docstring says."""

Random: TypeAlias = np.random.Generator
"""A source of random numbers that was seeded by whoever passes it."""
