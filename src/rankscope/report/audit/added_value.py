"""What the overall rank tells that no part tells by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.charts.added_value import added_value_chart
from rankscope.pages.numbers import fixed
from rankscope.report.audit.drawings import drawing
from rankscope.report.audit.exhibits import Exhibit, Section, absent, sheet
from rankscope.report.audit.words import one, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.coherence import AddedValue
    from rankscope.report.audit.subject import Subject


def added_value_section(subject: Subject) -> Section:
    """Return the section on added value."""
    return Section(
        anchor="added-value",
        title="Does the overall rank tell more than its parts?",
        short="Added value",
        lead=(
            "If everyone had the same place overall as in one of the parts, that part would do. So "
            "it is counted for how many the two places differ by "
            f"{subject.found.coherence.added_value.places} or more (audits by the Joint Research "
            "Centre take ten; among fewer than 100 it is a tenth of them). A third or more, for "
            "each part, is called sound."
        ),
        exhibits=tuple(_exhibits(subject)),
        areas=("added-value",),
    )


def _exhibits(subject: Subject) -> Sequence[Exhibit]:
    found = subject.found.coherence.added_value
    title = "Overall rank against the rank in each part"
    known = [at for at in range(len(found.codes)) if not np.isnan(found.shares[at])]
    if not known:
        return (absent(10, title, "There are no ranks of parts to compare the overall rank with."),)
    rows = [
        (
            found.names[at],
            f"{int(found.counts[at]):,}",
            share(float(found.shares[at])),
            one(float(found.mean_shifts[at])),
            fixed(float(found.spearman[at]), 2),
        )
        for at in range(len(found.codes))
    ]
    columns = (
        "Part",
        "Units compared",
        f"Differ by {found.places} or more",
        "Mean difference",
        "Rank correlation",
    )
    return (
        Exhibit(
            10,
            title,
            _seen(subject, found, known),
            drawings=(
                drawing(
                    lambda width: added_value_chart(found, width=width, title=""),
                    "How far overall ranks are from the ranks in each part; the numbers are in the "
                    "table that follows",
                ),
            ),
        ),
        Exhibit(
            10,
            "Differences between overall rank and rank in a part",
            _nearest(found, known),
            sheet=sheet(columns, rows, rest="parts"),
            notes="Differences are in places, among the units that have both ranks.",
        ),
    )


def _seen(subject: Subject, found: AddedValue, known: list[int]) -> str:
    if len(known) == 1:
        return (
            f"There is one part only; {share(found.from_any)} of {subject.material.nouns} are "
            f"{found.places} or more places from their rank in it."
        )
    return (
        f"{share(found.from_any)} of {subject.material.nouns} are {found.places} or more places "
        f"away from their rank in at least one part; {share(found.from_all)} are so from their "
        "ranks in all parts."
    )


def _nearest(found: AddedValue, known: list[int]) -> str:
    near = min(known, key=lambda at: float(found.mean_shifts[at]))
    far = max(known, key=lambda at: float(found.mean_shifts[at]))
    told = (
        f"The nearest to the whole is {found.names[near]}, with ranks "
        f"{one(float(found.mean_shifts[near]))} places away on average"
    )
    if far == near:
        return f"{told}."
    return f"{told}; the furthest is {found.names[far]} ({one(float(found.mean_shifts[far]))})."
