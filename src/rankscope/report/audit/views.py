"""Other views on the same units: their own best weights, and things outside the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence.rules import SIGNIFICANT
from rankscope.charts.benefit import benefit_chart
from rankscope.charts.links import link_scatter_chart, links_chart
from rankscope.pages.numbers import MISSING, fixed
from rankscope.pages.words import counted, in_prose, starting
from rankscope.report.audit.drawings import drawing
from rankscope.report.audit.exhibits import Cell, Exhibit, Section, absent, sheet
from rankscope.report.audit.words import NOTHING, listed, share, two

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.coherence import Benefit, Links
    from rankscope.report.audit.subject import Subject

_TOP = 25
_SCATTERS = 4
_PARTS = 6
"""Shares of up to so many parts stand in the table."""


def views_section(subject: Subject) -> Section:
    """Return the section on other views."""
    return Section(
        anchor="other-views",
        title="What do other views say?",
        short="Other views",
        lead=(
            "Two questions from outside. What if each could choose the weights that suit it best "
            "(the benefit of the doubt)? Who is behind even then has no weights to blame. And "
            "does the index follow something that is known already, such as wealth or size?"
        ),
        exhibits=(*_benefit(subject), *_links(subject)),
        areas=("outside",),
    )


def _benefit(subject: Subject) -> Sequence[Exhibit]:
    found, title = subject.found.coherence.benefit, "The benefit of the doubt"
    known = np.flatnonzero(~np.isnan(found.best)).tolist()
    if not known:
        why = found.findings[0].sentence if found.findings else NOTHING
        return (absent(17, title, starting(why)),)
    order = sorted(known, key=lambda at: (int(found.ranks[at]) or len(found.ranks) + 1))
    parts = list(range(len(found.codes))) if len(found.codes) <= _PARTS else []
    rows = [_best(subject, found, at, parts) for at in order]
    names = [subject.plan.nodes[subject.plan.node(found.codes[at])].name for at in parts]
    columns = (
        starting(subject.material.noun),
        "Score",
        "Rank",
        "Best score",
        "Best rank",
        "Places gained",
        *names,
    )
    return (
        Exhibit(
            17,
            title,
            _tops(subject, found, known),
            drawings=(
                drawing(
                    lambda width: benefit_chart(found, top=_TOP, width=width, title=""),
                    "Scores by each unit's own best weights, and what they are made of; the "
                    "numbers are in the table that follows",
                ),
            ),
        ),
        Exhibit(
            17,
            "Rank as published and by one’s own best weights",
            _gainer(found, known),
            sheet=sheet(columns, rows, rest=subject.others),
            notes=(
                "Best score: 1 means that by some weights of the parts nobody is ahead. The last "
                "columns are the shares of the parts in that score."
                if parts
                else "Best score: 1 means that by some weights of the parts nobody is ahead."
            ),
        ),
    )


def _best(subject: Subject, found: Benefit, at: int, parts: list[int]) -> tuple[str | Cell, ...]:
    gain = float(found.gains[at])
    return (
        subject.unit(found.units[at]),
        subject.material.score(float(found.scores[at])),
        f"{int(found.ranks[at]):,}" if found.ranks[at] else MISSING,
        fixed(float(found.best[at]), 3),
        f"{int(found.best_ranks[at]):,}" if found.best_ranks[at] else MISSING,
        f"+{gain:.0f}" if gain > 0 else fixed(gain, 0),
        *(share(float(found.shares[at, part])) for part in parts),
    )


def _tops(subject: Subject, found: Benefit, known: list[int]) -> str:
    tops = [at for at in known if found.best[at] >= 1 - 1e-9]
    names = [in_prose(found.names[at]) for at in sorted(tops, key=lambda at: int(found.ranks[at]))]
    return starting(
        f"by weights of their own choice nobody is ahead of {listed(names)}: "
        f"{counted(len(tops), 'unit')} of {len(known)}. All others are behind somebody whatever "
        f"weights the parts of {found.name} get."
        if len(tops) < len(known)
        else f"by weights of their own choice nobody is ahead of any {subject.material.noun}, so "
        "that the order is made by the weights alone."
    )


def _gainer(found: Benefit, known: list[int]) -> str:
    gains = np.nan_to_num(found.gains[known], nan=-np.inf)
    best = known[int(np.argmax(gains))]
    if not found.gains[best] > 0:
        return "Nobody would gain a place by weights of its own choice."
    return starting(
        f"{in_prose(found.names[best])} would gain most: {found.gains[best]:.0f} places, from "
        f"{int(found.ranks[best])} to {int(found.best_ranks[best])}."
    )


def _links(subject: Subject) -> Sequence[Exhibit]:
    found, title = subject.found.coherence.links, "Links to things outside the index"
    if not found.variables:
        return (
            absent(
                18,
                title,
                "The index names no variables outside of itself; give a table with --outside FILE.",
            ),
        )
    rows = [_link(found, node, at) for at in range(len(found.variables)) for node in range(len(found.codes))]
    columns = ["Variable", "Of*", "Units", "Correlation", "With its logarithm", "Of ranks", "p"]
    if found.grouping:
        columns.append(f"Of ranks, within {found.grouping}")
    scatters = tuple(
        drawing(
            lambda width, code=code: link_scatter_chart(found, code, width=width, title=""),  # type: ignore[misc]
            f"Each unit by its score and {name}",
            title=starting(name),
        )
        for code, name in list(zip(found.variables, found.variable_names, strict=True))[:_SCATTERS]
    )
    return (
        Exhibit(
            18,
            title,
            _follows(found),
            drawings=(
                drawing(
                    lambda width: links_chart(found, width=width, title=""),
                    "Rank correlations of the index and its parts with each variable; the numbers "
                    "are in the table that follows",
                ),
            ),
        ),
        Exhibit(
            18,
            "Scores against each variable",
            _scattered(found),
            drawings=scatters,
        ),
        Exhibit(
            18,
            "Correlations with each variable",
            _parts(found),
            sheet=sheet(columns, rows, rest="rows"),
            notes="p: how probable such a correlation of ranks is where in truth there is none.",
        ),
    )


def _link(found: Links, node: int, at: int) -> tuple[str | Cell, ...]:
    own = (
        Cell(starting(found.variable_names[at]), "group") if node == 0 else Cell("")
    )
    row: list[str | Cell] = [
        own,
        found.names[node],
        f"{int(found.counts[2, node, at]):,}",
        *(two(float(found.values[measure, node, at])) for measure in range(3)),
        fixed(float(found.p_values[2, node, at]), 3),
    ]
    if found.grouping:
        row.append(two(float(found.within[2, node, at])))
    return tuple(row)


def _follows(found: Links) -> str:
    whole = found.values[2, 0]
    if np.isnan(whole).all():
        return "No correlation with a variable outside is defined."
    most = int(np.nanargmax(np.abs(whole)))
    value = float(whole[most])
    told = f"{found.names[0]} goes most with {found.variable_names[most]}: a correlation of ranks of {two(value)}"
    if found.p_values[2, 0, most] > SIGNIFICANT:
        return f"{told}, which may be chance."
    if found.grouping:
        told += f", and {two(float(found.within[2, 0, most]))} within groups of {found.grouping}"
    return f"{told}, so that it explains {share(value**2)} of the differences in rank."


def _scattered(found: Links) -> str:
    logs = found.values[1, 0]
    if np.isnan(logs).all():
        return "Each point is one unit."
    most = int(np.nanargmax(np.abs(logs)))
    return (
        f"With the logarithm of {found.variable_names[most]} the score has a correlation of "
        f"{two(float(logs[most]))}; who is far from the line differs from its peers of like size."
    )


def _parts(found: Links) -> str:
    parts = found.values[2, 1:]
    if not parts.size or np.isnan(parts).all():
        return "Only the whole is compared."
    at = np.unravel_index(int(np.nanargmax(np.abs(parts))), parts.shape)
    return (
        f"Of the parts, {found.names[int(at[0]) + 1]} goes most with one of them: "
        f"{two(float(parts[at]))} with {found.variable_names[int(at[1])]}."
    )
