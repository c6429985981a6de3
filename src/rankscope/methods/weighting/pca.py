"""Principal components: a child counts by how closely it goes with what all have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between, Flag, OneOf
from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.methods.references import FACTOR_WEIGHTS, HANDBOOK
from rankscope.methods.weighting.components import components, upright, varimax
from rankscope.methods.weighting.correlations import MISSING, MISSING_DOC, relate
from rankscope.methods.weighting.learnt import Learnt

if TYPE_CHECKING:
    from rankscope.methods.weighting.correlations import Related
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class PrincipalComponents(Learnt):
    """Loadings on the first principal component of the correlations, or factor-analysis weights.

    ``loadings`` are the entries of the first eigenvector, ``squared`` their squares.
    ``nicoletti`` keeps the components whose eigenvalue is above ``eigenvalue``, rotates them
    (varimax), and gives each child its squared loading on the factor it loads highest on:
    its share in that factor times the factor's share in the variance explained (Nicoletti,
    Scarpetta & Boylaud 2000, https://doi.org/10.1787/215182844604; OECD/JRC Handbook 2008,
    section 6.1, https://doi.org/10.1787/9789264043466-en).  The weights of the World Bank's
    Logistics Performance Index are loadings divided by standard deviations.
    """

    name: ClassVar[str] = "pca"
    citation: ClassVar[str] = f"{HANDBOOK}, section 6.1; {FACTOR_WEIGHTS}"
    use: str = parameter(
        "loadings", OneOf(("loadings", "squared", "nicoletti")), "what becomes a weight"
    )
    negative: str = parameter(
        "refuse",
        OneOf(("refuse", "zero", "absolute")),
        "what happens when a child runs against the others",
    )
    per_deviation: bool = parameter(
        False, Flag(), "divide by the child's standard deviation, as if scores were standardised"
    )
    missing: str = parameter("drop", MISSING, MISSING_DOC)
    eigenvalue: float = parameter(
        1.0, Between(low=0), "nicoletti keeps components with a larger eigenvalue, at least one"
    )

    def learn(self, scores: Matrix, given: Vector) -> Vector:
        """Return weights of shape (children,).

        Raises
        ------
        MethodError
            When rows are too few, there is no first component, or a loading is negative.
        """
        del given
        related = relate(self.name, scores, self.missing)
        if not related.varies.any():
            return np.zeros(len(related.varies))
        loadings = self._signed(self._loadings(related.correlations), related)
        weights = loadings if self.use == "loadings" else loadings**2
        return related.spread(weights / (related.deviation if self.per_deviation else 1.0))

    def _loadings(self, correlations: Matrix) -> Vector:
        """Return the loading that counts for each child, (varying,)."""
        values, vectors = components(correlations)
        if self.use == "nicoletti":
            return highest_loadings(values, vectors, self.eigenvalue)
        if len(values) > 1 and values[0] - values[1] < 1e-9:
            raise MethodError(
                f"{self.name} finds no first principal component: the two largest eigenvalues are "
                f"both {values[0]:.6g}. Use the weighting given or equal here."
            )
        return vectors[:, 0]

    def _signed(self, loadings: Vector, related: Related) -> Vector:
        """Treat negative loadings as the method says; rounding does not count as one."""
        loadings = np.where(np.abs(loadings) < 1e-12, 0.0, loadings)
        if self.negative == "zero":
            return np.maximum(loadings, 0.0)
        if self.negative == "refuse" and (loadings < 0).any():
            worst = int(loadings.argmin())
            raise MethodError(
                f"{self.name}: {related.child(worst)} has the negative loading "
                f"{loadings[worst]:.3f}: it runs against the others. Turn its polarity, take it "
                f"out, or say {self.name}: negative: zero or absolute."
            )
        return np.abs(loadings)

    def in_words(self, noun: str = "unit") -> str:
        """Say that what goes with the rest counts for more."""
        del noun
        follows = "it goes with what all have in common (first principal component)"
        if self.use == "nicoletti":
            follows = "it follows the group of parts that it moves with (factor analysis)"
        beside = " and the less it varies" if self.per_deviation else ""
        against = {"zero": "; one that runs against the others does not count"}
        return (
            f"A part counts for more, the more closely {follows}{beside}"
            f"{against.get(self.negative, '')}"
        )


def highest_loadings(eigenvalues: Vector, eigenvectors: Matrix, above: float) -> Vector:
    """Return each child's rotated loading that is largest in size, of shape (children,).

    ``eigenvalues`` (children,) fall; ``eigenvectors`` are columns of (children, children).
    Components with an eigenvalue over ``above`` are kept, at least the first.
    """
    kept = max(int((eigenvalues > above).sum()), 1)
    scaled = eigenvectors[:, :kept] * np.sqrt(np.maximum(eigenvalues[:kept], 0.0))
    rotated = upright(varimax(scaled))
    return np.asarray(rotated[np.arange(len(rotated)), np.abs(rotated).argmax(axis=1)])
