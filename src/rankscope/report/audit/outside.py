"""What an index has to do with things outside of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence.rules import DRIVEN, REDUNDANT, SIGNIFICANT
from rankscope.charts.links import link_scatter_chart, links_chart
from rankscope.pages.words import starting
from rankscope.report.audit.drawings import drawing
from rankscope.report.audit.exhibits import Cell, Exhibit, absent, sheet
from rankscope.report.audit.words import probability, share, two

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.coherence import Links
    from rankscope.report.audit.subject import Subject


_SCATTERS = 4


def link_exhibits(subject: Subject) -> Sequence[Exhibit]:
    """Return the links to variables outside the index."""
    found, title = subject.found.coherence.links, "Links to things outside the index"
    if not found.variables:
        return (
            absent(
                18,
                title,
                "The index names no variables outside of itself; give a table with --outside FILE.",
            ),
        )
    rows = [
        _link(found, node, at)
        for at in range(len(found.variables))
        for node in range(len(found.codes))
    ]
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
            notes=(
                "p: how probable a correlation of ranks as large as this is where in truth there "
                "is none. Only what the index names, or --outside FILE gives, is compared; a link "
                "to anything else, such as income per head where it is not among them, was not "
                "looked for."
            ),
        ),
    )


def _link(found: Links, node: int, at: int) -> tuple[str | Cell, ...]:
    own = Cell(starting(found.variable_names[at]), "group") if node == 0 else Cell("")
    row: list[str | Cell] = [
        own,
        found.names[node],
        f"{int(found.counts[2, node, at]):,}",
        *(two(float(found.values[measure, node, at])) for measure in range(3)),
        probability(float(found.p_values[2, node, at])),
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
    told = (
        f"{found.names[0]} goes most with {found.variable_names[most]}: a correlation of ranks of "
        f"{two(value)}"
    )
    if found.p_values[2, 0, most] > SIGNIFICANT:
        return f"{told}, which may be chance."
    if found.grouping:
        told += f", and {two(float(found.within[2, 0, most]))} within groups of {found.grouping}"
    return (
        f"{told}, so that {share(value**2)} of the variance of the ranks is common to both. Beyond "
        f"{DRIVEN:g} it is worth saying beside the ranking, beyond {REDUNDANT:g} the ranking says "
        "little else."
    )


def _scattered(found: Links) -> str:
    logs = found.values[1, 0]
    if np.isnan(logs).all():
        return "Each point is one unit."
    most = int(np.nanargmax(np.abs(logs)))
    return (
        f"With the logarithm of {found.variable_names[most]} the score has a correlation of "
        f"{two(float(logs[most]))}; those far above or below the line score more or less than what "
        "is usual at their place on the axis."
    )


def _parts(found: Links) -> str:
    parts = found.values[2, 1:]
    if not parts.size or np.isnan(parts).all():
        return "Only the whole is compared."
    at = np.unravel_index(int(np.nanargmax(np.abs(parts))), parts.shape)
    return (
        f"Of the parts, {found.names[int(at[0]) + 1]} has the strongest link: a correlation of "
        f"ranks of {two(float(parts[at]))} with {found.variable_names[int(at[1])]}."
    )
