"""The items of an aggregate over the units that have all of them, and their correlations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.analyses.coherence.pairs import LEAST, relate
from rankscope.analyses.importance.parts import varies

if TYPE_CHECKING:
    from rankscope.analyses.coherence.subject import Subject
    from rankscope.shapes import Mask, Matrix, Vector

DEPENDENT = 1e-10
"""With a smaller eigenvalue a correlation matrix is singular but for rounding."""


@dataclass(frozen=True, slots=True)
class Items:
    """The children of an aggregate that count and tell units apart, over complete rows.

    ``scores`` (rows, items) are complete, of ``of`` rows in all; ``correlations`` (items,
    items); ``constant`` are the codes of children that are the same for all these rows.
    """

    node: str
    name: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    constant: tuple[str, ...]
    scores: Matrix
    of: int
    correlations: Matrix

    @property
    def enough(self) -> bool:
        """Whether there are two items at least, over three rows at least."""
        return len(self.codes) > 1 and len(self.scores) >= LEAST

    @property
    def eigenvalues(self) -> Vector:
        """Return the eigenvalues of the correlations, the largest first, (items,)."""
        return np.linalg.eigvalsh(self.correlations)[::-1].astype(float)

    @property
    def dependent(self) -> tuple[str, ...]:
        """Return the names of items one of which the others tell exactly; empty where none."""
        if not self.enough:
            return ()
        values, vectors = np.linalg.eigh(self.correlations)
        if values[0] > DEPENDENT:
            return ()
        involved = np.abs(vectors[:, values <= DEPENDENT]).max(axis=1) > 1e-6
        return tuple(np.array(self.names)[involved].tolist())

    @property
    def over(self) -> str:
        """Say over how many units."""
        if len(self.scores) == self.of:
            return f"over {self.of} units"
        return f"over the {len(self.scores)} of {self.of} units that have all of its parts"


def items_of(subject: Subject, aggregate: int) -> Items:
    """Return the items of an aggregate of a subject."""
    numbers = subject.items(aggregate)
    return items_from(
        subject.scores[:, list(numbers)],
        subject.codes(numbers),
        names=tuple(subject.name(one) for one in numbers),
        node=subject.code(aggregate),
        name=subject.name(aggregate),
    )


def items_from(
    scores: Matrix,
    codes: tuple[str, ...],
    *,
    names: tuple[str, ...] | None = None,
    node: str = "",
    name: str = "",
) -> Items:
    """Return items from scores with gaps, (rows, columns)."""
    complete = scores[~np.isnan(scores).any(axis=1)]
    moving: Mask = np.array([varies(column) for column in complete.T], dtype=bool)
    kept = complete[:, moving]
    correlations = relate(kept, kept).values
    np.fill_diagonal(correlations, 1.0)
    return Items(
        node=node,
        name=name or node,
        codes=_those(codes, moving),
        names=_those(names or codes, moving),
        constant=_those(codes, ~moving),
        scores=kept,
        of=len(scores),
        correlations=correlations,
    )


def _those(words: tuple[str, ...], which: Mask) -> tuple[str, ...]:
    return tuple(word for word, kept in zip(words, which.tolist(), strict=True) if kept)


def in_words(names: tuple[str, ...]) -> str:
    """Name things in a sentence, the first six and how many more."""
    more = len(names) - 6
    return join_words([*names[:6], *([f"{more} more"] if more > 0 else [])], "and")
