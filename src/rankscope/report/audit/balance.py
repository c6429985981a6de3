"""Whether parts count for what their weights say, and what the index could do without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.influence_findings import is_silent
from rankscope.charts.importance import importance_chart
from rankscope.charts.influence import influence_chart
from rankscope.pages.numbers import fixed
from rankscope.pages.words import counted, starting
from rankscope.report.audit.drawings import drawing
from rankscope.report.audit.exhibits import Cell, Exhibit, Section, absent, sheet
from rankscope.report.audit.words import listed, one, share, two, why_not

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.importance import Importance
    from rankscope.analyses.influence import Influence
    from rankscope.report.audit.subject import Subject

_TOP = 20


def balance_section(subject: Subject) -> Section:
    """Return the section on the balance of weights."""
    return Section(
        anchor="balance",
        title="Do the parts count for what their weights say?",
        short="Balance",
        lead=(
            "A weight is what a part is meant to count for. What it does count for depends on "
            "how much it differs between units and on what it goes with; a heavy part in which "
            "all are alike decides nothing. Importance is the share of the differences in the "
            "score that a part makes up."
        ),
        exhibits=(*_importance(subject), *_redundant(subject), *_left_out(subject)),
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
                "the score of its group, times its weight, as a share of all. Ratio: importance "
                "over weight, 1 is balanced. Correlation ratio: what the part tells of the score, "
                "whatever the form of the relation. Shapley share: what it adds on average over "
                "all orders in which parts can be taken in; for twelve parts at most."
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
                share(float(shares[at])) if shares[at] >= 0 else fixed(float(shares[at]) * 100, 0) + "%",
                Cell(two(ratio), "bad" if far else ""),
                two(float(group.correlations[at])),
                two(float(group.spearman[at])),
                two(float(group.ratios[at])),
                share(float(group.shapley[at])),
            )
        )
    return found


def _ratios(group: Importance) -> list[tuple[float, str, float, float]]:
    """Return importance over weight with name, weight and importance of each part."""
    total = float(np.nansum(group.weights))
    return [
        (float(group.shares[at]) / (float(group.weights[at]) / total), name, float(group.weights[at]) / total, float(group.shares[at]))
        for at, name in enumerate(group.names)
        if total > 0 and group.weights[at] > 0 and not np.isnan(group.shares[at])
    ]


def _compared(group: Importance) -> str:
    known = _ratios(group)
    if not known:
        return f"The score of {group.name} does not differ between units, so that nothing is important."
    _, name, weight, important = max(known, key=lambda ratio: abs(ratio[3] - ratio[2]))
    if abs(important - weight) < 0.02:
        return f"Every part of {group.name} counts for about what its weight says."
    way = "more" if important > weight else "less"
    return (
        f"{name} counts for {way} than it should: {share(weight)} of the weight and "
        f"{share(important)} of the importance."
    )


def _furthest(groups: Sequence[Importance]) -> str:
    known = [(*ratio, group.name) for group in groups for ratio in _ratios(group)]
    far = [one for one in known if not 0.5 < one[0] < 2]
    if not known:
        return "Importance is nowhere defined."
    if not far:
        return "No part counts for twice or for half of its weight."
    _, name, weight, important, group = max(far, key=lambda ratio: abs(ratio[3] - ratio[2]))
    return (
        f"{starting(counted(len(far), 'part'))} of {len(known)} {'counts' if len(far) == 1 else 'count'} "
        f"for twice their weight or more, or for half of it or less; the furthest is {name} in "
        f"{group}, with {share(weight)} of the weight and {share(important)} of the importance."
    )


def _redundant(subject: Subject) -> Sequence[Exhibit]:
    found = subject.found.coherence.redundancy
    title = "Pairs that say nearly the same"
    if not found.pairs:
        return (absent(9, title, "No two indicators or parts of a group correlate beyond 0.9."),)
    rows = [
        (pair.one_name, pair.other_name, two(pair.correlation), f"{pair.units:,}")
        for pair in found.pairs
    ]
    first = found.pairs[0]
    return (
        Exhibit(
            9,
            title,
            f"{starting(counted(len(rows), 'pair'))} {'correlates' if len(rows) == 1 else 'correlate'} "
            f"beyond 0.9: what {'it shares counts' if len(rows) == 1 else 'they share counts'} twice. "
            f"The closest: {first.one_name} and {first.other_name} ({two(first.correlation)}).",
            sheet=sheet(("One", "Other*", "Correlation", "Units"), rows, rest="pairs"),
        ),
    )


def _left_out(subject: Subject) -> Sequence[Exhibit]:
    found, title = subject.found.influence, "What happens without an indicator"
    if found is None:
        return (absent(9, title, why_not(subject.found, "analysis of what leaving out")),)
    known = [one for one in found.of("indicator") if not np.isnan(one.mean_shift)]
    if not known:
        return (absent(9, title, "There is no indicator that the index can be computed without."),)
    rows = [_without(subject, one.code, found) for one in known]
    columns = ("Left out", "Mean shift", "Largest shift", "Who*", "Units that move", "Rank correlation")
    return (
        Exhibit(
            9,
            title,
            _moved(subject, found),
            drawings=(
                drawing(
                    lambda width: influence_chart(
                        found, of="indicators", top=_TOP, width=width, title=""
                    ),
                    f"By how many places ranks move without each of the first {min(_TOP, len(known))} "
                    "indicators; the numbers are in the table that follows",
                ),
            ),
        ),
        Exhibit(
            9,
            "Every indicator left out in turn",
            _silent(found),
            sheet=sheet(columns, rows, rest="indicators"),
            notes="Shifts are in places, against the ranks as published, over all ranked units.",
        ),
    )


def _without(subject: Subject, code: str, found: Influence) -> tuple[str | Cell, ...]:
    [left] = [one for one in found.of("indicator") if one.code == code]
    return (
        left.name,
        two(left.mean_shift),
        fixed(left.largest_shift, 0),
        listed([subject.name(unit) for unit in left.furthest], 2) or "–",
        f"{left.changed:,} of {left.compared:,}",
        fixed(left.spearman, 3),
    )


def _moved(subject: Subject, found: Influence) -> str:
    first = found.of("indicator")[0]
    if not first.mean_shift > 0:
        return "No rank depends on any single indicator."
    who = listed([subject.name(unit) for unit in first.furthest], 2)
    return (
        f"{first.name} matters most: without it ranks move by {one(first.mean_shift)} places on "
        f"average, and {who} by {fixed(first.largest_shift, 0)}."
    )


def _silent(found: Influence) -> str:
    silent = [left.name for left in found.of("indicator") if is_silent(left)]
    if not silent:
        return "Every indicator is heard: none can be left out without ranks moving."
    return f"Hardly heard {'is' if len(silent) == 1 else 'are'} {listed(silent)}: without {'it' if len(silent) == 1 else 'any one of them'} ranks hardly move."
