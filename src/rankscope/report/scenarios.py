"""What if: the scenarios that an index names, with where they lead, and no draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.analyses.scenario import what_if
from rankscope.analyses.scenario.words import CAVEAT, answer
from rankscope.catalogue.open import packaged
from rankscope.charts.render import inline_svg
from rankscope.charts.scenario_ranks import scenario_ranks_chart
from rankscope.errors import RankscopeError
from rankscope.pages.trust import our_own

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from rankscope.analyses.scenario import Outcome
    from rankscope.methods.change import Ties
    from rankscope.report.material import Material

_WIDE, _NARROW = 900, 340
MOST = 30
"""So many scenarios are played for a report."""


@dataclass(frozen=True, slots=True)
class Played:
    """A scenario: its title, what came of it in a sentence, and what it assumes."""

    name: str
    title: str
    sentence: str
    note: str


@dataclass(frozen=True, slots=True)
class Scenarios:
    """The section; ``more`` is the command that tells how sure each is."""

    played: tuple[Played, ...]
    left_out: int
    wide: Markup | None
    narrow: Markup | None
    caveat: str
    more: str


def scenarios(material: Material) -> Scenarios | None:
    """Return the section, or None where the index names no scenarios."""
    known = material.index.definition.scenarios
    if not known or len(material.result.periods) > 1:
        return None
    played: list[Played] = []
    outcomes: list[Outcome] = []
    ties = _ties(material)
    for one in known[:MOST]:
        try:
            found = what_if(material.result, one, ties=ties, draws=0)
        except RankscopeError as problem:  # a scenario that can not be played spoils no report
            sentence = f"This could not be played. {problem}"
        else:
            outcomes.append(found)
            sentence = answer(found)
        played.append(Played(one.name, one.title or one.name, sentence, one.note))
    return Scenarios(
        played=tuple(played),
        left_out=len(known[MOST:]),
        wide=_chart(outcomes, _WIDE),
        narrow=_chart(outcomes, _NARROW),
        caveat=CAVEAT,
        more=_command(material),
    )


def _ties(material: Material) -> tuple[Ties, ...]:
    """Return the ties of the index; none where their tables are broken, which then is said."""
    try:
        return material.index.ties()
    except RankscopeError:
        return ()


def _chart(outcomes: Sequence[Outcome], width: float) -> Markup | None:
    if not outcomes:
        return None
    return our_own(inline_svg(scenario_ranks_chart(outcomes, width=width, title="")))


def _command(material: Material) -> str:
    index = material.index
    name = index.definition.name
    named = name if name in packaged() else index.path.name
    return f"rankscope scenario {named} {index.definition.scenarios[0].name} -o scenario.html"
