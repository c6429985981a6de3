"""Whether parts of a group belong together: correlations, own and others, components, alpha."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.audit.wording import verb
from rankscope.analyses.coherence import rules
from rankscope.analyses.coherence.correlations import reading, upper
from rankscope.charts.correlation_map import correlation_map_chart
from rankscope.pages.words import counted, starting
from rankscope.report.audit.dimensions import dimension_exhibits
from rankscope.report.audit.drawings import drawing, small_drawing
from rankscope.report.audit.exhibits import Drawing, Exhibit, Section, absent, sheet
from rankscope.report.audit.own_and_others import own_exhibits
from rankscope.report.audit.words import NO_GROUP, listed, share, two

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.coherence.correlations import CorrelationTable
    from rankscope.report.audit.subject import Subject

_FEW = 7
"""Groups of up to so many parts are drawn side by side."""

_MANY = 60
"""Groups of more parts have no picture of their correlations: nobody could read it."""


_READINGS = ("negative", "weak", "fine", "redundant", "")


def structure_section(subject: Subject) -> Section:
    """Return the section on the structure."""
    return Section(
        anchor="structure",
        title="Do the parts of each group belong together?",
        short="Structure",
        lead=(
            "A mean says something about its parts only if they go together. A correlation of 1 "
            "means that two parts rise in step, 0 that neither tells anything of the other, below "
            "0 that who is good in one tends to be bad in the other. By the usual rules of thumb a "
            f"correlation between parts of a group is fine from {rules.WEAK:g} to "
            f"{rules.REDUNDANT:g}; below {rules.WEAK:g} it is weak, below {rules.NEGATIVE:g} the "
            f"parts cancel out, and above {rules.REDUNDANT:g} they say nearly the same. A weak one "
            "is no error where a group is made up of different things on "
            "purpose.".replace("-", "−")
        ),
        exhibits=(
            *_maps(subject),
            *own_exhibits(subject),
            *dimension_exhibits(subject),
        ),
        areas=("structure",),
    )


def _maps(subject: Subject) -> Sequence[Exhibit]:
    found = subject.found.coherence.correlations
    if not found.within:
        return (absent(5, "Correlations inside each group", NO_GROUP),)
    drawings = tuple(_map(subject, one) for one in found.within if len(one.codes) <= _MANY)
    counts = [_counts(one) for one in found.within]
    figure = Exhibit(
        5,
        "Correlations inside each group",
        _seen(found.within, counts),
        drawings=drawings,
        notes=(
            "A number is the correlation of the part of its row with that of its column; the last "
            "row is the group itself with each of its parts, where a high one is as it should be. "
            "A dot: it may be chance (a p-value above 0.05)."
        ),
    )
    rows = [
        (subject.plan.nodes[subject.plan.node(one.node)].name, *map(_number, _listed(count)))
        for one, count in zip(found.within, counts, strict=True)
    ]
    columns = (
        "Group",
        "Pairs",
        "Below −0.4",
        "Weak, below 0.3",
        "Fine",
        "Above 0.9",
        "May be chance",
    )
    table = Exhibit(
        5,
        "How many pairs of parts go together",
        f"{_share_fine(counts)} of all pairs of parts of the same group have a correlation from "
        f"{rules.WEAK:g} to {rules.REDUNDANT:g}.",
        sheet=sheet(columns, rows, rest="groups"),
    )
    return (figure, table) if drawings else (table,)


def _map(subject: Subject, table: CorrelationTable) -> Drawing:
    found, name = subject.found.coherence.correlations, _name(subject, table.node)
    label = f"Correlations of the {len(table.codes)} parts of {name} with each other"

    def chart(width: float) -> object:
        return correlation_map_chart(found, table.node, width=width, title="")

    if len(table.codes) <= _FEW:
        return small_drawing(chart, label, title=name)
    return drawing(chart, label, title=name)


def _counts(table: CorrelationTable) -> Counter[str]:
    """Return how many pairs have which reading; those that may be chance have none."""
    shown = table.shown[upper(table)]
    return Counter(reading(float(one)) for one in shown)


def _listed(count: Counter[str]) -> list[int]:
    return [count.total(), *(count[one] for one in _READINGS)]


def _number(count: int) -> str:
    return f"{count:,}" if count else "–"


def _share_fine(counts: Sequence[Counter[str]]) -> str:
    total = sum(one.total() for one in counts)
    return starting(share(sum(one["fine"] for one in counts) / max(1, total)))


def _seen(tables: Sequence[CorrelationTable], counts: Sequence[Counter[str]]) -> str:
    total = sum(counts, Counter[str]())
    parts = []
    if total["negative"]:
        run = verb(total["negative"], "runs", "run")
        parts.append(f"{counted(total['negative'], 'pair')} {run} against each other")
    if total["redundant"]:
        parts.append(f"{counted(total['redundant'], 'pair')} say nearly the same")
    weak = total["weak"] + total[""]
    if weak:
        parts.append(f"{counted(weak, 'pair')} go together weakly or not beyond chance")
    if not parts:
        return f"All {total.total()} pairs of parts of the same group go together as they should."
    strongest = _closest(tables)
    whole = f"Of {counted(total.total(), 'pair')} of parts of the same group"
    return f"{whole}, {listed(parts)}.{strongest}"


def _closest(tables: Sequence[CorrelationTable]) -> str:
    """Name the pair that goes together most, of those that are beyond chance."""
    best: tuple[float, str, str] | None = None
    for table in tables:
        for at, other in np.argwhere(upper(table) & ~np.isnan(table.shown)).tolist():
            value = float(table.shown[at, other])
            if best is None or value > best[0]:
                best = (value, table.names[at], table.other_names[other])
    if best is None:
        return ""
    return f" The closest pair: {best[1]} and {best[2]} ({two(best[0])})."


def _name(subject: Subject, code: str) -> str:
    return subject.plan.nodes[subject.plan.node(code)].name
