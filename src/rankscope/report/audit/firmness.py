"""How firm every rank is: what varied, intervals, proofs, shifts, tiers and pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.analyses.choice_words import method_words, weights_words
from rankscope.analyses.uncertainty.design import published_option
from rankscope.pages.numbers import MISSING, ordinal
from rankscope.pages.words import counted, in_prose, starting
from rankscope.report.assumed import assumed
from rankscope.report.audit.exhibits import Cell, Exhibit, Section, absent, sheet
from rankscope.report.audit.intervals import interval_exhibits
from rankscope.report.audit.pairs import pair_exhibits
from rankscope.report.audit.shifts import shift_exhibits
from rankscope.report.audit.words import half, why_not
from rankscope.report.firmness import SURE, between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.exact.answer import Reach
    from rankscope.analyses.uncertainty import Uncertainty
    from rankscope.report.audit.exhibits import Given
    from rankscope.report.audit.subject import Subject
    from rankscope.report.firmness import Firmness

_SIMULATION = "simulation of ranks"


def firmness_section(subject: Subject) -> Section:
    """Return the section on how firm the ranks are."""
    return Section(
        anchor="firmness",
        title="How firm is every rank?",
        short="Firmness",
        lead=(
            "Whoever makes an index chooses: weights, how scores are combined, how gaps are "
            "filled. Other choices can be defended as well. The whole index is therefore computed "
            "anew many times, each time by another design: other defensible choices, drawn at "
            f"random. The 90% interval of a {subject.material.noun} holds its rank in nine of ten "
            "designs; it says nothing of choices that are not in the table of what was varied, nor "
            "of errors in the data unless they stand there."
        ),
        exhibits=(
            *_design(subject),
            *(_ranks(subject) if _varies(subject) else ()),
            *interval_exhibits(subject),
            *shift_exhibits(subject),
            *pair_exhibits(subject),
        ),
        areas=("firmness",),
    )


def _design(subject: Subject) -> Sequence[Exhibit]:
    design, title = subject.found.design, "What was varied"
    if design is None or not _varies(subject):
        return (absent(11, title, why_not(subject.found, _SIMULATION), also=(12, 13, 14)),)
    rows: list[tuple[Given, ...]] = []
    for assumption in assumed(design, subject.material.noun):
        rows.append((Cell(assumption.title, "group"), "", assumption.drawn))
        rows += [
            (
                Cell(starting(_choice(choice.name)), indent=1),
                "yes"
                if published_option(design, choice.name, title=assumption.title.lower())
                else "",
                _said(choice.words),
            )
            for choice in assumption.choices
        ]
    table = sheet(
        ("Assumption and its choices", "As published*", "What it does, and how it is drawn*"),
        rows,
        rest="choices",
    )
    draws = f"{subject.found.draws:,} designs (seed {subject.found.seed})"
    names = [assumption.title.lower() for assumption in assumed(design, subject.material.noun)]
    own = subject.material.index.definition.assumptions is not None
    whose = (
        "The definition of the index names what may vary."
        if own
        else "The definition names nothing that may vary, so that the weights vary by the usual "
        "25% and all else stays as published: how firm ranks are when other things are decided "
        "otherwise is not known."
    )
    independent = ", each choice independently of the others" if len(names) > 1 else ""
    return (
        Exhibit(
            11,
            title,
            f"In {draws} {_vary(names)}{independent}. {whose}",
            sheet=table,
        ),
    )


def _varies(subject: Subject) -> bool:
    """Whether anything may vary in the index; where nothing may, that is said once."""
    design = subject.found.design
    return design is not None and bool(design.names())


def _vary(names: list[str]) -> str:
    if names == ["weights"]:
        return "the weights vary"
    return f"{counted(len(names), 'assumption')} vary at once ({join_words(names, 'and')})"


def _choice(name: str) -> str:
    """Return a choice in words: a method by what it is called, a set of weights as it is."""
    return weights_words(name) if name.startswith("perturbed(") else method_words(name)


def _said(words: str) -> str:
    return f"{starting(words)}." if words else ""


def _ranks(subject: Subject) -> Sequence[Exhibit]:
    found, firm, title = subject.found.uncertainty, subject.firm, "How far each rank may be off"
    if found is None or firm is None:
        return (absent(12, title, why_not(subject.found, _SIMULATION), also=(13, 14)),)
    [median] = found.ranks.quantiles((0.5,))
    noun = starting(subject.material.noun)
    rows = [
        (
            subject.unit(found.result.units[row]),
            f"{int(found.published[row]):,}",
            half(float(median[row])),
            firm.between(row) or MISSING,
            f"{int(firm.high[row] - firm.low[row]):,}" if firm.low[row] else MISSING,
            _proved(firm, row),
            str(firm.tiers[row]) if firm.tiers is not None else MISSING,
        )
        for row in found.order
    ]
    columns = (noun, "Rank", "Median", "90% interval", "Width", "Best–worst by weights", "Tier")
    return (
        Exhibit(
            12,
            title,
            _widths(firm, found),
            sheet=sheet(columns, rows, rest=subject.others),
            notes=(
                "Median: the rank in the middle of all designs. Width: places between the ends of "
                f"the interval. {_proof_words(subject)}Tier: the units that the first of the tier "
                f"is not ahead of in {SURE:.0%} of the designs or more."
            ),
        ),
    )


def _proved(firm: Firmness, row: int) -> str:
    ends = firm.proved(row)
    return MISSING if ends is None else between(*ends)


def _proof_words(subject: Subject) -> str:
    reach = subject.found.reach
    if reach is None:
        return f"{why_not(subject.found, 'proof of best and worst ranks')} "
    return (
        "Best–worst by weights: proved, not drawn, while only weights vary, "
        f"{weights_words(reach.label)}, and all else as published: no rank can be better or worse "
        f"than these{_attained(reach)}. It may be narrower than the 90% interval, in which other "
        "things vary too, and wider, as it counts the rarest weights. "
    )


def _attained(reach: Reach) -> str:
    """Say that ends may be bounds that no weights attain, where that is so."""
    bounds = int((~reach.exact).sum())
    if not bounds:
        return ", and each is attained"
    return f", though for {bounds} of {len(reach.codes)} it is not known whether both are attained"


def _widths(firm: Firmness, found: Uncertainty) -> str:
    rows = [row for row in found.order if firm.low[row]]
    if not rows:
        return "No design ranks anybody."
    widths = (firm.high - firm.low)[rows]
    if not widths.any():
        return "Every rank is the same in 90% of the designs."
    row = rows[int(np.argmax(widths))]
    return (
        f"Half of the intervals are {counted(int(np.median(widths)), 'place')} wide or less; the "
        f"widest is that of {in_prose(found.result.names[row])}, "
        f"{ordinal(int(found.published[row]))} as published and anywhere between "
        f"{firm.low[row]} and {firm.high[row]}."
    )
