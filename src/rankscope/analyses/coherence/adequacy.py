"""Whether the correlations of the parts of an aggregate bear an analysis of factors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.analyses.coherence import rules
from rankscope.analyses.coherence.items import DEPENDENT, in_words, items_of
from rankscope.analyses.coherence.subject import subject_of
from rankscope.findings import note, warning
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from rankscope.analyses.coherence.items import Items
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Matrix, Vector


class Sphericity(NamedTuple):
    """Bartlett's test that nothing is correlated; NaN where it is not defined."""

    chi_squared: float
    freedom: int
    p_value: float


@dataclass(frozen=True, slots=True)
class Adequacy:
    """Sampling adequacy of the parts of one aggregate, over ``rows`` of ``of`` units.

    ``overall`` is the measure of Kaiser, Meyer and Olkin, ``by_part`` (parts,) that of each
    part; both are NaN where parts are ``dependent``, so that some are told by others exactly,
    and for fewer than two parts.
    """

    node: str
    name: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    rows: int
    of: int
    overall: float
    by_part: Vector
    sphericity: Sphericity
    dependent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Adequacies:
    """Sampling adequacy and sphericity of the parts of each aggregate of two parts or more."""

    nodes: tuple[Adequacy, ...]
    findings: tuple[Finding, ...]

    def of(self, code: str) -> Adequacy:
        """Return what is known of an aggregate.

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
        """Return a data frame with a row for each aggregate and part."""
        import pandas as pd

        rows = [
            (one.node, code, one.rows, one.overall, one.by_part[at], *one.sphericity)
            for one in self.nodes
            for at, code in enumerate(one.codes)
        ]
        columns = ["node", "code", "n", "overall", "part", "chi_squared", "freedom", "p_value"]
        return pd.DataFrame(rows, columns=pd.Index(columns)).set_index(["node", "code"])


def sampling_adequacy(
    result: Result,
    *,
    view: str = HEADLINE,
    node: str | None = None,
    period: str | None = None,
) -> Adequacies:
    """Return the Kaiser-Meyer-Olkin measure and Bartlett's test for each aggregate.

    Over the units that have all parts.  OECD/JRC Handbook 2008, section 4.

    Raises
    ------
    MethodError
        When there is no such node or view, or the node is an indicator.
    DataError
        When there is no such period.
    """
    subject = subject_of(result, view=view, node=node, period=period)
    sets = [items_of(subject, one) for one in subject.aggregates if len(subject.items(one)) > 1]
    found = tuple(adequacy_of(one) for one in sets)
    findings = (one for own in found for one in _findings(own))
    return Adequacies(found, rules.sourced(findings))


def adequacy_of(items: Items) -> Adequacy:
    """Return the sampling adequacy and sphericity of items."""
    usable = items.enough and not items.dependent
    overall, by_part = np.nan, np.full(len(items.codes), np.nan)
    if usable:
        overall, by_part = kaiser_meyer_olkin(items.correlations)
    return Adequacy(
        node=items.node,
        name=items.name,
        codes=items.codes,
        names=items.names,
        rows=len(items.scores),
        of=items.of,
        overall=overall,
        by_part=by_part,
        sphericity=bartlett(items.correlations, len(items.scores)),
        dependent=items.dependent,
    )


def kaiser_meyer_olkin(correlations: Matrix) -> tuple[float, Vector]:
    r"""Return the measure of sampling adequacy, overall and of each item, (items,).

    :math:`\sum r_{ij}^2 / (\sum r_{ij}^2 + \sum q_{ij}^2)` over i ≠ j, with the partial
    correlations q given all other items; NaN where nothing is correlated.  Kaiser (1974),
    https://doi.org/10.1007/BF02291575.

    >>> round(kaiser_meyer_olkin(np.array([[1.0, 0.6], [0.6, 1.0]]))[0], 9)
    0.5
    """
    inverse = np.linalg.inv(correlations)
    scale = np.sqrt(inverse.diagonal())
    squares, partial = correlations**2, (inverse / np.outer(scale, scale)) ** 2
    np.fill_diagonal(squares, 0.0)
    np.fill_diagonal(partial, 0.0)
    r, q = squares.sum(axis=0), partial.sum(axis=0)
    by_item = np.divide(r, r + q, out=np.full(len(r), np.nan), where=r + q > 0)
    total = float(r.sum() + q.sum())
    return (float(r.sum()) / total if total > 0 else np.nan), by_item


def bartlett(correlations: Matrix, rows: int) -> Sphericity:
    r"""Return Bartlett's test of sphericity: that all items are uncorrelated.

    :math:`\chi^2 = -(n - 1 - (2k + 5)/6) \ln |R|` with k (k - 1) / 2 degrees of freedom; NaN
    for singular correlations, fewer than two items, or too few rows.  Bartlett (1950),
    https://doi.org/10.1111/j.2044-8317.1950.tb00285.x.
    """
    from scipy.special import chdtrc

    k = len(correlations)
    freedom, factor = k * (k - 1) // 2, rows - 1 - (2 * k + 5) / 6
    if k < 2 or factor <= 0 or np.linalg.eigvalsh(correlations)[0] <= DEPENDENT:
        return Sphericity(np.nan, freedom, np.nan)
    chi_squared = max(-factor * float(np.linalg.slogdet(correlations)[1]), 0.0)
    return Sphericity(chi_squared, freedom, float(chdtrc(freedom, chi_squared)))


def _findings(found: Adequacy) -> Iterator[Finding]:
    if found.dependent:
        yield warning(
            "coherence-dependent",
            found.node,
            f"over the {found.rows} units that have all parts of {found.name}, "
            f"{in_words(found.dependent)} depend on each other exactly, so that its sampling "
            "adequacy is not defined.",
            "Take one of them out, or find more units.",
        )
    if len(found.codes) > 2 and found.overall < rules.ADEQUATE:
        yield warning(
            "coherence-adequacy",
            found.node,
            f"what the parts of {found.name} share, they share in pairs rather than all together: "
            f"sampling adequacy (KMO) is {rules.number(found.overall, rules.ADEQUATE)}, less than "
            f"{rules.ADEQUATE}.",
            "Rely on no principal components there; ask what its parts have in common.",
        )
    if found.sphericity.p_value > rules.SIGNIFICANT:
        yield note(
            "coherence-spherical",
            found.node,
            f"the correlations between the parts of {found.name} may all be chance (Bartlett's "
            f"test, p = {rules.number(found.sphericity.p_value, rules.SIGNIFICANT)}).",
            "Draw no conclusions from its structure.",
        )
