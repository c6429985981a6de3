"""The consensus of many rankings: who wins most pairs, and how far that is from the published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.rank_agreement import rank_shifts, reversals
from rankscope.analyses.rank_moves import groups_of
from rankscope.analyses.uncertainty import Uncertainty
from rankscope.errors import MethodError
from rankscope.methods.ranking import rank

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from rankscope.analyses.multiverse import Multiverse
    from rankscope.shapes import Mask, Matrix, Vector, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Consensus:
    """The Copeland ranking over pairs of units, beside the published one; arrays are (rows,).

    ``wins`` are pairs won less pairs lost, ``ranks`` those that they give, ties sharing the
    best; only units with a published rank take part, the others have rank 0.  ``reversed``
    is Kendall's distance to the published ranking: how many of its ``pairs`` stand the other
    way round (those tied in either do not).  ``winner`` wins all its pairs, if there is such
    a unit; each of ``cycles`` are units that beat each other in circles, so that no ranking
    agrees with all majorities.
    """

    units: tuple[str, ...]
    names: tuple[str, ...]
    published: Whole
    wins: Whole
    ranks: Whole
    reversed: int
    pairs: int
    winner: str | None
    cycles: tuple[tuple[str, ...], ...]
    moves: Vector
    """The places gained from the published to the consensus ranking, NaN for the unranked."""

    @property
    def distance(self) -> float:
        """Return Kendall's distance as a share of all pairs, 0 for the same order; NaN for none."""
        return self.reversed / self.pairs if self.pairs else np.nan

    def movers(self, most: int = 10) -> list[int]:
        """Return the rows that move most, the furthest first, at most so many."""
        size = np.nan_to_num(np.abs(self.moves))
        order = np.lexsort((self.published, -size))
        return [int(row) for row in order[:most] if size[row] > 0]

    def frame(self) -> pd.DataFrame:
        """Return a data frame of ranked units in the order of the consensus."""
        import pandas as pd

        order = np.lexsort((self.published, self.ranks))
        rows = [row for row in order if self.ranks[row] > 0]
        index = pd.Index([self.units[row] for row in rows], name="unit")
        columns = {
            "name": [self.names[row] for row in rows],
            "consensus": self.ranks[rows],
            "rank": self.published[rows],
            "move": self.moves[rows].astype(np.int64),
            "wins": self.wins[rows],
        }
        return pd.DataFrame(columns, index=index)


def consensus(index: Uncertainty | Multiverse) -> Consensus:
    """Return the ranking by pairs won over the draws or combinations of an analysis.

    A unit wins a pair when it stands above the other more often than below: only who is
    ahead counts, not by how much.

    Raises
    ------
    MethodError
        When pairs were not counted in the draws.
    """
    if isinstance(index, Uncertainty):
        if index.pairs is None:
            raise MethodError("Pairs of units were not counted. Ask for them with pairs=True.")
        above = index.pairs.probability
    else:
        above = index.above()
    return consensus_of(
        above,
        index.published,
        units=index.result.units,
        names=index.result.names,
        groups=groups_of(index.design.ranking, len(above)),
    )


def consensus_of(
    above: Matrix,
    published: Whole,
    *,
    units: Sequence[str] = (),
    names: Sequence[str] = (),
    groups: Whole | None = None,
) -> Consensus:
    """Return the Copeland ranking of a matrix of pairs, and how far it is from the published.

    ``above`` (rows, rows) says how often or with which probability the row's unit stands
    above the column's; NaN is a draw, and so is a pair in which both are equal.  Within
    ``groups`` only pairs of one group meet.

    Copeland (1951) "A reasonable social welfare function", seminar notes, University of
    Michigan; Saari & Merlin (1996) Economic Theory 8, 51-76,
    https://doi.org/10.1007/BF01212012

    >>> found = consensus_of(np.array([[0, 0.4], [0.6, 0]]), np.array([1, 2]))
    >>> found.ranks, found.reversed
    (array([2, 1]), 1)
    """
    codes = tuple(units) or tuple(str(row + 1) for row in range(len(published)))
    within = np.zeros(len(published), dtype=np.int64) if groups is None else groups
    beats = _majorities(above, (published > 0), within)
    wins = beats.sum(axis=1) - beats.sum(axis=0)
    ranks = _ranks(wins, published > 0, within)
    sizes = np.bincount(within[published > 0]) if (published > 0).any() else np.zeros(0, int)
    return Consensus(
        units=codes,
        names=tuple(names) or codes,
        published=published,
        wins=wins,
        ranks=ranks,
        reversed=reversals(published, ranks, groups=groups),
        pairs=int((sizes * (sizes - 1) // 2).sum()),
        winner=_winner(beats, codes, published > 0),
        cycles=tuple(tuple(codes[row] for row in rows) for rows in _cycles(beats)),
        moves=rank_shifts(published, ranks, groups=groups),
    )


def _majorities(above: Matrix, part: Mask, groups: Whole) -> Mask:
    """Return whether the row's unit beats the column's, (rows, rows)."""
    meet = part[:, None] & part & (groups[:, None] == groups)
    return np.asarray(meet & (above > above.T))


def _ranks(wins: Whole, part: Mask, groups: Whole) -> Whole:
    """Return ranks by wins within each group, (rows,), 0 for what takes no part."""
    found = np.zeros(len(wins), dtype=np.int64)
    for group in np.unique(groups[part]):
        own = part & (groups == group)
        found[own] = rank(wins[own].astype(float), tolerance=0.0)
    return found


def _winner(beats: Mask, codes: Sequence[str], part: Mask) -> str | None:
    """Return the unit that beats all others, if there is one."""
    rivals = int(part.sum()) - 1
    first = [int(row) for row in np.flatnonzero(part) if beats[row].sum() == rivals]
    return codes[first[0]] if first else None


def _cycles(beats: Mask) -> list[list[int]]:
    """Return the rows that beat each other in circles: strong components of more than one."""
    from scipy.sparse.csgraph import connected_components

    if not len(beats):
        return []
    count, component = connected_components(beats, connection="strong")
    return [
        [int(row) for row in np.flatnonzero(component == number)]
        for number in range(count)
        if (component == number).sum() > 1
    ]
