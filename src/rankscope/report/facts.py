"""Facts that are shown beside a unit's figures and not scored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rankscope.pages.words import readable, starting

if TYPE_CHECKING:
    from rankscope.report.material import Material


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact: what it is about, what is the case, since when, and where that is written."""

    name: str
    value: str
    date: str
    source: str


def facts_by_unit(material: Material) -> dict[str, tuple[ShownFact, ...]]:
    """Return the facts of each unit, in the order of their file."""
    found: dict[str, list[ShownFact]] = {}
    for fact in material.index.facts:
        variable = material.index.definition.variable(fact.fact)
        shown = ShownFact(
            name=variable.name if variable else readable(fact.fact),
            value=starting(fact.value.replace("_", " ")),
            date=_written(fact.date),
            source=fact.source,
        )
        found.setdefault(fact.unit, []).append(shown)
    return {unit: tuple(facts) for unit, facts in found.items()}


def _written(text: str) -> str:
    """Return an ISO date as people write it; anything else as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {day:%B %Y}"
