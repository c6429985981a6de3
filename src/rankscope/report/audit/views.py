"""Other views on the same units: their own best weights, and things outside the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.charts.benefit import benefit_chart
from rankscope.pages.numbers import MISSING, fixed
from rankscope.pages.words import in_prose, starting
from rankscope.report.audit.drawings import drawing
from rankscope.report.audit.exhibits import Cell, Exhibit, Section, absent, sheet
from rankscope.report.audit.outside import link_exhibits
from rankscope.report.audit.words import NOTHING, listed, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.coherence import Benefit
    from rankscope.report.audit.subject import Subject

_TOP = 25
_PARTS = 6
"""Shares of up to so many parts stand in the table."""


def views_section(subject: Subject) -> Section:
    """Return the section on other views."""
    return Section(
        anchor="other-views",
        title="What do other views say?",
        short="Other views",
        lead=(
            "Two questions from outside. What if each could choose the weights of the parts that "
            "suit it best (the benefit of the doubt)? Who is behind somebody even then can not "
            "blame these weights. And does the index follow something that is known already, such "
            "as size or wealth?"
        ),
        exhibits=(*_benefit(subject), *link_exhibits(subject)),
        areas=("outside",),
    )


def _benefit(subject: Subject) -> Sequence[Exhibit]:
    found, title = subject.found.coherence.benefit, "The benefit of the doubt"
    known = np.flatnonzero(~np.isnan(found.best)).tolist()
    if not known:
        why = found.findings[0].sentence if found.findings else NOTHING
        return (absent(17, title, starting(why)),)
    order = sorted(known, key=lambda at: int(found.ranks[at]) or len(found.ranks) + 1)
    parts = list(range(len(found.codes))) if len(found.codes) <= _PARTS else []
    rows = [_best(subject, found, at, parts) for at in order]
    every = [subject.plan.nodes[subject.plan.node(code)].name for code in found.codes]
    columns = (
        starting(subject.material.noun),
        "Score",
        "Rank",
        "Best score",
        "Best rank",
        "Places gained",
        *(every[at] for at in parts),
    )
    return (
        Exhibit(
            17,
            title,
            _tops(subject, found, known),
            drawings=(
                drawing(
                    lambda width: benefit_chart(
                        found, top=_TOP, parts=every, width=width, title=""
                    ),
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
                "Best score: by the weights that suit it best, weights from 0 up and a part may "
                "have all, its score as a share of the best score by these weights; 1 means that "
                "nobody is ahead. Best rank: by these scores."
                + (
                    " The last columns say what that score is made of, not the weights."
                    if parts
                    else ""
                )
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
    if len(tops) == len(known):
        return (
            f"By weights of its own choice every {subject.material.noun} comes first, so that the "
            "order is made by the weights alone."
        )
    return (
        f"By weights of their own choice nobody is ahead of {listed(names)}: {len(tops)} of "
        f"{subject.material.units(len(known))}. All others are behind somebody whatever weights "
        f"the parts of {found.name} get."
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
