"""Reach: the best and worst rank of every unit over a set of weights, with proof of both."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean, visible
from rankscope.analyses.exact.answer import Reach
from rankscope.analyses.exact.bounds import Bounds
from rankscope.analyses.exact.findings import findings_of
from rankscope.analyses.exact.inner_weights import InnerWeights
from rankscope.analyses.exact.judge import Judge
from rankscope.analyses.exact.membership import belongs
from rankscope.analyses.exact.region import region_of
from rankscope.analyses.exact.search import Search
from rankscope.analyses.exact.setting import setting_of
from rankscope.errors import MethodError, UnitError
from rankscope.pipeline.blocks import BLOCK
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.exact.region import Gaps, Region
    from rankscope.analyses.exact.search import Ends
    from rankscope.analyses.exact.setting import Setting
    from rankscope.methods.admissible import Admissible
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Batch, Whole

TIME_LIMIT = 60.0
"""Seconds after which what is not settled is given between two ranks."""

_PURPOSE = 7

_MOST_PAIRS = 10_000**2
"""More pairs are not looked at unless units are named."""


def reach(  # noqa: PLR0913 - a question has many parts, all with a default
    result: Result,
    *,
    weights: Admissible | None = None,
    levels: Sequence[int] | None = None,
    node: str | None = None,
    view: str = HEADLINE,
    period: str | None = None,
    units: Sequence[str] | None = None,
    gaps: Gaps = "bounds",
    time_limit: float = TIME_LIMIT,
    seed: int = 0,
) -> Reach:
    """Return the best and worst rank of units over admissible weights, with the weights.

    ``weights`` and ``levels`` are those that the definition assumes unless said; ``units``
    (codes) restricts the answer, all others staying their rivals.  ``gaps`` says what becomes
    of siblings whose weights vary while a unit misses one of them: ``bounds`` gives bounds,
    ``hold`` keeps their shares.  Of a panel give the whole and a ``period``, by default the
    last.  The answer depends on ``seed`` only where it is not exact.

    >>> from rankscope.catalogue import open_index
    >>> from rankscope.methods.admissible import Bounded
    >>> found = reach(open_index("ai-capacity").build(), weights=Bounded(0.1), levels=[1])
    >>> bool((found.best_to <= found.ranks).all())
    True

    Raises
    ------
    RankscopeError
        When no weights vary, or the scores of a node can not be bounded.
    """
    setting = setting_of(
        result, weights=weights, levels=levels, node=node, view=view, period=period
    )
    wanted = _wanted(setting, units)
    deadline = time.monotonic() + time_limit
    regions, found = [], []
    for rows, own in zip(setting.strata, wanted, strict=True):
        if len(own):
            region = region_of(
                result, setting.varied, view=view, node=setting.node, rows=rows, gaps=gaps
            )
            regions.append(region)
            found.append(_ends(setting, region, own, seed, deadline))
    kept = [own for own in wanted if len(own)]
    return _answer(setting, regions, kept, found, gaps)


def _wanted(setting: Setting, units: Sequence[str] | None) -> list[Whole]:
    """Return which places of each stratum are asked for.

    Raises
    ------
    UnitError
        When a unit has no rank.
    """
    if units is None:
        if sum(len(rows) ** 2 for rows in setting.strata) > _MOST_PAIRS:
            raise MethodError(
                "With more than 10,000 units only the reach of some can be found. Name them."
            )
        return [np.arange(len(rows)) for rows in setting.strata]
    codes = np.array(setting.result.units)
    ranked = {str(code) for rows in setting.strata for code in codes[rows]}
    for unit in units:
        if unit not in ranked:
            hint = did_you_mean(unit, sorted(ranked))
            raise UnitError(f"{visible(unit)!r} has no rank here. {hint}".rstrip())
    return [np.flatnonzero(np.isin(codes[rows], list(units))) for rows in setting.strata]


def _ends(setting: Setting, region: Region, wanted: Whole, seed: int, deadline: float) -> Ends:
    judge = Judge(region, setting.result.leaves, setting.view)
    inner = InnerWeights(region, setting.result, setting.view)
    first = _first(setting, region, seed)
    return Search(Bounds(region, wanted), judge, inner, first, deadline).ends()


def _first(setting: Setting, region: Region, seed: int) -> Batch:
    """Return the weights as given, if they belong to the set, and a block of draws."""
    varied = setting.varied
    random = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(_PURPOSE, 0)))
    drawn = varied.draw(BLOCK, random)
    for parent in region.held:
        children = list(region.plan.nodes[parent].children)
        drawn[:, children] = varied.given[children]
    own = all(belongs(varied.admissible, one.siblings) for one in varied.groups)
    return np.vstack([varied.given, drawn]) if own else drawn


def _answer(
    setting: Setting,
    regions: Sequence[Region],
    wanted: Sequence[Whole],
    found: Sequence[Ends],
    gaps: str,
) -> Reach:
    """Put the strata together."""
    plan = setting.result.plan

    def joined(name: str) -> np.ndarray:
        pairs = zip(found, wanted, strict=True)
        parts = [getattr(one, name)[own] for one, own in pairs]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)

    def codes(name: str) -> tuple[str, ...]:
        numbers = sorted({number for one in regions for number in getattr(one, name)})
        return tuple(plan.nodes[number].code for number in numbers)

    rows = np.concatenate(
        [one.rows[own] for one, own in zip(regions, wanted, strict=True)] or [np.zeros(0, int)]
    )
    of = np.concatenate(
        [np.full(len(own), len(one.rows)) for one, own in zip(regions, wanted, strict=True)]
        or [np.zeros(0, int)]
    )
    settled = [one.settled for one in found if one.settled is not None]
    pairs = sum(one.pairs for one in found)
    answer = Reach(
        settings=(setting,),
        choices=("",),
        codes=tuple(setting.result.units[row] for row in rows),
        names=tuple(setting.result.names[row] for row in rows),
        ranks=setting.result.rank(setting.node, setting.view)[rows],
        of=of,
        best_from=joined("best_from"),
        best_to=joined("best_to"),
        worst_from=joined("worst_from"),
        worst_to=joined("worst_to"),
        best_weights=joined("best_weights"),
        worst_weights=joined("worst_weights"),
        best_choice=np.zeros(len(rows), dtype=np.int64),
        worst_choice=np.zeros(len(rows), dtype=np.int64),
        settled=sum(settled) / pairs if pairs and len(settled) == len(found) else np.nan,
        gaps=gaps,
        held=codes("held"),
        gappy=codes("gappy"),
        bent=codes("bent"),
        findings=(),
    )
    return replace(answer, findings=findings_of(answer))
