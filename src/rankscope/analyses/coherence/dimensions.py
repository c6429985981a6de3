"""How many dimensions the parts of an aggregate have: principal components and chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence import rules
from rankscope.analyses.coherence.items import in_words, items_of
from rankscope.analyses.coherence.parallel import chance_eigenvalues
from rankscope.analyses.coherence.subject import subject_of
from rankscope.findings import note, warning
from rankscope.methods.weighting.components import components
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from rankscope.analyses.coherence.items import Items
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Matrix, Vector


_COLUMNS = ("node", "component", "n", "of", "eigenvalue", "share", "chance", "kaiser", "dimensions")


@dataclass(frozen=True, slots=True)
class Components:
    """The principal components of the parts of one aggregate, over ``rows`` of ``of`` units.

    ``eigenvalues`` of the correlations and what chance makes of them, ``chance``, are
    (components,), the largest first; ``loadings`` (parts, components) are correlations of parts
    with components.  Both counts and shares are empty where there are too few parts or rows.
    """

    node: str
    name: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    constant: tuple[str, ...]
    rows: int
    of: int
    eigenvalues: Vector
    chance: Vector
    loadings: Matrix

    @property
    def shares(self) -> Vector:
        """Return the share of the variance that each component explains, (components,)."""
        return self.eigenvalues / max(len(self.eigenvalues), 1)

    @property
    def kaiser(self) -> int:
        """Return how many eigenvalues are above 1."""
        return int((self.eigenvalues > 1 + 1e-9).sum())

    @property
    def dimensions(self) -> int:
        """Return how many eigenvalues, from the first on, are above those by chance."""
        above = self.eigenvalues > self.chance
        return len(above) if above.all() else int(above.argmin())

    @property
    def defined(self) -> bool:
        """Whether there are two parts and three rows at least."""
        return len(self.eigenvalues) > 0


@dataclass(frozen=True, slots=True)
class Dimensions:
    """The principal components of the parts of each aggregate."""

    nodes: tuple[Components, ...]
    quantile: float
    draws: int
    seed: int
    findings: tuple[Finding, ...]

    def of(self, code: str) -> Components:
        """Return the components of an aggregate.

        Raises
        ------
        KeyError
            When there is no such aggregate.
        """
        for one in self.nodes:
            if one.node == code:
                return one
        raise KeyError(code)

    def frame(self) -> pd.DataFrame:
        """Return a data frame with a row for each aggregate and component."""
        import pandas as pd

        rows = [
            [one.node, at + 1, one.rows, one.of, *numbers, one.kaiser, one.dimensions]
            for one in self.nodes
            for at, numbers in enumerate(zip(one.eigenvalues, one.shares, one.chance, strict=True))
        ]
        columns = pd.Index(_COLUMNS)
        return pd.DataFrame(rows, columns=columns).set_index(["node", "component"])


def dimensions(
    result: Result,
    *,
    view: str = HEADLINE,
    node: str | None = None,
    period: str | None = None,
    quantile: float = 0.95,
    draws: int = 1024,
    seed: int = 0,
) -> Dimensions:
    """Return the principal components of the parts of each aggregate, held against chance.

    Of the correlation matrix, over the units that have all parts.  A component counts while
    its eigenvalue is above the quantile of those of independent normal columns of the same
    size (parallel analysis, see `chance_eigenvalues`).  OECD/JRC Handbook 2008, section 4.

    Raises
    ------
    MethodError
        When there is no such node or view, the node is an indicator, or there is no draw.
    DataError
        When there is no such period.
    """
    subject = subject_of(result, view=view, node=node, period=period)
    sets = [items_of(subject, one) for one in subject.aggregates if len(subject.items(one)) > 1]
    found = tuple(components_of(one, quantile=quantile, draws=draws, seed=seed) for one in sets)
    findings = (one for own in found for one in _findings(own))
    return Dimensions(found, quantile, draws, seed, rules.sourced(findings))


def components_of(
    items: Items, *, quantile: float = 0.95, draws: int = 1024, seed: int = 0
) -> Components:
    """Return the principal components of items."""
    values, loadings, chance = np.empty(0), np.empty((len(items.codes), 0)), np.empty(0)
    if items.enough:
        values, vectors = components(items.correlations)
        values = np.maximum(values, 0.0)
        loadings = vectors * np.sqrt(values)
        size = items.scores.shape
        chance = chance_eigenvalues(*size, quantile=quantile, draws=draws, seed=seed)
    return Components(
        node=items.node,
        name=items.name,
        codes=items.codes,
        names=items.names,
        constant=items.constant,
        rows=len(items.scores),
        of=items.of,
        eigenvalues=values,
        chance=chance,
        loadings=loadings,
    )


def _findings(found: Components) -> Iterator[Finding]:
    if not found.defined or found.rows <= len(found.codes):
        yield note(
            "coherence-few-rows",
            found.node,
            f"only {found.rows} of {found.of} units have all parts of {found.name} that vary, too "
            f"few for the structure of its {len(found.codes)} parts.",
            "Fill gaps (imputation), or take no figure about its structure for firm.",
        )
    elif found.dimensions == 0:
        yield warning(
            "coherence-no-dimension",
            found.node,
            f"the parts of {found.name} have nothing in common beyond chance: the first principal "
            f"component has an eigenvalue of {found.eigenvalues[0]:.2f}, and that of unrelated "
            f"numbers reaches {found.chance[0]:.2f}.",
            "Ask whether they measure one thing; a mean of them hides more than it tells.",
        )
    elif found.dimensions > 1:
        second = np.abs(found.loadings[:, 1]) >= np.abs(found.loadings[:, 0])
        go = "goes" if second.sum() == 1 else "go"
        apart = in_words(tuple(np.array(found.names)[second].tolist()))
        yield note(
            "coherence-several-dimensions",
            found.node,
            f"{found.name} has {found.dimensions} dimensions, not one: its first component "
            f"explains {found.shares[0]:.0%}"
            + (f", and {apart} {go} rather with the second." if apart else "."),
            "Ask whether it should be divided.",
        )
