"""What changed since the last edition, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.charts.edition_change import edition_change_chart
from rankscope.pages.numbers import MISSING, fixed
from rankscope.pages.words import counted, starting
from rankscope.report.audit.drawings import drawing
from rankscope.report.audit.exhibits import Cell, Exhibit, Section, absent, sheet
from rankscope.report.audit.words import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.diff import Diff
    from rankscope.report.audit.subject import Subject

_TOP = 20
_ADD = (
    "No earlier edition was given to this audit; rankscope audit INDEX --since OLD adds what "
    "changed since then, and why."
)


def change_section(subject: Subject) -> Section:
    """Return the section on the change since the last edition."""
    found = subject.found.change
    if found is None:
        problems = [one for one in subject.found.problems if "earlier edition" in one]
        said = absent(20, "Change since the last edition", problems[0] if problems else _ADD)
        return Section("change", _TITLE, _SHORT, "", (said,), ("change",))
    return Section(
        anchor="change",
        title=_TITLE,
        short=_SHORT,
        lead=(
            "A rank can change because the world did, or because the index did. The change of "
            "each is shared out among its causes: what it would have been with each of them "
            "switched alone, averaged over all orders in which they can be switched (Shapley "
            "values), so that the shares add up to the whole change."
        ),
        exhibits=tuple(_exhibits(subject, found)),
        areas=("change",),
    )


_TITLE, _SHORT = "What changed since the last edition?", "Change"


def _exhibits(subject: Subject, found: Diff) -> Sequence[Exhibit]:
    causes = sheet(
        ("Cause", "What changed*", "Mean places moved"),
        [
            (player.name, player.words, _mean(np.abs(found.rank_shares[:, at])))
            for at, player in enumerate(found.players)
        ],
    )
    table = Exhibit(20, "What differs between the editions", _editions(found), sheet=causes)
    if not found.players or not len(found.units):
        return (table,)
    moved = np.argsort(-np.abs(found.places_gained), kind="stable").tolist()
    rows = [_row(subject, found, at) for at in moved]
    columns = (
        starting(subject.material.noun),
        "Before",
        "Now",
        "Places gained",
        *(player.name for player in found.players),
    )
    furthest = found.units[moved[0]]
    return (
        table,
        Exhibit(
            20,
            "Who moved, and by what",
            found.sentence(furthest),
            drawings=(
                drawing(
                    lambda width: edition_change_chart(found, top=_TOP, width=width, title=""),
                    f"Places gained and lost by the {min(_TOP, len(rows))} that moved most, by "
                    "cause; the numbers are in the table that follows",
                ),
            ),
        ),
        Exhibit(
            20,
            "Places gained since the last edition, by cause",
            _still(subject, found),
            sheet=sheet(columns, rows, rest=subject.others),
            notes="Shares are in places gained (+) or lost (−) and add up to the change.",
        ),
    )


def _mean(values: np.ndarray) -> str:
    known = values[~np.isnan(values)]
    return fixed(float(known.mean()), 2) if known.size else MISSING


def _row(subject: Subject, found: Diff, at: int) -> tuple[str | Cell, ...]:
    return (
        subject.unit(found.units[at]),
        f"{int(found.rank_before[at]):,}",
        f"{int(found.rank_after[at]):,}",
        _signed(float(found.places_gained[at]), 0),
        *(_signed(float(one), 1) for one in found.rank_shares[at]),
    )


def _signed(value: float, decimals: int) -> str:
    said = fixed(value, decimals)
    return f"+{said}" if value > 0 and float(f"{value:.{decimals}f}") else said


def _editions(found: Diff) -> str:
    old, new = (
        f"{one.edition}{f' ({one.period})' if one.period else ''}" for one in (found.old, found.new)
    )
    told = f"From {old} to {new}, {counted(len(found.units), 'unit')} can be compared"
    if found.entered:
        told += f"; {listed(found.entered, 3)} entered"
    if found.left:
        told += f"; {listed(found.left, 3)} left"
    return f"{told}." if found.players else f"{told}; nothing that decides ranks differs."


def _still(subject: Subject, found: Diff) -> str:
    same = int((found.places_gained == 0).sum())
    far = int((np.abs(found.places_gained) >= 5).sum())
    return (
        f"{same:,} of {subject.material.units(len(found.units))} have the same rank as before, "
        f"{far:,} moved by 5 places or more."
    )
