"""What the treatment of outliers did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.pages.numbers import MISSING
from rankscope.pages.words import counted, starting
from rankscope.report.audit.exhibits import Exhibit, sheet
from rankscope.report.audit.words import magnitude, two
from rankscope.report.method import written_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.treated import TreatedIndicator
    from rankscope.report.audit.subject import Subject


def treatment_exhibits(subject: Subject) -> Sequence[Exhibit]:
    """Return what treatment decided for each indicator, and which values it drew in."""
    treated = subject.found.treated
    changed = [one for one in treated if one.moved or one.cells]
    rows = [
        (
            one.name,
            starting(written_out(one.decision)) or one.method,
            _before_after(one.skewness),
            _before_after(one.kurtosis),
            "all" if one.moved else f"{len(one.cells):,}" if one.cells else MISSING,
        )
        for one in treated
    ]
    columns = ("Indicator", "Decision*", "Skewness", "Kurtosis", "Values moved")
    return (
        Exhibit(
            4,
            "What treatment did, indicator by indicator",
            _told(treated, changed),
            sheet=sheet(columns, rows, rest="rows"),
            notes="Skewness and kurtosis before → after, over the ranked units, gaps filled.",
        ),
        *_cells(subject, treated),
    )


def _told(treated: tuple[TreatedIndicator, ...], changed: list[TreatedIndicator]) -> str:
    if not changed:
        return "Treatment changed nothing."
    cells = sum(len(one.cells) for one in changed)
    whole = sum(one.moved for one in changed)
    parts = []
    if whole:
        parts.append(f"{whole:,} series changed as a whole (by a logarithm or the like)")
    if cells:
        parts.append(f"{counted(cells, 'single value')} drawn in, each listed below")
    rest = len(treated) - len(changed)
    left = f"; {rest:,} left as {'it is' if rest == 1 else 'they are'}"
    return starting(f"{' and '.join(parts)}{left if rest else ''}.")


def _before_after(pair: tuple[float, float]) -> str:
    before, after = (two(one) for one in pair)
    return before if before == after else f"{before} → {after}"


def _cells(subject: Subject, treated: tuple[TreatedIndicator, ...]) -> Sequence[Exhibit]:
    rows = [
        (
            one.name,
            subject.unit(cell.unit),
            magnitude(cell.before),
            magnitude(cell.after),
        )
        for one in treated
        for cell in one.cells
    ]
    if not rows:
        return ()
    most = max((one for one in treated if one.cells), key=lambda one: len(one.cells))
    columns = ("Indicator", f"{starting(subject.material.noun)}*", "Before", "After")
    return (
        Exhibit(
            4,
            "Values that were drawn in",
            f"{starting(counted(len(rows), 'value'))}, the most ({len(most.cells)}) in "
            f"{most.name}. Each counts as the value after; by how much it was beyond that no "
            "longer counts.",
            sheet=sheet(columns, rows, rest="values"),
        ),
    )
