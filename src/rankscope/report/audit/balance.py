"""Whether parts count for what their weights say, and what the index could do without."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.analyses.audit.wording import verb
from rankscope.charts.importance import importance_chart
from rankscope.pages.numbers import fixed
from rankscope.pages.words import counted
from rankscope.report.audit.drawings import drawing
from rankscope.report.audit.exhibits import Cell, Exhibit, Section, absent, sheet
from rankscope.report.audit.redundancy import left_out_exhibits, redundancy_exhibits
from rankscope.report.audit.words import share, two, why_not

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.importance import Importance
    from rankscope.report.audit.subject import Subject


_ABOUT = 0.02
"""Importance so near to the weight is about the same."""


def balance_section(subject: Subject) -> Section:
    """Return the section on the balance of weights."""
    return Section(
        anchor="balance",
        title="Do the parts count for what their weights say?",
        short="Balance",
        lead=(
            "A weight is what a part is meant to count for. What it does count for depends on "
            "how much it differs between units and on what it goes with; a heavy part in which "
            "all are alike decides nothing. Importance is the share of the variance of the score "
            "that a part makes up."
        ),
        exhibits=(
            *_importance(subject),
            *redundancy_exhibits(subject),
            *left_out_exhibits(subject),
        ),
        areas=("balance",),
    )


def _importance(subject: Subject) -> Sequence[Exhibit]:
    whole, nodes = subject.found.importance, subject.found.coherence.importance.nodes
    title = "Weights against importance"
    if whole is None:
        return (absent(8, title, why_not(subject.found, "importance of the parts")),)
    if not nodes:
        return (absent(8, title, "No group has two parts whose weights could be compared."),)
    groups = list(nodes)
    rows = [row for group in groups for row in _rows(group)]
    columns = (
        "Part",
        "Weight",
        "Importance",
        "Ratio",
        "Correlation",
        "Rank correlation",
        "Correlation ratio",
        "Shapley share",
    )
    return (
        Exhibit(
            8,
            f"{title}: the parts of {whole.name}",
            _compared(whole),
            drawings=(
                drawing(
                    lambda width: importance_chart(whole, width=width, title=""),
                    f"Weight and importance of each part of {whole.name}; the numbers are in the "
                    "table that follows",
                ),
            ),
        ),
        Exhibit(
            8,
            f"{title}, group by group",
            _furthest(groups),
            sheet=sheet(columns, rows, rest="rows"),
            notes=(
                "Weight: among the parts of the group. Importance: the covariance of a part with "
                "the score of its group, times its weight, as a share of the sum over all parts; "
                "negative where the part runs against the group. Ratio: importance over weight, 1 "
                "is balanced; from 2 up and from 0.5 down it stands out. Correlation: with the "
                "score of the group. Correlation ratio: the share of the variance of the score "
                "that the part explains, whatever the form of the relation. Shapley share: what it "
                "adds to what is explained, on average over all orders in which parts can be taken "
                "in; for twelve parts at most."
            ),
        ),
    )


def _rows(group: Importance) -> list[tuple[str | Cell, ...]]:
    found: list[tuple[str | Cell, ...]] = [(Cell(group.name, "group"), *[""] * 7)]
    shares, total = group.shares, float(np.nansum(group.weights))
    for at, name in enumerate(group.names):
        weight = float(group.weights[at]) / total if total > 0 else np.nan
        ratio = float(shares[at]) / weight if weight > 0 else np.nan
        far = bool(ratio <= 0.5 or ratio >= 2)
        found.append(
            (
                Cell(name, indent=1),
                share(weight),
                _percent(float(shares[at])),
                Cell(two(ratio), "bad" if far else ""),
                two(float(group.correlations[at])),
                two(float(group.spearman[at])),
                two(float(group.ratios[at])),
                share(float(group.shapley[at])),
            )
        )
    return found


class _Held(NamedTuple):
    """The weight of a part in its group held against its importance."""

    name: str
    group: str
    weight: float
    importance: float

    @property
    def apart(self) -> float:
        """Return how far both are from each other."""
        return abs(self.importance - self.weight)

    @property
    def far(self) -> bool:
        """Whether one is twice the other or more."""
        return not self.weight / 2 < self.importance < self.weight * 2


def _held(group: Importance) -> list[_Held]:
    """Return the parts of a group whose importance is known."""
    total = float(np.nansum(group.weights))
    return [
        _Held(name, group.name, float(group.weights[at]) / total, float(group.shares[at]))
        for at, name in enumerate(group.names)
        if total > 0 and group.weights[at] > 0 and not np.isnan(group.shares[at])
    ]


def _percent(value: float) -> str:
    """Return a share of importance, which may be negative."""
    return share(value) if not value < 0 else f"{fixed(value * 100, 0)}%"


def _compared(group: Importance) -> str:
    known = _held(group)
    if not known:
        return f"The score of {group.name} does not differ, so that nothing in it is important."
    most = max(known, key=lambda one: one.apart)
    if most.apart < _ABOUT:
        return f"Every part of {group.name} counts for about what its weight says."
    way = "more" if most.importance > most.weight else "less"
    return (
        f"Furthest from its weight is {most.name}, which counts for {way}: {share(most.weight)} of "
        f"the weight and {_percent(most.importance)} of the importance."
    )


def _furthest(groups: Sequence[Importance]) -> str:
    known = [one for group in groups for one in _held(group)]
    far = [one for one in known if one.far]
    if not known:
        return "Importance is nowhere defined."
    if not far:
        return "No part counts for twice its weight or for half of it."
    most = max(far, key=lambda one: one.apart)
    return (
        f"{counted(len(far), 'part')} of {len(known)} {verb(len(far), 'counts', 'count')} for "
        "twice the weight or more, or for half of it or less; the furthest is "
        f"{most.name} in {most.group}, with {share(most.weight)} of the weight and "
        f"{_percent(most.importance)} of the importance."
    )
