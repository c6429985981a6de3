"""The first sentence of ``rankscope sensitivity``: what decides, and how surely."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rankscope.cli.sheet import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.sensitivity import FactorEffect, Sensitivity

_MOST = 0.5
_MANY = ("weights", "tables")
"""Factors whose titles are plurals."""


def sentence(effects: Sequence[FactorEffect], what: str) -> str:
    """Say which factor decides what, from effects with the largest total first."""
    first = effects[0]
    if len(effects) == 1:
        return f"Only one thing varies: {first.title}. So {_it(first)} all of {what}."
    if first.total <= 0:
        return f"Nothing that varies explains {what}."
    how = "most of" if first.total > _MOST else "more than anything else of"
    alone = f"{percent(max(first.first, 0.0))} of the variance alone"
    return (
        f"{_capital(first.title)} {_decides(first)} {how} {what}: "
        f"{alone}, {percent(min(first.total, 1.0))} with interactions."
    )


def doubts(effects: Sequence[FactorEffect]) -> list[str]:
    """Say that the first is not surely the first, where the intervals leave it open."""
    if len(effects) < 2 or math.isnan(effects[0].total):
        return []
    first, second = effects[:2]
    if first.total_low > second.total_high:
        return []
    said = f"Whether {first.title} or {second.title} matters more is not settled"
    return [f"{said}: their intervals overlap. More --points narrow them."]


def unexplained(found: Sensitivity, row: int) -> str | None:
    """Say why there is nothing to explain of a unit's rank, None where there is."""
    name, variance = found.result.names[row], found.ranks.variance[row]
    rank = int(found.result.rank(found.design.node, found.design.view)[row])
    if not rank:
        return f"{name} has no rank here, and nothing can be said about it."
    if math.isnan(variance):
        return f"{name} has no rank in some draws, so that nothing can be said about its rank."
    if variance == 0:
        return f"Nothing moved {name}: it has the same rank in all {found.evaluations:,} indices."
    return None


def possessive(name: str) -> str:
    """Return a name in the possessive.

    >>> possessive("Russia"), possessive("United States")
    ("Russia's", "United States'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _decides(one: FactorEffect) -> str:
    return "decide" if one.factor in _MANY else "decides"


def _it(one: FactorEffect) -> str:
    return "they decide" if one.factor in _MANY else "it decides"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
