"""Which assumption decides the ranks: each choice alone, and all of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.charts.one_at_a_time import one_at_a_time_chart
from rankscope.charts.sensitivity_shares import sensitivity_chart
from rankscope.pages.numbers import fixed
from rankscope.pages.words import counted, in_prose, starting
from rankscope.report.audit.drawings import drawing
from rankscope.report.audit.exhibits import Exhibit, Section, absent, sheet
from rankscope.report.audit.words import one, share, two, why_not

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.sensitivity import Alone, FactorEffect, Sensitivity
    from rankscope.report.audit.subject import Subject


def choices_section(subject: Subject) -> Section:
    """Return the section on which choice matters."""
    return Section(
        anchor="choices",
        title="Which choice matters most?",
        short="Choices",
        lead=(
            "If ranks move when assumptions are varied together, a reader wants to know which of "
            "them moves them. First each choice is made alone, all else as published; then the "
            "differences that all choices together cause are shared out among them."
        ),
        exhibits=(*_alone(subject), *_effects(subject)),
        areas=("choices",),
    )


def _alone(subject: Subject) -> Sequence[Exhibit]:
    found, title = subject.found.alone, "One choice at a time"
    known = [choice for choice in found if not np.isnan(choice.mean_shift)]
    if not known:
        return (absent(15, title, why_not(subject.found, "comparison of single choices", "simulation of ranks")),)
    rows = [
        (
            starting(choice.title),
            choice.option,
            two(choice.mean_shift),
            one(choice.largest_shift),
            subject.name(choice.largest) if choice.largest else "–",
            _over(choice.over_5),
            _over(choice.over_10),
            fixed(choice.spearman, 3),
        )
        for choice in known
    ]
    refused = [choice.option for choice in found if choice.refused]
    columns = (
        "Assumption",
        "Choice*",
        "Mean shift",
        "Largest shift",
        "Who*",
        "Move by more than 5",
        "By more than 10",
        "Rank correlation",
    )
    notes = (
        "Shifts are in places against the published ranks. Where weights or tables are drawn, "
        "numbers are means over the draws."
    )
    if refused:
        notes += f" Left out, because it does not go with the published methods: {'; '.join(refused)}."
    return (
        Exhibit(
            15,
            title,
            _most(subject, known),
            drawings=(
                drawing(
                    lambda width: one_at_a_time_chart(known, width=width, title=""),
                    "Mean and largest shift of ranks by each choice alone; the numbers are in the "
                    "table that follows",
                ),
            ),
        ),
        Exhibit(
            15,
            "Each choice alone against the published ranks",
            _calm(known),
            sheet=sheet(columns, rows, rest="choices"),
            notes=notes,
        ),
    )


def _over(count: float) -> str:
    return fixed(count, 0 if float(count).is_integer() else 1)


def _most(subject: Subject, known: Sequence[Alone]) -> str:
    most = max(known, key=lambda choice: choice.mean_shift)
    if not most.mean_shift > 0:
        return "No single choice moves any rank."
    told = f"Most is moved by {most.title} ({most.option}): {one(most.mean_shift)} places on average"
    if most.largest:
        told += f", and {one(most.largest_shift)} for {in_prose(subject.name(most.largest))}"
    return f"{told}."


def _calm(known: Sequence[Alone]) -> str:
    quiet = sum(choice.mean_shift < 1 for choice in known)
    many = max(known, key=lambda choice: choice.over_10)
    told = f"{starting(counted(quiet, 'choice'))} of {len(known)} {'moves' if quiet == 1 else 'move'} ranks by less than one place on average"
    if many.over_10 >= 1:
        told += f"; {many.option} moves {_over(many.over_10)} units by more than 10"
    return f"{told}."


def _effects(subject: Subject) -> Sequence[Exhibit]:
    found, title = subject.found.sensitivity, "What share each assumption has in the shifts"
    if found is None:
        return (absent(16, title, why_not(subject.found, "sensitivity analysis", "simulation of ranks")),)
    effects = found.of_shift()
    if not effects or np.isnan(effects[0].total):
        return (absent(16, title, "Nothing that varies moves any rank, so that there is nothing to share out."),)
    rows = [_row(effect) for effect in effects]
    columns = ("Assumption", "Alone", "95% interval", "With interactions", "95% interval")
    return (
        Exhibit(
            16,
            title,
            _shares(effects),
            drawings=(
                drawing(
                    lambda width: sensitivity_chart(found, width=width, title=""),
                    "First-order and total effects of each assumption on the mean shift of ranks, "
                    "with intervals; the numbers are in the table that follows",
                ),
            ),
            notes=(
                "Sobol’ effects: alone is the share of the variance of the mean shift that an "
                "assumption explains by itself, with interactions what would be lost if it were "
                "fixed. Shares alone add up to at most 1; what they leave is interaction."
            ),
        ),
        Exhibit(
            16,
            "Effects on the mean shift of ranks",
            _computed(found, effects),
            sheet=sheet(columns, rows, rest="assumptions"),
        ),
    )


def _row(effect: FactorEffect) -> tuple[str, ...]:
    return (
        starting(effect.title),
        two(effect.first),
        f"{two(effect.first_low)} to {two(effect.first_high)}",
        two(effect.total),
        f"{two(effect.total_low)} to {two(effect.total_high)}",
    )


def _shares(effects: Sequence[FactorEffect]) -> str:
    first = effects[0]
    if len(effects) == 1:
        return f"Only {first.title} vary, so that all shifts come from them."
    return (
        f"The shifts hang most on {first.title}: {share(max(0.0, first.first))} of their variance "
        f"by itself, {share(max(0.0, min(1.0, first.total)))} with interactions."
    )


def _computed(found: Sensitivity, effects: Sequence[FactorEffect]) -> str:
    rest = 1 - sum(effect.first for effect in effects)
    wide = max(effect.total_high - effect.total_low for effect in effects)
    told = f"Interactions make up {share(max(0.0, rest))}; " if len(effects) > 1 else ""
    return starting(
        f"{told}the widest interval of an effect spans {two(wide)}, from {found.evaluations:,} "
        "computations of the index."
    )
