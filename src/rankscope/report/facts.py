"""Facts that are shown beside a unit's figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rankscope.pages.words import starting

if TYPE_CHECKING:
    from rankscope.report.material import Material


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact: what it is about, what is the case, since when, what counts it, and its source."""

    name: str
    value: str
    date: str
    counted: str
    source: str


def facts_by_unit(material: Material) -> dict[str, tuple[ShownFact, ...]]:
    """Return the facts of each unit, in the order of their file."""
    names = {node.code: node.name for node in material.index.definition.indicators()}
    found: dict[str, list[ShownFact]] = {}
    for fact in material.index.facts:
        shown = ShownFact(
            name=fact.fact,
            value=starting(fact.value.replace("_", " ")),
            date=_written(fact.date),
            counted=f"counts in {names[fact.indicator]}"
            if fact.indicator in names
            else "not scored",
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
