"""What the indicators are like, and what the treatment of outliers did to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.audit.concerned import concerned
from rankscope.analyses.coherence import rules
from rankscope.charts.distributions import distributions_chart
from rankscope.pages.words import counted
from rankscope.report.audit.drawings import drawing
from rankscope.report.audit.exhibits import Cell, Exhibit, Section, sheet
from rankscope.report.audit.treatment import treatment_exhibits
from rankscope.report.audit.words import listed, magnitude, share, two

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.coherence import DescriptiveStatistics
    from rankscope.report.audit.exhibits import Drawing, Given
    from rankscope.report.audit.subject import Subject
    from rankscope.shapes import Mask

_BEFORE, _AFTER = "denominated", "treated"
_DRAWN, _PIECES = 20, 4
"""Indicators in one picture, and the most pictures."""

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
        exhibits=(
            _descriptive(subject, found),
            *_distributions(subject),
            *treatment_exhibits(subject),
        ),
        areas=("indicators",),
    )


def _descriptive(subject: Subject, found: DescriptiveStatistics) -> Exhibit:
    stage = found.stages.index(_BEFORE)
    remarks = [_remarks(found, stage, at) for at in range(len(found.codes))]
    rows: list[tuple[Given, ...]] = [
        (
            found.names[at],
            f"{int(found.counts[stage, at]):,}",
            *(
                magnitude(float(one[stage, at]))
                for one in (found.minima, found.maxima, found.means, found.medians)
            ),
            magnitude(float(found.deviations[stage, at])),
            two(float(found.skewness[stage, at])),
            two(float(found.kurtosis[stage, at])),
            share(float(found.same[stage, at])),
            share(float(found.zeros[stage, at])),
            Cell("; ".join(remarks[at]), "bad" if remarks[at] else ""),
        )
        for at in range(len(found.codes))
    ]
    outlying = _plain(subject, found.outliers[stage])
    still = _plain(subject, found.outliers[found.stages.index(_AFTER)])
    sees = f"Before treatment {_have(len(outlying), len(_plain(subject)))} outliers"
    if not outlying:
        sees = "No indicator has outliers by this rule"
    elif still:
        sees += f"; after it {listed(still)} still {'has' if len(still) == 1 else 'have'} them"
    else:
        sees += ", after it none"
    flat = concerned(subject.found, "coherence-zeros", "coherence-same-value").names
    if flat:
        sees += f". More than half of the units have the very same value in {listed(flat, 3)}"
    return Exhibit(
        3,
        "Descriptive statistics",
        f"{sees}.",
        sheet=sheet(_COLUMNS, rows, rest="rows"),
        notes=(
            f"Over {found.units:,} ranked units, as read and divided by their denominators, before "
            "gaps are filled and outliers treated. Skewness and kurtosis are corrected for bias. "
            "Same value: the share of units with the most frequent value; m, bn and tn are "
            f"millions, billions and trillions.{_twice(subject)}"
        ),
    )


def _plain(subject: Subject, which: Mask | None = None) -> list[str]:
    """Return the names of some indicators, or of all, each once for both of its sides."""
    codes = subject.found.coherence.statistics.codes
    return list(
        dict.fromkeys(
            subject.plan.nodes[subject.plan.node(code)].spec.name
            for at, code in enumerate(codes)
            if which is None or which[at]
        )
    )


def _twice(subject: Subject) -> str:
    """Say that an indicator may have two rows."""
    if len(subject.plan.leaves) == len(_plain(subject)):
        return ""
    return (
        " Scale is an indicator as a total, intensity the same relative to size: one with both "
        "has two rows."
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
    if not found.units or not found.codes:
        return ()
    pieces = [found.codes[at : at + _DRAWN] for at in range(0, len(found.codes), _DRAWN)]
    drawings = tuple(_strips(subject, piece) for piece in pieces[:_PIECES])
    skewness = found.skewness[found.stages.index(_BEFORE)]
    most = int(np.argmax(np.abs(np.nan_to_num(skewness))))
    return (
        Exhibit(
            3,
            "How the values are spread",
            "Where strokes crowd at one end and a few stand far off, these few use up the scale. "
            f"Most lopsided before treatment is {found.names[most]}, with a skewness of "
            f"{two(float(skewness[most]))}.",
            drawings=drawings[:1],
            folded=drawings[1:],
            rest=f"The other {min(len(found.codes), _DRAWN * _PIECES) - len(pieces[0]):,}",
            notes=(
                "Each stroke is a unit, between the lowest and the highest value there is, before "
                "treatment."
            ),
        ),
    )


def _strips(subject: Subject, codes: Sequence[str]) -> Drawing:
    found, result = subject.found.coherence.statistics, subject.found.result
    return drawing(
        lambda width: distributions_chart(
            found,
            result,
            indicators=codes,
            view=subject.found.view,
            top=_DRAWN,
            width=width,
            title="",
        ),
        "Distribution of each indicator, with outliers marked; its numbers are in the table of "
        "descriptive statistics",
    )
