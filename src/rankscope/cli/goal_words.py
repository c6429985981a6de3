"""Goal seek in words: what it takes to reach a rank, and how sure that is the least."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._words import join_words, ordinal
from rankscope.cli.sheet import percent, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.goal import Goal, Needed

_NAMED = 3
"""So many indicators are named in a sentence; the others are counted."""


def by_effort(found: Goal) -> list[Needed]:
    """Return the indicators that may change, those with the largest effort first."""
    power = 2 if found.kind == "squares" else 1
    return sorted(found.needs, key=lambda one: -(one.cost * one.share**power))


def sentence(found: Goal) -> str:
    """Say in one sentence what the rank takes, or that it is out of reach."""
    if found.already:
        return f"{found.name} ranks {ordinal(found.rank_before)} already: no effort is needed."
    wanted = ordinal(found.rank_wanted)
    if not found.reachable:
        return f"{found.name} can not become {wanted}{'' if found.proof else ', as far as we see'}."
    return (
        f"{found.name} is {ordinal(found.rank_before)} of {found.ranked}, and {wanted} once it "
        f"has closed {_closed(found)}."
    )


def proof(found: Goal, decimals: int) -> list[str]:
    """Say which score it takes, and how sure it is that there is no less effort."""
    if found.already:
        return []
    if not found.reachable:
        return [found.words()]
    takes, has, gives = (
        shown(one, f".{decimals}f")
        for one in (found.score_needed, found.score_before, found.score_reached)
    )
    less = ""
    if found.rank_just_less > found.rank_wanted:
        less = f", and with 99% of each share {ordinal(found.rank_just_less)}"
    return [
        (
            f"It takes the score of {found.rival_name}, {takes}, and {found.name} has {has}. Put "
            f"into the index, these values give {gives} and make it "
            f"{ordinal(found.rank_reached)}{less}."
        ),
        found.words(),
    ]


def notes(found: Goal) -> list[str]:
    """Say how effort is measured, and what the answer can not tell."""
    cost = "its cost times " if any(one.cost != 1 for one in found.needs) else ""
    share = "the square of the share" if found.kind == "squares" else "the share"
    said = [
        (
            f"Effort is the sum over all indicators of {cost}{share} of the gap that is closed, "
            "measured as the index compares values; the best is the best value of any ranked unit."
        )
    ]
    if found.reachable and not found.already:
        said[0] += f" Here it is {found.effort:.3g}."
        said.append("This is arithmetic on ranks: it does not say how, and the others stand still.")
    return [*said, *(_told(str(one.sentence), one.remedy) for one in found.findings)]


def _told(said: str, remedy: str) -> str:
    return f"{said} {remedy}".strip()


def _closed(found: Goal) -> str:
    """Say how much of which gaps is closed, the largest first."""
    needs = [one for one in by_effort(found) if one.share > 0]
    named = [f"{percent(one.share)} at {one.name}" for one in needs[:_NAMED]]
    named[0] = named[0].replace(" at ", " of the gap to the best at ", 1)
    return join_words([*named, *_more(needs)], "and")


def _more(needs: Sequence[Needed]) -> list[str]:
    more = len(needs) - _NAMED
    return [f"some at {more} more"] if more > 0 else []
