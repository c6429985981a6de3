"""What was assumed: each thing that varied in the draws, with its choices in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope._words import join_words
from rankscope.analyses.uncertainty.factors import LEAVE_OUT, TABLES
from rankscope.pages.numbers import percent
from rankscope.pages.words import counted, starting

if TYPE_CHECKING:
    from rankscope.analyses.uncertainty import Design, Factor, Option

_LISTED = 8
"""Up to so many things that may be left out are named."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: its name in a definition, and what it does."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Assumed:
    """What varied, how it is drawn, and among which choices."""

    title: str
    drawn: str
    choices: tuple[Choice, ...]


def assumed(design: Design, noun: str) -> tuple[Assumed, ...]:
    """Return all that varied in the draws of a design; ``noun`` is what a unit is called."""
    found = [_factor(design, factor, noun) for factor in design.factors]
    if design.varies_weights():
        found.insert(0, _weights(design, noun))
    return tuple(found)


def _weights(design: Design, noun: str) -> Assumed:
    admissible = design.published.varied.admissible
    levels = sorted({_level(design, group.parent) + 1 for group in design.published.varied.groups})
    where = f"level{'s' * (len(levels) > 1)} {join_words(map(str, levels), 'and')}"
    groups = counted(len(design.published.varied.groups), "group")
    drawn = f"At {where} below the whole, in {groups} of siblings, each by itself."
    return Assumed("Weights", drawn, (Choice(admissible.label(), admissible.in_words(noun)),))


def _level(design: Design, number: int) -> int:
    """Return how far a node is from the root."""
    depth, nodes = 0, design.result.plan.nodes
    while nodes[number].parent >= 0:
        depth, number = depth + 1, nodes[number].parent
    return depth


def _factor(design: Design, factor: Factor, noun: str) -> Assumed:
    title = starting(factor.title)
    if factor.name == LEAVE_OUT:
        return Assumed(title, _left_out(design, factor), ())
    if factor.name == TABLES:
        return Assumed(title, f"{len(factor.options)} tables with other errors, in turn.", ())
    choices = tuple(Choice(one.label, _words(one, noun)) for one in factor.options)
    return Assumed(title, "Each as probable as the others." if len(choices) > 1 else "", choices)


def _words(option: Option, noun: str) -> str:
    """Return what the methods of an option do; nothing where they are several."""
    if len(option.methods) != 1:
        return ""
    return option.methods[0][1].in_words(noun)


def _left_out(design: Design, factor: Factor) -> str:
    """Say what may be left out, and how probable it is that nothing is."""
    nodes = design.result.plan.nodes
    names = [nodes[one.out].name for one in factor.options if one.out is not None]
    nothing = factor.chances[0] if factor.chances else 1 / len(factor.options)
    one_of = f"one of {len(names)} in turn" if len(names) > 1 else names[0]
    listed = f": {join_words(names, 'or')}" if 1 < len(names) <= _LISTED else ""
    return f"Nothing in {percent(nothing)} of the designs; in the others {one_of}{listed}."
