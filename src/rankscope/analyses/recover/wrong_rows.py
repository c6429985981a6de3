"""The fewest rows that must be wrong, where no weights keep them all.

A few rows that no weights keep together prove that one of them is wrong.  Rows that share
none with each other prove as many wrong rows; and the fewest rows that meet every such proof
found so far, once the rest is possible, are the fewest of all: the search for a largest
possible subsystem by implicit hitting sets (Parker & Ryan 1996, Annals of Mathematics and
Artificial Intelligence 17, 107-126, https://doi.org/10.1007/BF02284626).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.recover.hitting import fewest_that_meet

if TYPE_CHECKING:
    from rankscope.analyses.recover.cone import Cone
    from rankscope.shapes import Mask, Whole

_PROGRAMS = 400
"""Programs spent on a search before it ends with bounds."""


_BLOCKS = 100
"""Blocks that are tried at least, where there are as many."""


@dataclass(frozen=True, slots=True)
class WrongRows:
    """At least ``at_least`` rows are wrong, ``rows`` where the fewest are known.

    ``certain`` are those that are in every choice of that many rows; ``possible`` all that
    are in any.  ``rows`` is None where the search ended before the fewest were known.
    """

    at_least: int
    rows: tuple[int, ...] | None
    certain: tuple[int, ...] = ()
    possible: tuple[int, ...] = ()

    @property
    def count(self) -> int | None:
        """The fewest rows that must be wrong, if that is known."""
        return None if self.rows is None else len(self.rows)


def wrong_rows(cone: Cone, allowed: int) -> WrongRows:
    """Return the fewest rows that must be wrong; beyond ``allowed`` a lower bound is enough."""
    first = cone.least_slack(cone.everyone())
    if first.least == 0 or not np.isfinite(first.least):
        return WrongRows(0, ()) if first.least == 0 else WrongRows(1, None)
    blocks = _blocks_that_fail(cone, allowed)
    if blocks > allowed:
        return WrongRows(blocks, None)
    search = _Search(cone)
    packed = search.pack(allowed)
    if packed > allowed or search.spent:
        return WrongRows(max(blocks, packed), None)
    found = search.fewest(allowed)
    if found is None:
        return WrongRows(max(blocks, packed, search.bound), None)
    return _named(search, found)


def rows_against(cone: Cone, enough: int) -> int:
    """Return a number of rows that must be wrong, or a few more than ``enough``."""
    blocks = _blocks_that_fail(cone, enough)
    return max(blocks, _Search(cone).pack(enough)) if blocks <= enough else blocks


def _named(search: _Search, found: Whole) -> WrongRows:
    """Return which of the wrong rows are so in every choice of as few rows."""
    certain, possible = [], set(found.tolist())
    for row in found.tolist():
        other = search.fewest(len(found), kept=(row,))
        if other is not None:
            possible.update(other.tolist())
        elif not search.spent:
            certain.append(row)
    rows = tuple(found.tolist())
    return WrongRows(len(rows), rows, tuple(certain), tuple(sorted(possible)))


def _blocks_that_fail(cone: Cone, allowed: int) -> int:
    """Return how many of the blocks into which rows are cut are impossible by themselves."""
    columns = len(cone.walls.floors)
    size = 2 * columns
    order = np.random.default_rng(0).permutation(cone.walls.units)
    failed = 0
    for start in range(0, len(order), size):
        tried = start // size
        if tried >= _BLOCKS and (failed > allowed or failed * 20 < tried):
            break
        failed += not cone.is_possible(order[start : start + size])
    return failed


@dataclass(slots=True, eq=False)
class _Search:
    """Proofs found so far, each a few rows that no weights keep together."""

    cone: Cone
    proofs: list[Whole]
    bound: int
    left: int

    def __init__(self, cone: Cone) -> None:
        self.cone, self.proofs, self.bound, self.left = cone, [], 0, _PROGRAMS

    @property
    def spent(self) -> bool:
        """Whether there are no programs left."""
        return self.left <= 0

    def proof(self, left_out: Mask) -> Whole | None:
        """Return rows that can not be kept together, or None where the rest is possible."""
        self.left -= 1
        slack = self.cone.least_slack(left_out)
        if slack.least == 0:
            return None
        self.proofs.append(slack.proof)
        return slack.proof

    def pack(self, allowed: int) -> int:
        """Return how many proofs that share no row were found."""
        left_out = self.cone.everyone()
        count = 0
        while count <= allowed and not self.spent:
            proof = self.proof(left_out)
            if proof is None:
                break
            left_out[proof] = True
            count += 1
        return count

    def fewest(self, allowed: int, kept: tuple[int, ...] = ()) -> Whole | None:
        """Return the fewest rows that leave a possible rest; None if more than ``allowed``."""
        while not self.spent:
            rows = fewest_that_meet(self.proofs, kept)
            if rows is None or len(rows) > allowed:
                if not kept:
                    self.bound = allowed + 1
                return None
            if not kept:
                self.bound = len(rows)
            left_out = self.cone.everyone()
            left_out[rows] = True
            if self.proof(left_out) is None:
                return rows
        return None
