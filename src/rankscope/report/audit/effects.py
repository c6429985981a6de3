"""What share each assumption has in the shifts of ranks, when all vary together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.charts.sensitivity_shares import sensitivity_chart
from rankscope.pages.words import starting
from rankscope.report.audit.drawings import drawing
from rankscope.report.audit.exhibits import Exhibit, absent, sheet
from rankscope.report.audit.words import share, two, why_not

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.sensitivity import FactorEffect, Sensitivity
    from rankscope.report.audit.subject import Subject


def effect_exhibits(subject: Subject) -> Sequence[Exhibit]:
    """Return the effects of each assumption."""
    found, title = subject.found.sensitivity, "What share each assumption has in the shifts"
    if found is None:
        return (
            absent(
                16, title, why_not(subject.found, "sensitivity analysis", "simulation of ranks")
            ),
        )
    effects = found.of_shift()
    if not effects or np.isnan(effects[0].total):
        return (
            absent(
                16,
                title,
                "Nothing that varies moves any rank: there is nothing to share out.",
            ),
        )
    if len(effects) == 1:
        return (
            absent(
                16,
                title,
                f"Only one thing varies, {effects[0].title}: all shifts come from it, and there is "
                "nothing to share out.",
            ),
        )
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
                "Sobol’ effects. In each design ranks shift by some places on average; from design "
                "to design this mean shift varies. Alone: the share of its variance that one "
                "assumption explains by itself. With interactions: that which would be left if all "
                "others were settled, so that these shares add up to more than 1. What the shares "
                "alone leave of 1 is interaction: choices that matter only together."
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
    return (
        f"How far ranks shift hangs most on {first.title}: "
        f"{share(max(0.0, first.first))} of the variance of the mean shift by itself, "
        f"{share(max(0.0, min(1.0, first.total)))} with interactions."
    )


def _computed(found: Sensitivity, effects: Sequence[FactorEffect]) -> str:
    rest = 1 - sum(effect.first for effect in effects)
    wide = max(
        max(effect.total_high - effect.total_low, effect.first_high - effect.first_low)
        for effect in effects
    )
    return (
        f"Interactions make up {share(max(0.0, rest))}; the widest interval of a share spans "
        f"{two(wide)}, from {found.evaluations:,} computations of the index."
    )
