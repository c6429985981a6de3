"""The audit: whether an index is well made, from its data to what its ranks are worth."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rankscope._words import join_words
from rankscope.analyses.audit.areas import areas_of
from rankscope.analyses.audit.collected import collected
from rankscope.analyses.audit.lights import different_places
from rankscope.analyses.audit.model import Light
from rankscope.analyses.audit.parts import Asked, change_of, firm_of, importance_of, influence_of
from rankscope.analyses.audit.recommendations import recommendations_of
from rankscope.analyses.coherence import added_value, coherence
from rankscope.analyses.treated import treated
from rankscope.analyses.variant_results import chosen_period
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from rankscope.analyses.audit.model import Area, Recommendation
    from rankscope.analyses.coherence import Coherence
    from rankscope.analyses.consensus import Consensus
    from rankscope.analyses.diff import Diff
    from rankscope.analyses.exact.answer import Reach
    from rankscope.analyses.exact.dominance import Dominance
    from rankscope.analyses.importance import Importance
    from rankscope.analyses.influence import Influence
    from rankscope.analyses.sensitivity import Alone, Sensitivity
    from rankscope.analyses.treated import TreatedIndicator
    from rankscope.analyses.uncertainty import Design, Uncertainty
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result

_VERDICTS = (
    (Light.AMBER, "{} needs attention", "{} need attention"),
    (Light.RED, "{} is unsound", "{} are unsound"),
    (Light.GREY, "{} could not be judged", "{} could not be judged"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Audit:
    """What an audit of an index found, in a view and of a panel in one period.

    ``result`` is the index in that period, ``panel`` all periods where there are several.  A
    part that could not be worked out is None, and ``problems`` say why.  ``draws`` are those
    of ``uncertainty``, 0 without it; ``reach`` and ``dominance`` hold while only weights vary.
    In ``coherence`` added value is counted in places that are in proportion to the units.
    ``areas`` have the verdicts, ``recommendations`` what to do, the most pressing first.
    """

    result: Result
    panel: Result | None
    view: str
    period: str | None
    seed: int
    draws: int
    coherence: Coherence
    treated: tuple[TreatedIndicator, ...]
    design: Design | None
    uncertainty: Uncertainty | None
    reach: Reach | None
    dominance: Dominance | None
    alone: tuple[Alone, ...]
    sensitivity: Sensitivity | None
    influence: Influence | None
    importance: Importance | None
    consensus: Consensus | None
    change: Diff | None
    problems: tuple[str, ...]
    areas: tuple[Area, ...]
    recommendations: tuple[Recommendation, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what all parts found, each once and with its source, the worst first."""
        return collected(self)

    @property
    def verdict(self) -> str:
        """Return the verdict in one sentence."""
        return verdict_of(self.areas)

    def area(self, code: str) -> Area:
        """Return an area by its code.

        Raises
        ------
        KeyError
            When there is none, such as ``change`` without an earlier edition.
        """
        for one in self.areas:
            if one.code == code:
                return one
        raise KeyError(code)

    def frame(self) -> pd.DataFrame:
        """Return a data frame with a row for each area."""
        import pandas as pd

        columns = {
            "title": [one.title for one in self.areas],
            "light": [one.light.value for one in self.areas],
            "sentence": [one.sentence for one in self.areas],
            "findings": [len(one.findings) for one in self.areas],
        }
        return pd.DataFrame(columns, index=pd.Index([one.code for one in self.areas], name="area"))


def verdict_of(areas: tuple[Area, ...]) -> str:
    """Return how many areas have which light, in one sentence."""
    counts = Counter(one.light for one in areas)
    of = f"{counts[Light.GREEN]} of {len(areas)} areas {_are(counts[Light.GREEN])} sound"
    told = [
        (one if counts[light] == 1 else several).format(counts[light])
        for light, one, several in _VERDICTS
        if counts[light]
    ]
    return f"{join_words([of, *told], 'and')}."


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
    )
    return _judged(replace(found, problems=tuple(dict.fromkeys(asked.problems))))


def _judged(found: Audit) -> Audit:
    """Return the same with verdicts and recommendations."""
    lit = replace(found, areas=areas_of(found))
    return replace(lit, recommendations=recommendations_of(lit))


def _quiet(_: str) -> None:
    """Tell nobody."""


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
