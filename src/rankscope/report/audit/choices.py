"""Which assumption decides the ranks: each choice alone, and all of them together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.audit.areas_ranks import as_published, in_words
from rankscope.analyses.audit.wording import places, verb
from rankscope.analyses.choice_words import method_words, weights_words
from rankscope.analyses.uncertainty.factors import LEAVE_OUT
from rankscope.charts.one_at_a_time import one_at_a_time_chart
from rankscope.pages.numbers import fixed
from rankscope.pages.words import counted, in_prose, starting
from rankscope.report.audit.drawings import drawing
from rankscope.report.audit.effects import effect_exhibits
from rankscope.report.audit.exhibits import Exhibit, Section, absent, sheet
from rankscope.report.audit.words import half, two, why_not

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.sensitivity import Alone
    from rankscope.report.audit.subject import Subject


def choices_section(subject: Subject) -> Section:
    """Return the section on which choice matters."""
    return Section(
        anchor="choices",
        title="Which choice matters most?",
        short="Choices",
        lead=(
            "If ranks move when choices are varied together, which of them moves them? First each "
            "choice is made alone, all else as published; then the shifts that all choices "
            "together cause are shared out among them."
        ),
        exhibits=(*_alone(subject), *effect_exhibits(subject)),
        areas=("choices",),
    )


def _alone(subject: Subject) -> Sequence[Exhibit]:
    found, title = subject.found.alone, "One choice at a time"
    known = [
        choice
        for choice in found
        if not np.isnan(choice.mean_shift) and not _as_published(subject, choice)
    ]
    if not known:
        return (
            absent(
                15,
                title,
                why_not(subject.found, "comparison of single choices", "simulation of ranks"),
            ),
        )
    rows = [
        (
            starting(choice.title),
            _option(subject, choice),
            two(choice.mean_shift),
            half(choice.largest_shift),
            subject.name(choice.largest) if choice.largest else "–",
            half(choice.over_5),
            half(choice.over_10),
            fixed(choice.spearman, 3),
        )
        for choice in known
    ]
    named = [
        replace(choice, option=_option(subject, choice), title=starting(choice.title))
        for choice in known
    ]
    refused = [f"{_option(subject, choice)} ({choice.title})" for choice in found if choice.refused]
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
        "Shifts are in places against the published ranks; 0.00 is a choice that leaves every rank "
        "where it is. Where weights or tables are drawn, numbers are means over the draws."
    )
    if refused:
        notes += f" Not tried, as not going with the published methods: {'; '.join(refused)}."
    return (
        Exhibit(
            15,
            title,
            _most(subject, known),
            drawings=(
                drawing(
                    lambda width: one_at_a_time_chart(named, width=width, title=""),
                    "Mean and largest shift of ranks by each choice alone; the numbers are in the "
                    "table that follows",
                ),
            ),
        ),
        Exhibit(
            15,
            "Each choice alone against the published ranks",
            _calm(subject, known),
            sheet=sheet(columns, rows, rest="choices"),
            notes=notes,
        ),
    )


def _as_published(subject: Subject, choice: Alone) -> bool:
    """Whether a choice is that of the index as it is published."""
    return as_published(subject.found, choice)


def _option(subject: Subject, choice: Alone) -> str:
    """Return a choice in print: a node by its name, a method without underscores."""
    if choice.factor == LEAVE_OUT:
        names = {node.code: node.name for node in subject.plan.nodes}
        return names.get(choice.option, choice.option)
    drawn = choice.option.removeprefix("drawn, ")
    return weights_words(drawn) if drawn.startswith("perturbed(") else method_words(drawn)


def _most(subject: Subject, known: Sequence[Alone]) -> str:
    most = max(known, key=lambda choice: choice.mean_shift)
    if not most.mean_shift > 0:
        return "No single choice moves any rank."
    told = f"{starting(in_words(subject.found, most))} moves ranks"
    if len(known) > 1:
        told += " most"
    told += f": by {places(most.mean_shift)} on average"
    if most.largest:
        told += f", and by {half(most.largest_shift)} for {in_prose(subject.name(most.largest))}"
    return f"{told}."


def _calm(subject: Subject, known: Sequence[Alone]) -> str:
    if len(known) == 1:
        return f"One choice was tried: it moves ranks by {places(known[0].mean_shift)} on average."
    quiet = sum(choice.mean_shift < 1 for choice in known)
    many = max(known, key=lambda choice: choice.over_10)
    told = (
        f"{counted(quiet, 'choice')} of {len(known)} {verb(quiet, 'moves', 'move')} ranks by less "
        "than one place on average"
    )
    if many.over_10 >= 1:
        told += (
            f"; {in_words(subject.found, many)} moves {half(many.over_10)} "
            f"{subject.material.nouns} by more than 10"
        )
    return f"{told}."
