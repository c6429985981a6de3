"""The answer on reach: both ends of every unit's rank, and the weights that prove them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean, visible
from rankscope.analyses.exact.setting import level_of
from rankscope.errors import UnitError

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.analyses.exact.setting import Setting
    from rankscope.findings import Finding
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Mask, Matrix, Vector, Whole


@dataclass(frozen=True, slots=True)
class WitnessWeight:
    """A weight of a witness beside the one as published, as shares of siblings and effective."""

    code: str
    name: str
    parent: str
    share: float
    published_share: float
    effective: float
    published_effective: float


@dataclass(frozen=True, slots=True)
class Witness:
    """Weights that give a unit a rank; the engine has confirmed it.

    ``weights`` are those that may vary; ``choice`` says of which result where several count.
    """

    rank: int
    weights: tuple[WitnessWeight, ...]
    choice: str = ""


@dataclass(frozen=True, slots=True)
class UnitReach:
    """The reach of one unit: each end from and to, equal where it is exact."""

    code: str
    name: str
    rank: int
    of: int
    best: tuple[int, int]
    worst: tuple[int, int]
    best_witness: Witness
    worst_witness: Witness

    @property
    def exact(self) -> bool:
        """Return whether both ends are proved and attained."""
        return self.best[0] == self.best[1] and self.worst[0] == self.worst[1]


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """Best and worst rank of units over admissible weights (conventions §17).

    All of shape (units,): ``ranks`` as published, ``of`` how many are ranked together.  The
    best rank lies between ``best_from``, which is proved, and ``best_to``, which the weights
    ``best_weights`` (units, edges) attain; the worst between ``worst_from``, attained, and
    ``worst_to``, proved.  Where both are equal the end is exact.

    ``settled`` is the share of pairs of units that no admissible weights turn, NaN where only
    some units were asked for.  ``held``, ``gappy`` and ``bent`` are codes of nodes: shares kept
    because a unit misses a child; bounds only, for that reason; and bounds only because
    scores are not linear in the weights below.
    """

    settings: tuple[Setting, ...]
    choices: tuple[str, ...]
    codes: tuple[str, ...]
    names: tuple[str, ...]
    ranks: Whole
    of: Whole
    best_from: Whole
    best_to: Whole
    worst_from: Whole
    worst_to: Whole
    best_weights: Matrix
    worst_weights: Matrix
    best_choice: Whole
    worst_choice: Whole
    settled: float
    gaps: str
    held: tuple[str, ...]
    gappy: tuple[str, ...]
    bent: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def label(self) -> str:
        """Return the set of weights as it is printed, such as ``bounded(25%) at level 1``."""
        return self.settings[0].label

    @property
    def exact(self) -> Mask:
        """Return for which units both ends are exact, (units,)."""
        best, worst = self.best_from == self.best_to, self.worst_from == self.worst_to
        return np.asarray(best & worst)

    def of_unit(self, code: str) -> UnitReach:
        """Return the reach of one unit with its witnesses.

        Raises
        ------
        UnitError
            When the answer has no such unit.
        """
        if code not in self.codes:
            hint = did_you_mean(code, self.codes)
            raise UnitError(f"No reach was found for {visible(code)!r}. {hint}".rstrip())
        at = self.codes.index(code)
        return UnitReach(
            code=code,
            name=self.names[at],
            rank=int(self.ranks[at]),
            of=int(self.of[at]),
            best=(int(self.best_from[at]), int(self.best_to[at])),
            worst=(int(self.worst_from[at]), int(self.worst_to[at])),
            best_witness=self._witness(self.best_to, self.best_weights, self.best_choice, at),
            worst_witness=self._witness(self.worst_from, self.worst_weights, self.worst_choice, at),
        )

    def frame(self) -> pd.DataFrame:
        """Return a data frame, a row a unit in the order of ranks as published."""
        import pandas as pd

        columns = {
            "name": self.names,
            "rank": self.ranks,
            "best_from": self.best_from,
            "best_to": self.best_to,
            "worst_from": self.worst_from,
            "worst_to": self.worst_to,
            "exact": self.exact,
        }
        if len(self.choices) > 1:
            columns["best_choice"] = [self.choices[one] for one in self.best_choice]
            columns["worst_choice"] = [self.choices[one] for one in self.worst_choice]
        frame = pd.DataFrame(columns, index=pd.Index(self.codes, name="unit"))
        return frame.sort_values("rank", kind="stable")

    def _witness(self, ranks: Whole, weights: Matrix, choices: Whole, at: int) -> Witness:
        choice = int(choices[at])
        setting = self.settings[choice]
        return Witness(int(ranks[at]), witness_weights(setting, weights[at]), self.choices[choice])


def witness_weights(setting: Setting, weights: Vector) -> tuple[WitnessWeight, ...]:
    """Return the weights that may vary, level by level, of weights of all edges, (edges,)."""
    plan, varied = setting.result.plan, setting.varied
    whole = _effective(plan, setting.node, weights)
    given = _effective(plan, setting.node, varied.given)
    found = []
    for group in sorted(varied.groups, key=lambda one: level_of(plan, one.parent)):
        total, before = weights[group.children].sum(), varied.given[group.children].sum()
        for child in group.children.tolist():
            node = plan.nodes[child]
            found.append(
                WitnessWeight(
                    code=node.code,
                    name=node.name,
                    parent=plan.nodes[group.parent].code,
                    share=float(weights[child] / total),
                    published_share=float(varied.given[child] / before),
                    effective=float(whole[child]),
                    published_effective=float(given[child]),
                )
            )
    return tuple(found)


def _effective(plan: Plan, top: int, weights: Vector) -> Vector:
    """Return effective weights below a node, (nodes,), as shares of it; sums are shared out too."""
    effective = np.zeros(len(plan.nodes))
    effective[top] = 1.0
    for number in reversed(plan.subtree(top)):
        children = list(plan.nodes[number].children)
        total = weights[children].sum() if children else 0.0
        if total > 0:
            effective[children] = effective[number] * weights[children] / total
    return effective
