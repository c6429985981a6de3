"""What an audit says: lights for areas, recommendations, and all that they stand on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rankscope._words import join_words

if TYPE_CHECKING:
    import pandas as pd

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


class Light(StrEnum):
    """The verdict on an area; grey is what could not be judged."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Area:
    """The verdict on one area: a question that a reader asks, and its answer.

    ``sentence`` gives the numbers that the light stands on (`rankscope.analyses.audit.lights`),
    ``findings`` are those that bear on it, the worst first.
    """

    code: str
    title: str
    light: Light
    sentence: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What to do, in words without jargon, and why; ``ids`` are those of the findings behind."""

    sentence: str
    why: str
    ids: tuple[str, ...]


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
    ``areas`` have the verdicts, ``recommendations`` what to do, the most pressing first;
    ``findings`` are those of all parts, each once and with its source, the worst first.
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
    findings: tuple[Finding, ...]

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


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
