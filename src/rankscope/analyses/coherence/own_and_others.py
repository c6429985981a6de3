"""Each part against its own aggregate, what remains of that without it, and other aggregates."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence import rules
from rankscope.analyses.coherence.correlations import reading, table_of
from rankscope.analyses.coherence.pairs import relate
from rankscope.analyses.coherence.subject import subject_of
from rankscope.findings import note, warning
from rankscope.pipeline.evaluate import compile_node
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from rankscope.analyses.coherence.correlations import CorrelationTable
    from rankscope.analyses.coherence.pairs import Method
    from rankscope.analyses.coherence.subject import Subject
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result


@dataclass(frozen=True, slots=True)
class Place:
    """How one part goes with its own aggregate and with others.

    ``own`` is the correlation with the aggregate above, of which the part is one piece;
    ``rest`` that with what remains of it without the part (the corrected part-whole or
    item-rest correlation; NaN for a part alone); ``other`` the largest with another aggregate
    on the level of its own, whose code is ``other_code``, empty where there is none, and
    ``own_there`` is ``own`` over the units that have a score in that too.
    """

    code: str
    name: str
    parent: str
    parent_name: str
    siblings: int
    own: float
    p_value: float
    rest: float
    other_code: str
    other_name: str
    other: float
    other_p_value: float
    own_there: float

    @property
    def misplaced(self) -> bool:
        """Whether another aggregate is nearer than its own, beyond chance."""
        return self.other > self.own_there and self.other_p_value <= rules.SIGNIFICANT

    @property
    def reading(self) -> str:
        """Return what the correlation with its own aggregate says, such as ``weak``."""
        return reading(self.own)


@dataclass(frozen=True, slots=True)
class OwnAndOthers:
    """How each part goes with its own aggregate and with others."""

    method: Method
    places: tuple[Place, ...]
    findings: tuple[Finding, ...]

    def frame(self) -> pd.DataFrame:
        """Return a data frame with a row for each part."""
        import pandas as pd

        names = [*(field.name for field in fields(Place)), "reading", "misplaced"]
        rows = [[getattr(one, name) for name in names] for one in self.places]
        return pd.DataFrame(rows, columns=pd.Index(names)).set_index("code")


def own_and_others(
    result: Result,
    *,
    view: str = HEADLINE,
    node: str | None = None,
    period: str | None = None,
    method: Method = "pearson",
) -> OwnAndOthers:
    """Return how each part below a node goes with its own aggregate and with others.

    The rest of an aggregate is its score with weight 0 for the part, by the engine
    (conventions §4.3).

    Raises
    ------
    MethodError
        When there is no such node or view, or the node is an indicator.
    DataError
        When there is no such period.
    """
    subject = subject_of(result, view=view, node=node, period=period)
    parts = tuple(one for one in subject.below if subject.counted[one])
    table = table_of(subject, parts, subject.aggregates, method=method)
    rest = {
        part: one for whole in subject.aggregates for part, one in _rests(subject, whole, method)
    }
    places = tuple(_place(subject, table, at, rest[part]) for at, part in enumerate(parts))
    findings = (one for place in places for one in (*_of_own(place), *_of_other(place)))
    return OwnAndOthers(method, places, rules.sourced(findings))


def _place(subject: Subject, table: CorrelationTable, at: int, rest: float) -> Place:
    """Return the place of the part in row ``at`` of the table of all correlations."""
    nodes, part = subject.plan.nodes, subject.plan.node(table.codes[at])
    parent = nodes[part].parent
    own = subject.aggregates.index(parent)
    others = [
        column for column in _of_level(subject, parent) if not np.isnan(table.values[at, column])
    ]
    best = max(others, key=lambda column: float(table.values[at, column]), default=None)
    return Place(
        code=table.codes[at],
        name=table.names[at],
        parent=subject.code(parent),
        parent_name=subject.name(parent),
        siblings=len(subject.items(parent)) - 1,
        own=float(table.values[at, own]),
        p_value=float(table.p_values[at, own]),
        rest=rest,
        other_code="" if best is None else table.others[best],
        other_name="" if best is None else table.other_names[best],
        other=np.nan if best is None else float(table.values[at, best]),
        other_p_value=np.nan if best is None else float(table.p_values[at, best]),
        own_there=np.nan if best is None else _over(subject, table, part, best),
    )


def _over(subject: Subject, table: CorrelationTable, part: int, other: int) -> float:
    """Return the correlation of a part with its own aggregate where another has a score too."""
    has = ~np.isnan(subject.scores[:, subject.aggregates[other]])
    own = subject.scores[has][:, [subject.plan.nodes[part].parent]]
    found = relate(subject.scores[has][:, [part]], own, method=table.method)
    return float(found.values[0, 0])


def _of_level(subject: Subject, parent: int) -> list[int]:
    """Return the columns of the other aggregates as deep in the framework as a parent."""
    wanted = _depth(subject, parent)
    return [
        column
        for column, one in enumerate(subject.aggregates)
        if one != parent and _depth(subject, one) == wanted
    ]


def _depth(subject: Subject, node: int) -> int:
    depth = 0
    while node != subject.node:
        node, depth = subject.plan.nodes[node].parent, depth + 1
    return depth


def _rests(subject: Subject, whole: int, method: Method) -> Iterator[tuple[int, float]]:
    """Yield each part of an aggregate, and its correlation with the aggregate without it."""
    parts, plan = subject.items(whole), subject.plan
    if len(parts) < 2:
        yield from ((part, np.nan) for part in parts)
        return
    compiled = compile_node(plan, subject.result.leaves, whole)
    for part in parts:
        weights = plan.weights(subject.view)[None].copy()
        weights[0, part] = 0.0
        rest = compiled.scores(weights)[0, subject.rows]
        found = relate(subject.scores[:, [part]], rest[:, None], method=method)
        yield part, float(found.values[0, 0])


def _of_own(place: Place) -> Iterator[Finding]:
    """Yield that a part is weak in its own aggregate, or runs against it."""
    if not place.siblings:
        return
    if place.own < rules.NEGATIVE and place.p_value <= rules.SIGNIFICANT:
        yield warning(
            "coherence-negative",
            place.code,
            f"units that are better in {place.name} are worse in {place.parent_name}, of which it "
            f"is a part: a correlation of {rules.number(place.own, rules.NEGATIVE)}.",
            "Check its polarity, and whether it belongs there.",
        )
    elif place.own < rules.WEAK:
        yield note(
            "coherence-weak",
            place.code,
            f"{place.name} has a correlation of {rules.number(place.own, rules.WEAK)} with "
            f"{place.parent_name}, less than {rules.WEAK}: it has little to do with what the group "
            "as a whole says.",
            "Ask whether it measures what the others measure, or stands there for good reasons.",
        )


def _of_other(place: Place) -> Iterator[Finding]:
    if place.siblings and place.misplaced:
        other, own = place.other, place.own_there
        yield warning(
            "coherence-misplaced",
            place.code,
            f"{place.name} goes more with {place.other_name} ({rules.number(other, own)}) than "
            f"with {place.parent_name} ({rules.number(own, other)}), of which it is a part.",
            f"Ask whether it belongs to {place.other_name}.",
        )
