"""The truth about small trees, by other means: a linear program for every subset of rivals."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linprog

from rankscope.methods.admissible import Siblings

if TYPE_CHECKING:
    from rankscope.definition.model import Node
    from rankscope.methods.admissible import Admissible

TIE = 1e-9


class SmallTree:
    """A tree of two levels as a linear program in effective weights of leaves and groups.

    Written anew for the tests: one variable a leaf of a varied group, one for each other child
    of the root, and the extras of the sets.  ``held`` groups keep their shares.
    """

    def __init__(
        self, root: Node, values: dict[str, np.ndarray], admissible: Admissible, held: set[str]
    ) -> None:
        self.scores: list[np.ndarray] = []
        blocks: list[tuple[list[list[int]], np.ndarray]] = []
        tops: list[list[int]] = []
        children = [one for one in root.children if one.weight > 0]
        for child in children:
            below = [one for one in child.children if one.weight > 0]
            if child.children and len(below) > 1 and child.code not in held:
                own = [self._variable(values[leaf.code]) for leaf in below]
                blocks.append(([[at] for at in own], _walls(admissible, below)))
                tops.append(own)
            else:
                tops.append([self._variable(_mean(child, values))])
        if "root" in held:
            shares = np.array([one.weight for one in children])
            walls = [np.eye(len(shares)) - np.outer(shares / shares.sum(), np.ones(len(shares)))]
            blocks.append((tops, np.vstack([*walls, -walls[0]])))
        elif len(children) > 1:
            blocks.append((tops, _walls(admissible, children)))
        extras = sum(walls.shape[1] - len(members) for members, walls in blocks)
        self.columns = len(self.scores) + extras
        self.walls = self._stacked(blocks)

    def _variable(self, scores: np.ndarray) -> int:
        self.scores.append(scores)
        return len(self.scores) - 1

    def _stacked(self, blocks: list[tuple[list[list[int]], np.ndarray]]) -> np.ndarray:
        rows, behind = [np.zeros((0, self.columns))], len(self.scores)
        for members, walls in blocks:
            block = np.zeros((len(walls), self.columns))
            for column, member in enumerate(members):
                block[:, member] += walls[:, [column]]
            extras = walls.shape[1] - len(members)
            block[:, behind : behind + extras] = walls[:, len(members) :]
            behind += extras
            rows.append(block)
        return np.vstack(rows)

    def widest(self, differences: np.ndarray) -> float:
        """Return the largest number that all differences (some, variables) can be at once."""
        rows = np.zeros((len(differences), self.columns + 1))
        rows[:, : len(self.scores)] = -differences
        rows[:, -1] = 1.0
        walls = np.hstack([self.walls, np.zeros((len(self.walls), 1))])
        one = np.zeros((1, self.columns + 1))
        one[0, : len(self.scores)] = 1.0
        costs = np.zeros(self.columns + 1)
        costs[-1] = -1.0
        bounds = [(0, None)] * self.columns + [(None, None)]
        matrix = np.vstack([walls, rows])
        found = linprog(costs, matrix, np.zeros(len(matrix)), one, [1.0], bounds, method="highs")
        assert found.success
        return float(-found.fun)

    def ranks(self, unit: int) -> tuple[int, int]:
        """Return the best and the worst rank of a unit."""
        scores = np.column_stack(self.scores)
        rivals = [one for one in range(len(scores)) if one != unit]
        lead = scores[unit] - scores
        ahead = self._most(lead[rivals], -TIE)
        behind = self._most(-lead[rivals], 1e-7)
        return len(rivals) + 1 - ahead, 1 + behind

    def _most(self, differences: np.ndarray, least: float) -> int:
        for size in range(len(differences), 0, -1):
            for some in combinations(range(len(differences)), size):
                if self.widest(differences[list(some)]) >= least:
                    return size
        return 0


def _walls(admissible: Admissible, nodes: list[Node]) -> np.ndarray:
    codes = tuple(one.code for one in nodes)
    return admissible.walls(Siblings(codes, np.array([one.weight for one in nodes])))


def _mean(node: Node, values: dict[str, np.ndarray]) -> np.ndarray:
    """Return the scores of a group at its own weights, over the children that are there."""
    if not node.children:
        return values[node.code]
    own = np.column_stack([values[leaf.code] for leaf in node.children])
    weights = np.array([leaf.weight for leaf in node.children]) * ~np.isnan(own)
    total = weights.sum(axis=1)
    return np.nansum(own * weights, axis=1) / np.where(total > 0, total, np.nan)
