"""How complete the data are: by indicator, by unit, who is left out and what was filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence.rules import COVERAGE
from rankscope.pages.numbers import coordinate
from rankscope.pages.words import counted, in_prose, starting
from rankscope.report.audit.exhibits import Cell, Exhibit, Section, Segment, sheet
from rankscope.report.audit.words import listed, share
from rankscope.report.countries import why_unranked

if TYPE_CHECKING:
    from rankscope.analyses.coherence import DataCoverage
    from rankscope.report.audit.subject import Subject
    from rankscope.shapes import Mask

_KINDS = ("seen", "zero", "filled")
_CELLS = 400
"""So many values that were filled in are listed one by one."""


def data_section(subject: Subject) -> Section:
    """Return the section on the data."""
    found = subject.found.coherence.coverage
    exhibits = [_indicators(subject, found), _units(subject, found)]
    if not found.ranked.all():
        exhibits.append(_left_out(subject, found))
    if found.imputed.any():
        exhibits.append(_filled(subject, found))
    return Section(
        anchor="data",
        title="Are the data complete?",
        short="Data",
        lead=(
            "A score made of few figures says little about the one who has it. The usual rule asks "
            f"for at least {COVERAGE:.0%} of the data, for each indicator and for each "
            f"{subject.material.noun}. What was filled in by the index counts as missing here, "
            "and so does every gap; a zero read from a complete list counts as known."
        ),
        exhibits=tuple(exhibits),
        areas=("data",),
    )


def _indicators(subject: Subject, found: DataCoverage) -> Exhibit:
    seen, zero, filled = (
        one[found.ranked] for one in (found.observed, found.absent, found.imputed)
    )
    total, shares = int(found.ranked.sum()), found.of_indicators
    rows = []
    for at in np.argsort(shares, kind="stable").tolist():
        counts = [int(one[:, at].sum()) for one in (seen, zero, filled)]
        rows.append(
            (
                found.indicators[at],
                _bar(counts, total),
                _flagged(float(shares[at])),
                *(f"{count:,}" if count else "–" for count in (*counts, total - sum(counts))),
            )
        )
    columns = ("Indicator", "", "Known", "Observed", "Zero by list", "Filled in", "Missing")
    few = [found.indicators[at] for at in np.flatnonzero(shares < COVERAGE)]
    known = seen.sum() / max(1, (~zero).sum())
    sees = f"{starting(share(float(known)))} of all values are known. "
    if few:
        sees += f"Below {COVERAGE:.0%} {'is' if len(few) == 1 else 'are'} {listed(few)}."
    elif rows:
        worst = int(np.argmin(np.nan_to_num(shares, nan=2.0)))
        sees += f"The least is known of {found.indicators[worst]}: {share(float(shares[worst]))}."
    return Exhibit(
        2,
        "Coverage by indicator",
        sees if total else f"No {subject.material.noun} is ranked, so that nothing is counted.",
        sheet=sheet(columns, rows, rest="indicators"),
        notes=(
            f"Over the {subject.material.units(total)} that are ranked, the least known first. "
            "Bars: dark is observed, light a zero read from a complete list, orange filled in."
        ),
    )


def _bar(counts: list[int], total: int) -> Cell:
    start, segments = 0, []
    for kind, count in zip(_KINDS, counts, strict=True):
        if count and total:
            x, width = (coordinate(part / total * 100) for part in (start, count))
            segments.append(Segment(kind, x, width))
        start += count
    return Cell("", bar=(Segment("lacking", "0", "100"), *segments))


def _flagged(value: float) -> Cell:
    return Cell(share(value), "bad" if value < COVERAGE else "")


def _units(subject: Subject, found: DataCoverage) -> Exhibit:
    shares = np.where(found.ranked, found.of_units, np.inf)
    order = [at for at in np.argsort(shares, kind="stable").tolist() if found.ranked[at]]
    rows = [
        (
            subject.unit(found.units[at]),
            _flagged(float(shares[at])),
            f"{int(found.observed[at].sum()):,}",
            _count(found.absent, at),
            _count(found.imputed, at),
            _lacking(found, at),
        )
        for at in order
    ]
    few = [in_prose(found.names[at]) for at in order if shares[at] < COVERAGE]
    all_known = sum(bool(shares[at] >= 1) for at in order)
    sees = f"{all_known:,} of {subject.material.units(len(order))} have every figure. "
    if few:
        sees += f"Ranked with less than {COVERAGE:.0%} of the data: {listed(few)}."
    elif order:
        name = in_prose(found.names[order[0]])
        sees += f"The fewest figures are there for {name}: {share(float(shares[order[0]]))}."
    columns = (
        starting(subject.material.noun),
        "Known",
        "Observed",
        "Zero by list",
        "Filled in",
        "Missing",
    )
    return Exhibit(
        2,
        f"Coverage by {subject.material.noun}",
        sees,
        sheet=sheet(columns, rows, rest=subject.others),
    )


def _count(mask: Mask, at: int) -> str:
    count = int(mask[at].sum())
    return f"{count:,}" if count else "–"


def _lacking(found: DataCoverage, at: int) -> str:
    known = found.observed[at] | found.absent[at] | found.imputed[at]
    count = int((~known).sum())
    return f"{count:,}" if count else "–"


def _left_out(subject: Subject, found: DataCoverage) -> Exhibit:
    rows = [
        (subject.unit(found.units[at]), share(float(found.of_units[at])), _why(subject, found, at))
        for at in np.flatnonzero(~found.ranked).tolist()
    ]
    reasons = dict.fromkeys(found.reasons[at] for at in np.flatnonzero(~found.ranked))
    told = f"{starting(subject.material.units(len(rows)))} of {len(found.units):,} "
    told += f"{'has' if len(rows) == 1 else 'have'} no rank"
    columns = (starting(subject.material.noun), "Known", "Why*")
    return Exhibit(
        2,
        "Not ranked, and why",
        f"{told} ({listed(reasons, 3)}).",
        sheet=sheet(columns, rows, rest=subject.others),
        notes="Known: of the indicators, each counted once; a rule may count them by weight.",
    )


def _why(subject: Subject, found: DataCoverage, at: int) -> str:
    """Return why a unit has no rank, with its numbers where screening left it out."""
    row = subject.rows.get(found.units[at])
    if row is None or subject.material.result.leaves.ranked[row]:
        return found.reasons[at]
    return why_unranked(subject.material, row)


def _filled(subject: Subject, found: DataCoverage) -> Exhibit:
    """Return which values were filled in: one by one, or where there are many, counted."""
    cells = np.argwhere(found.imputed & found.ranked[:, None])
    if len(cells) > _CELLS:
        counts = found.imputed[found.ranked].sum(axis=0)
        order = [at for at in np.argsort(-counts, kind="stable").tolist() if counts[at]]
        rows = [(found.indicators[at], f"{counts[at]:,}") for at in order]
        table = sheet(("Indicator", "Values filled in"), rows, rest="indicators")
    else:
        listed_cells = [
            (subject.unit(found.units[unit]), found.indicators[at]) for unit, at in cells.tolist()
        ]
        columns = (starting(subject.material.noun), "Indicator*")
        table = sheet(columns, listed_cells, rest="values")
    units = int(found.imputed[found.ranked].any(axis=1).sum())
    return Exhibit(
        2,
        "Values that were filled in",
        f"{counted(len(cells), 'value')} of ranked {subject.material.nouns} "
        f"{'was' if len(cells) == 1 else 'were'} estimated by the index, "
        f"for {subject.material.units(units)}.",
        sheet=table,
        notes=(
            "One estimate stands where there could be others, so that the ranks look firmer than "
            "they are; completed tables (multiple imputation) show by how much."
        ),
    )
