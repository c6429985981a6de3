"""The analyses that an audit bundles, each worked out if it can be, else with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from rankscope.analyses.consensus import consensus
from rankscope.analyses.exact.dominance import dominance
from rankscope.analyses.exact.reach import reach
from rankscope.analyses.importance import importance
from rankscope.analyses.influence import influence
from rankscope.analyses.sensitivity import one_at_a_time, sensitivity
from rankscope.analyses.uncertainty import design_of, uncertainty
from rankscope.analyses.uncertainty.run import PAIRED
from rankscope.errors import RankscopeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.analyses.consensus import Consensus
    from rankscope.analyses.diff import Diff
    from rankscope.analyses.exact.answer import Reach
    from rankscope.analyses.exact.dominance import Dominance
    from rankscope.analyses.importance import Importance
    from rankscope.analyses.influence import Influence
    from rankscope.analyses.sensitivity import Alone, Sensitivity
    from rankscope.analyses.uncertainty import Design, Uncertainty
    from rankscope.pipeline.result import Result

    Told = Callable[[str], None]

MANY = 2000
"""With more ranked units, what grows with their pairs is left out, and fewer draws are made."""

FEW_DRAWS = 1000
"""Draws at most for so many units."""

POINTS, FEW_POINTS = 64, 16
"""Points of each of the 16 scramblings of the sensitivity analysis."""

SCRAMBLINGS = 16

_Part = TypeVar("_Part")


@dataclass(slots=True)
class Asked:
    """What an audit is of, and why some of its parts are missing."""

    whole: Result
    view: str
    period: str | None
    draws: int
    seed: int
    workers: int
    ranked: int
    told: Told
    problems: list[str] = field(default_factory=list)

    @property
    def many(self) -> bool:
        """Whether there are too many units for what grows with their pairs."""
        return self.ranked > MANY

    def attempt(self, doing: str, what: str, make: Callable[[], _Part]) -> _Part | None:
        """Return a part of the audit; where it can not be had, None, and say why."""
        self.told(doing)
        try:
            return make()
        except RankscopeError as problem:
            self.refuse(what, str(problem).splitlines()[0])
            return None

    def refuse(self, what: str, reason: str) -> None:
        """Say why there is no such part."""
        said = f"There is no {what}: {reason}"
        self.problems.append(said if said.endswith(".") else f"{said}.")

    def too_many(self, what: str) -> None:
        """Say that there is no such part, because it grows with the pairs of units."""
        self.refuse(what, f"with {self.ranked:,} units, more than {MANY:,}, it would take too long")


@dataclass(frozen=True, slots=True)
class Firm:
    """How firm the ranks are: all that the audit has of it."""

    design: Design | None = None
    uncertainty: Uncertainty | None = None
    consensus: Consensus | None = None
    reach: Reach | None = None
    dominance: Dominance | None = None
    alone: tuple[Alone, ...] = ()
    sensitivity: Sensitivity | None = None


def firm_of(asked: Asked) -> Firm:
    """Return how firm the ranks are while all varies that may, and while only weights vary."""
    if asked.ranked < 2:
        asked.refuse(
            "analysis of how firm the ranks are",
            "only one unit has a rank" if asked.ranked else "no unit has a rank",
        )
        return Firm()
    design = asked.attempt("Building what may vary", "simulation of ranks", lambda: _design(asked))
    reached, above = _proved(asked)
    if design is None:
        return Firm(reach=reached, dominance=above)
    if not design.names():
        asked.refuse("simulation of ranks", "the assumptions of the index let nothing vary")
        return Firm(design=design, reach=reached, dominance=above)
    drawn = asked.attempt("Drawing", "simulation of ranks", lambda: _drawn(asked, design))
    effects = _effects(asked, design)
    alone = effects.alone if effects else asked.attempt(
        "Trying out assumptions", "comparison of single choices", lambda: one_at_a_time(design)
    )  # fmt: skip
    return Firm(design, drawn, _consensus(asked, drawn), reached, above, alone or (), effects)


def influence_of(asked: Asked) -> Influence | None:
    """Return what leaving out each indicator and pillar does to the ranks."""
    return asked.attempt(
        "Leaving out indicators",
        "analysis of what leaving out indicators does",
        lambda: influence(
            asked.whole, of=["indicators", "pillars"], view=asked.view, period=asked.period
        ),
    )


def importance_of(asked: Asked) -> Importance | None:
    """Return what drives the score of the index."""
    return asked.attempt(
        "Measuring importance",
        "importance of the parts of the index",
        lambda: importance(asked.whole, view=asked.view, period=asked.period, seed=asked.seed),
    )


def change_of(asked: Asked, since: Result | None) -> Diff | None:
    """Return what changed since an earlier edition, if there is one."""
    if since is None:
        return None
    from rankscope.analyses.diff import diff

    return asked.attempt(
        "Comparing editions",
        "comparison with the earlier edition",
        lambda: diff(since, asked.whole, view=asked.view, new_period=asked.period, seed=asked.seed),
    )


def _design(asked: Asked) -> Design:
    return design_of(asked.whole, view=asked.view, period=asked.period, seed=asked.seed)


def _drawn(asked: Asked, design: Design) -> Uncertainty:
    draws = min(asked.draws, FEW_DRAWS) if asked.many else asked.draws
    return uncertainty(design, draws=draws, workers=asked.workers)


def _effects(asked: Asked, design: Design) -> Sensitivity | None:
    if asked.many and len(design.names()) < 2:
        asked.refuse("sensitivity analysis", "only one thing varies, and explains all")
        return None
    points = FEW_POINTS if asked.many else POINTS
    return asked.attempt(
        "Trying out assumptions",
        "sensitivity analysis",
        lambda: sensitivity(
            design, points=points, scramblings=SCRAMBLINGS, seed=asked.seed, workers=asked.workers
        ),
    )


def _consensus(asked: Asked, drawn: Uncertainty | None) -> Consensus | None:
    if drawn is None:
        return None
    if drawn.pairs is None:
        asked.refuse(
            "consensus ranking", f"pairs of {asked.ranked:,} units are too many, more than {PAIRED}"
        )
        return None
    return asked.attempt("Comparing pairs", "consensus ranking", lambda: consensus(drawn))


def _proved(asked: Asked) -> tuple[Reach | None, Dominance | None]:
    """Return what holds for all admissible weights, without any time for integer programs.

    So that the same index gives the same bytes (conventions §17.9).
    """
    if asked.many:
        asked.too_many("proof of best and worst ranks")
        return None, None
    reached = asked.attempt(
        "Proving best and worst ranks",
        "proof of best and worst ranks",
        lambda: reach(asked.whole, view=asked.view, period=asked.period, time_limit=0.0),
    )
    above = None
    if reached is not None:
        above = asked.attempt(
            "Comparing pairs",
            "proof of who is above whom",
            lambda: dominance(asked.whole, view=asked.view, period=asked.period),
        )
    return reached, above
