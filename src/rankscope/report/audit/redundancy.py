"""What the index could do without: pairs that say the same, and indicators that nobody hears."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.audit.wording import places, verb
from rankscope.analyses.influence_findings import is_silent
from rankscope.charts.influence import influence_chart
from rankscope.pages.numbers import fixed
from rankscope.pages.words import counted
from rankscope.report.audit.drawings import drawing
from rankscope.report.audit.exhibits import Exhibit, absent, sheet
from rankscope.report.audit.words import listed, two, why_not

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.influence import Influence
    from rankscope.report.audit.subject import Subject


_TOP = 20


def redundancy_exhibits(subject: Subject) -> Sequence[Exhibit]:
    """Return the pairs that say nearly the same."""
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
            f"{counted(len(rows), 'pair')} {verb(len(rows), 'correlates', 'correlate')} beyond "
            "0.9, over all indicators and the parts of each group: what the two share counts "
            "twice. "
            f"The closest: {first.one_name} and {first.other_name} ({two(first.correlation)}).",
            sheet=sheet(("One", "Other*", "Correlation", "Units"), rows, rest="pairs"),
        ),
    )


def left_out_exhibits(subject: Subject) -> Sequence[Exhibit]:
    """Return what happens to ranks without each indicator."""
    found, title = subject.found.influence, "What happens without an indicator"
    if found is None:
        return (absent(9, title, why_not(subject.found, "analysis of what leaving out")),)
    known = [one for one in found.of("indicator") if not np.isnan(one.mean_shift)]
    if not known:
        return (absent(9, title, "There is no indicator that the index can be computed without."),)
    rows = [_without(subject, one.code, found) for one in known]
    columns = (
        "Left out",
        "Mean shift",
        "Largest shift",
        "Who*",
        "Units that move",
        "Rank correlation",
    )
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
                    "By how many places ranks move without each of the "
                    f"{min(_TOP, len(known))} indicators that matter most; the numbers are in the "
                    "table that follows",
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


def _without(subject: Subject, code: str, found: Influence) -> tuple[str, ...]:
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
        f"{first.name} moves ranks most: without it they move by {places(first.mean_shift)} on "
        f"average, and {who} by {fixed(first.largest_shift, 0)}."
    )


def _silent(found: Influence) -> str:
    silent = [left.name for left in found.of("indicator") if is_silent(left)]
    several = len(silent) > 1
    if not silent:
        return "No indicator can be left out without ranks moving."
    return f"Without {listed(silent)} ranks hardly move{', whichever is left out' * several}."
