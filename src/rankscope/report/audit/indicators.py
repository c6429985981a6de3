"""What the indicators are like, and what the treatment of outliers did to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence import rules
from rankscope.pages.numbers import significant
from rankscope.pages.words import counted, starting
from rankscope.report.audit.exhibits import Cell, Exhibit, Section, sheet
from rankscope.report.audit.words import listed, share, two

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.coherence import DescriptiveStatistics
    from rankscope.analyses.treated import TreatedIndicator
    from rankscope.report.audit.subject import Subject

_BEFORE, _AFTER = "denominated", "treated"
_COLUMNS = (
    "Indicator",
    "Units",
    "Min",
    "Max",
    "Mean",
    "Median",
    "Std dev",
    "Skewness",
    "Kurtosis",
    "Same value",
    "Zero",
    "Remark*",
)


def indicators_section(subject: Subject) -> Section:
    """Return the section on the indicators."""
    found = subject.found.coherence.statistics
    return Section(
        anchor="indicators",
        title="Are the indicators fit to be compared?",
        short="Indicators",
        lead=(
            "An indicator in which a few units are far from all others uses up its scale on them. "
            "Skewness says how lopsided its values are, kurtosis how heavy their tails are (0 for "
            f"the bell curve); with |skewness| above {rules.SKEWNESS:g} and kurtosis above "
            f"{rules.KURTOSIS:g} together it has outliers that call for treatment."
        ),
        exhibits=(_descriptive(found), *_distributions(subject), *_treatment(subject)),
        areas=("indicators",),
    )


def _descriptive(found: DescriptiveStatistics) -> Exhibit:
    stage = found.stages.index(_BEFORE)
    remarks = [_remarks(found, stage, at) for at in range(len(found.codes))]
    rows = [
        (
            found.names[at],
            f"{int(found.counts[stage, at]):,}",
            *(
                significant(float(one[stage, at]))
                for one in (found.minima, found.maxima, found.means, found.medians)
            ),
            significant(float(found.deviations[stage, at])),
            two(float(found.skewness[stage, at])),
            two(float(found.kurtosis[stage, at])),
            share(float(found.same[stage, at])),
            share(float(found.zeros[stage, at])),
            Cell("; ".join(remarks[at]), "bad" if remarks[at] else ""),
        )
        for at in range(len(found.codes))
    ]
    outlying = [at for at in range(len(found.codes)) if found.outliers[stage, at]]
    after = found.stages.index(_AFTER)
    still = [found.names[at] for at in outlying if found.outliers[after, at]]
    sees = f"Before treatment {_have(len(outlying), len(found.codes))} outliers"
    if not outlying:
        sees = "No indicator has outliers by this rule"
    elif still:
        sees += f"; after it {listed(still)} still {'has' if len(still) == 1 else 'have'} them"
    else:
        sees += ", after it none"
    flat = [found.names[at] for at in range(len(found.codes)) if _same(found, stage, at)]
    if flat:
        sees += f". More than half of the units have the very same value in {listed(flat)}"
    return Exhibit(
        3,
        "Descriptive statistics",
        f"{sees}.",
        sheet=sheet(_COLUMNS, rows, rest="indicators"),
        notes=(
            f"Over {found.units:,} ranked units, as read and divided by their denominators, before "
            "gaps are filled and outliers treated. Skewness and kurtosis are corrected for bias. "
            "Same value: the share of units with the most frequent value."
        ),
    )


def _have(some: int, of: int) -> str:
    return f"{some} of {counted(of, 'indicator')} {'has' if some == 1 else 'have'}"


def _same(found: DescriptiveStatistics, stage: int, at: int) -> bool:
    return bool(found.same[stage, at] > rules.MOST_ALIKE)


def _remarks(found: DescriptiveStatistics, stage: int, at: int) -> list[str]:
    remarks = []
    if found.counts[stage, at] and found.minima[stage, at] == found.maxima[stage, at]:
        return ["the same for all"]
    if found.outliers[stage, at]:
        remarks.append("outliers")
    if found.zeros[stage, at] > rules.MOST_ALIKE:
        remarks.append("mostly zero")
    elif _same(found, stage, at):
        remarks.append("mostly one value")
    if not found.counted[at]:
        remarks.append("no weight")
    return remarks


def _distributions(subject: Subject) -> Sequence[Exhibit]:
    found = subject.found.coherence.statistics
    try:
        from rankscope.charts.distributions import distributions_chart
    except ImportError:
        return ()
    from rankscope.report.audit.drawings import drawing

    result = subject.found.result
    stage = found.stages.index(_AFTER)
    skewed = np.abs(np.nan_to_num(found.skewness[stage]))
    if not found.units or not len(found.codes):
        return ()
    most = int(skewed.argmax())
    return (
        Exhibit(
            3,
            "How the values are spread",
            f"After treatment the most lopsided is {found.names[most]}, with a skewness of "
            f"{two(float(found.skewness[stage, most]))}.",
            drawings=(
                drawing(
                    lambda width: distributions_chart(found, result, width=width, title=""),
                    "Distribution of each indicator, with outliers marked; its numbers are in the "
                    "table of descriptive statistics",
                ),
            ),
        ),
    )


def _treatment(subject: Subject) -> Sequence[Exhibit]:
    treated = subject.found.treated
    changed = [one for one in treated if one.moved or one.cells]
    rows = [
        (
            one.name,
            starting(one.decision) or one.method,
            _before_after(one.skewness),
            _before_after(one.kurtosis),
            "all" if one.moved else f"{len(one.cells):,}" if one.cells else "–",
        )
        for one in treated
    ]
    columns = ("Indicator", "Decision*", "Skewness", "Kurtosis", "Values moved")
    return (
        Exhibit(
            4,
            "What treatment did, indicator by indicator",
            _told(treated, changed),
            sheet=sheet(columns, rows, rest="indicators"),
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
        parts.append(f"{counted(whole, 'indicator')} changed as a whole (by a logarithm or the like)")
    if cells:
        parts.append(f"{counted(cells, 'single value')} drawn in, each listed below")
    rest = len(treated) - len(changed)
    left = f"; {counted(rest, 'indicator')} left as {'it is' if rest == 1 else 'they are'}"
    return starting(f"{' and '.join(parts)}{left if rest else ''}.")


def _before_after(pair: tuple[float, float]) -> str:
    before, after = (two(one) for one in pair)
    return before if before == after else f"{before} → {after}"


def _cells(subject: Subject, treated: tuple[TreatedIndicator, ...]) -> Sequence[Exhibit]:
    rows = [
        (
            one.name,
            subject.unit(cell.unit),
            significant(cell.before),
            significant(cell.after),
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
            f"{most.name}; what they said beyond the new value is gone from the score.",
            sheet=sheet(columns, rows, rest="values"),
        ),
    )
