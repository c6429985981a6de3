"""The audit: whether an index is well made, from its data to what its ranks are worth."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rankscope.analyses.audit.areas import areas_of
from rankscope.analyses.audit.collected import collected
from rankscope.analyses.audit.lights import different_places
from rankscope.analyses.audit.model import Audit
from rankscope.analyses.audit.parts import Asked, change_of, firm_of, importance_of, influence_of
from rankscope.analyses.audit.recommendations import recommendations_of
from rankscope.analyses.coherence import added_value, coherence
from rankscope.analyses.treated import treated
from rankscope.analyses.variant_results import chosen_period
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from rankscope.pipeline.result import Result


def audit(  # noqa: PLR0913 - a question has many parts, all with a default
    index: Result,
    *,
    view: str = HEADLINE,
    period: str | None = None,
    draws: int = 4000,
    seed: int = 0,
    outside: pd.DataFrame | None = None,
    within: str | None = None,
    since: Result | None = None,
    workers: int = 1,
    progress: Callable[[str], None] | None = None,
) -> Audit:
    """Return whether an index is well made, with verdicts, findings and recommendations.

    ``index`` is a cross-section or a whole panel, of which one ``period``, by default the last,
    is audited.  ``outside`` are variables by the codes of units and ``within`` a grouping, for
    links to things outside; ``since`` is an earlier edition.  ``progress`` is told what is
    being done.  What the lights mean stands in conventions §18; the contents follow the
    audits of the Joint Research Centre and the OECD/JRC Handbook (2008),
    https://doi.org/10.1787/9789264043466-en.

    >>> from rankscope.catalogue import open_index
    >>> found = audit(open_index("ai-capacity").build(), draws=64)
    >>> found.area("data").light.value in ("green", "amber", "red", "grey")
    True

    Raises
    ------
    MethodError
        When there is no such view or grouping, or ``outside`` can not be read.
    DataError
        When there is no such period.
    """
    chosen = chosen_period(index, index.plan.definition.title, period)
    told = progress or _quiet
    told("Looking at data and structure")
    made = coherence(index, view=view, period=chosen, outside=outside, within=within, seed=seed)
    places = different_places(made.units)
    made = replace(made, added_value=added_value(index, view=view, period=chosen, places=places))
    result = index.of_period(chosen)
    asked = Asked(index, view, chosen, draws, seed, workers, made.units, told)
    firm = firm_of(asked)
    found = Audit(
        result=result,
        panel=index if index.periods else None,
        view=view,
        period=chosen,
        seed=seed,
        draws=firm.uncertainty.draws if firm.uncertainty else 0,
        coherence=made,
        treated=treated(result),
        design=firm.design,
        uncertainty=firm.uncertainty,
        reach=firm.reach,
        dominance=firm.dominance,
        alone=firm.alone,
        sensitivity=firm.sensitivity,
        influence=influence_of(asked),
        importance=importance_of(asked),
        consensus=firm.consensus,
        change=change_of(asked, since),
        problems=(),
        areas=(),
        recommendations=(),
        findings=(),
    )
    return _judged(replace(found, problems=tuple(dict.fromkeys(asked.problems))))


def _judged(found: Audit) -> Audit:
    """Return the same with verdicts and recommendations."""
    lit = replace(found, areas=areas_of(found), findings=collected(found))
    return replace(lit, recommendations=recommendations_of(lit))


def _quiet(_: str) -> None:
    """Tell nobody."""
