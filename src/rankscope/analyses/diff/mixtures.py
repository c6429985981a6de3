"""All mixtures of two editions: scores and ranks of each coalition of what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.diff.mixed_definition import mixed_definition
from rankscope.analyses.diff.mixed_table import mixed_table
from rankscope.errors import RankscopeError
from rankscope.pipeline.result import Result, build

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.analyses.diff.side import Side
    from rankscope.shapes import Matrix, Vector

Blocks = tuple[tuple[str, ...], ...]
"""Players, those that can not be told apart together."""


@dataclass(frozen=True, slots=True, eq=False)
class Mixtures:
    """Scores and ranks of units in every coalition of players, (2 ** players, units).

    Bit i of a coalition's number stands for player i.  NaN where a unit has no rank;
    ``refused`` says why a coalition, by its number, can not be built.
    """

    players: tuple[str, ...]
    scores: Matrix
    ranks: Matrix
    refused: dict[int, str]

    def together(self, blocks: Blocks) -> Mixtures:
        """Return the coalitions in which the players of each block are all new or all old."""
        numbers = [_number(self.players, one) for one in coalitions(blocks)]
        refused = {at: self.refused[one] for at, one in enumerate(numbers) if one in self.refused}
        codes = tuple("+".join(block) for block in blocks)
        return Mixtures(codes, self.scores[numbers], self.ranks[numbers], refused)

    def effective(self, player: int) -> bool:
        """Whether a player changes any score or rank in any coalition."""
        numbers = np.arange(len(self.scores))
        without = numbers[(numbers >> player & 1) == 0]
        return not all(
            np.array_equal(of[without], of[without | 1 << player], equal_nan=True)
            for of in (self.scores, self.ranks)
        )


def coalitions(blocks: Blocks) -> Iterator[frozenset[str]]:
    """Yield the players of each coalition of blocks, in the order of their numbers."""
    for number in range(2 ** len(blocks)):
        yield frozenset(
            player for at, block in enumerate(blocks) if number >> at & 1 for player in block
        )


def build_mixture(old: Side, new: Side, taken: frozenset[str]) -> Result:
    """Build the mixture in which some players are new and the others old.

    Raises
    ------
    RankscopeError
        When definition and data of the mixture do not go together.
    """
    return build(mixed_definition(old, new, taken), mixed_table(old, new, taken))


def build_mixtures(
    sides: tuple[Side, Side],
    ends: tuple[Result, Result],
    players: Sequence[str],
    units: Sequence[str],
    view: str,
) -> Mixtures:
    """Build every mixture between two ends; ``units`` must be in both tables."""
    alone = tuple((player,) for player in players)
    shape = (2 ** len(players), len(units))
    scores, ranks = np.full(shape, np.nan), np.full(shape, np.nan)
    refused: dict[int, str] = {}
    built = {0: ends[0], len(scores) - 1: ends[1]}
    for number, taken in enumerate(coalitions(alone)):
        try:
            result = built.get(number) or build_mixture(*sides, taken)
        except RankscopeError as problem:
            refused[number] = _why(problem)
        else:
            scores[number], ranks[number] = ranked_scores(result, units, view)
    return Mixtures(tuple(players), scores, ranks, refused)


def _why(problem: RankscopeError) -> str:
    """Return the first thing that was wrong, without its mend."""
    if problem.findings:
        return problem.findings[0].sentence
    return str(problem).partition("\n")[0]


def ranked_scores(result: Result, units: Sequence[str], view: str) -> tuple[Vector, Vector]:
    """Return scores and ranks of some units, both (units,), NaN for those without a rank."""
    row = {unit: at for at, unit in enumerate(result.units)}
    rows = [row[unit] for unit in units]
    ranks = result.rank(view=view)[rows]
    scores = result.score(view=view)[rows]
    return np.where(ranks > 0, scores, np.nan), np.where(ranks > 0, ranks, np.nan)


def finest_blocks(mixtures: Mixtures) -> Blocks:
    """Return the players in as many blocks as there can be, so that every mixture can be built.

    Players that exclude each other stand in one block: they are then new or old together.
    """
    for blocks in sorted(_partitions(mixtures.players), key=lambda one: (-len(one), _sizes(one))):
        numbers = (_number(mixtures.players, one) for one in coalitions(blocks))
        if not mixtures.refused.keys() & set(numbers):
            return blocks
    return (mixtures.players,)


def _sizes(blocks: Blocks) -> list[int]:
    return sorted(map(len, blocks), reverse=True)


def _partitions(players: tuple[str, ...]) -> Iterator[Blocks]:
    """Yield all ways to put players into blocks; those of each block in the order given."""
    if not players:
        yield ()
        return
    first, rest = players[0], players[1:]
    for blocks in _partitions(rest):
        yield ((first,), *blocks)
        for at, block in enumerate(blocks):
            yield ((first, *block), *blocks[:at], *blocks[at + 1 :])


def _number(players: Sequence[str], taken: frozenset[str]) -> int:
    return sum(1 << at for at, player in enumerate(players) if player in taken)
