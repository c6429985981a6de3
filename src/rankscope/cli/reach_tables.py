"""The table of ``rankscope reach``: how high and how low each unit can rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rankscope.cli.reach_words import in_short
from rankscope.cli.sheet import QUIET, Answer, Column, Row, Sheet, number, text

if TYPE_CHECKING:
    from rankscope.analyses.exact.answer import Reach
    from rankscope.cli.lookup import Built

_BETWEEN = (
    "Best and worst are ranks that some such weights really give; where it says how far, no "
    "such weights go beyond that rank."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was found, of which index, and how many units are shown."""

    built: Built
    found: Reach
    top: int | None = None

    @property
    def title(self) -> str:
        """Return what is ranked."""
        setting = self.found.settings[0]
        plan = setting.result.plan
        node = [plan.nodes[setting.node].name] if setting.node != plan.root else []
        view = [setting.view] if len(plan.views) > 1 else []
        return " · ".join([self.built.title, *node, *view, f"reach with {self.found.label}"])

    @property
    def facts(self) -> dict[str, Any]:
        """Return what the JSON begins with."""
        found, setting = self.found, self.found.settings[0]
        return {
            **self.built.facts,
            "view": setting.view,
            "node": setting.result.plan.nodes[setting.node].code,
            "weights": setting.varied.admissible.label(),
            "levels": list(setting.levels),
            "gaps": found.gaps,
            "held": list(found.held),
            "with_gaps": list(found.gappy),
            "not_linear": list(found.bent),
            "exact": int(found.exact.sum()),
            "pairs_settled": found.settled,
        }


def answer(asked: Asked) -> Answer:
    """Return the reach of each unit, in the order as published."""
    found = asked.found
    notes = [one.sentence for one in found.findings]
    return Answer(
        facts=asked.facts,
        lines=(asked.title, in_short(found)),
        sheets=(Sheet("units", _rows(asked), _COLUMNS, narrower=(_COLUMNS[:-1],)),),
        notes=tuple(notes if found.exact.all() else [*notes, _BETWEEN]),
    )


def _rows(asked: Asked) -> tuple[Row, ...]:
    found = asked.found
    order = sorted(range(len(found.codes)), key=lambda at: int(found.ranks[at]))
    return tuple(reach_row(found, at) for at in order[: asked.top])


def reach_row(found: Reach, at: int) -> dict[str, Any]:
    """Return the reach of one unit, by its place in the answer."""
    return {
        "rank": int(found.ranks[at]),
        "unit": found.codes[at],
        "name": found.names[at],
        "best": int(found.best_to[at]),
        "worst": int(found.worst_from[at]),
        "best_at_least": int(found.best_from[at]),
        "worst_at_most": int(found.worst_to[at]),
        "exact": bool(found.exact[at]),
        "of": int(found.of[at]),
    }


def _how(row: Row) -> str:
    """Say whether both ends are exact, or how far they may lie beyond."""
    if row["exact"]:
        return "exact"
    best, worst = row["best_at_least"], row["worst_at_most"]
    parts = []
    if best != row["best"]:
        parts.append(f"best between {best} and {row['best']}")
    if worst != row["worst"]:
        parts.append(f"worst between {row['worst']} and {worst}")
    return ", ".join(parts)


_COLUMNS = (
    number("Published", "rank", "d"),
    text("Unit", "name", flexible=True),
    number("Best", "best", "d"),
    number("Worst", "worst", "d"),
    Column("How", _how, style=lambda row: QUIET if row["exact"] else ""),
)
