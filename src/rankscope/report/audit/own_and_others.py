"""Whether each part goes with its own group more than with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.audit.concerned import CLEARLY, misplaced
from rankscope.analyses.audit.wording import verb
from rankscope.analyses.coherence import rules
from rankscope.charts.correlation_map import own_and_others_chart
from rankscope.report.audit.drawings import drawing
from rankscope.report.audit.exhibits import Cell, Exhibit, absent, sheet
from rankscope.report.audit.words import NO_GROUP, listed, two

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.coherence.own_and_others import Place
    from rankscope.report.audit.subject import Subject


_MANY = 60
"""More parts have no picture: nobody could read it."""


def own_exhibits(subject: Subject) -> Sequence[Exhibit]:
    """Return each part against its own group and others."""
    found = subject.found.coherence.own_and_others
    places = [one for one in found.places if one.siblings]
    title = "Does each part go with its own group?"
    if not places:
        return (absent(6, title, NO_GROUP),)
    wrong, clear = [one for one in places if one.misplaced], misplaced(subject.found)
    weak = [one for one in places if one.reading in {"weak", "negative"}]
    told = (
        f"{len(places) - len(wrong)} of {len(places)} parts correlate most with the group they are "
        "in"
    )
    if wrong:
        told += f"; {len(wrong)} more with another ({listed(one.name for one in wrong)})"
        told += f", {len(clear)} of them clearly, by more than {CLEARLY:g}"
    if weak:
        its = verb(len(weak), "its", "their")
        told += (
            f". With {its} own group {listed(one.name for one in weak)} "
            f"{verb(len(weak), 'correlates', 'correlate')} below {rules.WEAK:g}"
        )
    shown = len(places) <= _MANY
    figure = Exhibit(
        6,
        title,
        f"{told}.",
        drawings=(
            drawing(
                lambda width: own_and_others_chart(found, width=width, title=""),
                "Correlation of each part with its own group and with the nearest other group; "
                "the numbers are in the table that follows",
            ),
        )
        if shown
        else (),
    )
    table = Exhibit(
        6,
        "Each part against its own group and the nearest other",
        _rest(places) if shown else f"{told}.",
        sheet=sheet(_OWN, [_place(one) for one in _ordered(places)], rest="parts"),
        notes=(
            "With it: the correlation with the whole group, in which the part itself stands, so "
            "that it is always somewhat high. Without it: that with what remains of the group when "
            f"the part is taken out; weak below {rules.WEAK:g}. Nearer to another is judged over "
            "the units that have scores in both groups, where the second decimal may differ."
        ),
    )
    return (figure, table) if shown else (table,)


_OWN = (
    "Part",
    "Own group*",
    "With it",
    "Without it",
    "Nearest other group*",
    "With that",
    "Verdict*",
)


def _ordered(places: Sequence[Place]) -> list[Place]:
    """Return the misplaced first, then by how little they go with their own group."""
    return sorted(places, key=lambda one: (not one.misplaced, np.nan_to_num(one.own, nan=2.0)))


def _place(one: Place) -> tuple[str | Cell, ...]:
    verdict = "nearer to another" if one.misplaced else one.reading
    if verdict == "fine" and one.rest < rules.WEAK:
        verdict = "weak without it"
    return (
        one.name,
        one.parent_name,
        two(one.own),
        two(one.rest),
        one.other_name or "–",
        two(one.other),
        Cell(verdict or "–", "" if verdict == "fine" else "bad"),
    )


def _rest(places: Sequence[Place]) -> str:
    known = [one for one in places if not np.isnan(one.rest)]
    if not known:
        return "What remains of a group without a part is nowhere defined."
    least = min(known, key=lambda one: one.rest)
    return (
        f"Least at home is {least.name}: {two(least.rest)} with what remains of "
        f"{least.parent_name} without it."
    )
