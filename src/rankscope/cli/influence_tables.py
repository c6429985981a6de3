"""The tables of ``rankscope influence``: what moves ranks most, and whose."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.cli.lookup import Built
from rankscope.cli.sheet import ABSENT, Answer, Column, Row, Sheet, number, shown, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.influence import Influence
    from rankscope.analyses.influence_left_out import LeftOut
    from rankscope.findings import Finding

TITLES = {
    "indicator": ("indicators", "Indicators left out"),
    "pillar": ("pillars", "Pillars and sub-pillars left out"),
    "unit": ("units", "Units left out: scales are learnt, and the others ranked, without them"),
    "year": ("years", "Years left out: scales are learnt without them"),
}
"""The key and the title of the table of each kind."""

NOTE = (
    "Indicators and pillars are left out by weight 0, on the scales as they are. Each thing is "
    "left out alone: what two do together is not shown, nor whether the ranking would be better."
)

_NAMED = 8
"""So many are named in a note; the others are counted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An index, one of its views, and how many things of each kind a reader sees."""

    built: Built
    view: str
    top: int

    @property
    def title(self) -> str:
        """Return what the answer is about."""
        views = self.built.result.plan.views
        view = [self.view] if len(views) > 1 else []
        return " · ".join([self.built.title, *view, "influence"])

    def facts(self, found: Influence) -> dict[str, object]:
        """Return what the JSON begins with."""
        ranked = self.built.result.ranked(view=self.view)
        kinds = [TITLES[kind][0] for kind in TITLES if found.of(kind)]
        return self.built.facts | {"view": self.view, "ranked": ranked, "of": kinds}


def answer(found: Influence, asked: Asked) -> Answer:
    """Return what moves ranks most, kind by kind."""
    kinds = [kind for kind in TITLES if found.of(kind)]
    return Answer(
        facts=asked.facts(found),
        lines=(asked.title, *(_sentence(found, kind) for kind in kinds)),
        sheets=(*(_sheet(found, kind, asked.top) for kind in kinds), findings_sheet(found)),
        notes=(*notes_of(found.findings), *(_more(found, kinds, asked.top)), NOTE),
    )


def _sentence(found: Influence, kind: str) -> str:
    """Say which of a kind moves ranks most."""
    most = found.of(kind)[0]
    if math.isnan(most.mean_shift):
        return f"Without any {kind} there would be no ranks to compare."
    if not most.changed:
        return f"No single {kind} moves any rank."
    others = " of the others" if kind in ("unit", "year") else ""
    others = " of the units" if kind == "year" else others
    learnt = "with scales learnt without it" if kind in ("unit", "year") else "without it"
    turned = f"; {_pairs(most.reversals)} round" if kind in ("unit", "year") else ""
    return (
        f"No {kind} moves the ranks{others} more than {most.name}: {learnt} they shift by "
        f"{most.mean_shift:.1f} places on average, furthest {_furthest(found, most)}{turned}."
    )


def _pairs(turned: int) -> str:
    return f"{turned:,} pairs turn" if turned > 1 else f"{'1' if turned else 'no'} pair turns"


def _furthest(found: Influence, one: LeftOut) -> str:
    """Return who moves furthest, from which rank to which: ``Fiji 60 → 85``."""
    if not one.furthest:
        return ABSENT
    at, row = found.left_out.index(one), found.units.index(one.furthest[0])
    before, change = int(found.before[at, row]), int(found.shifts[at, row])
    more = len(one.furthest) - 1
    also = f" and {more} more" if more else ""
    return f"{found.names[row]} {before} → {before - change}{also}"


def _sheet(found: Influence, kind: str, top: int) -> Sheet:
    """Return the table of one kind; what stands below the first is for machines."""
    key, title = TITLES[kind]
    rows = tuple(_row(one) for one in found.of(kind))
    first = {row["code"] for row in rows[:top]}
    words = {one.code: _furthest(found, one) for one in found.of(kind)}
    name = text("Left out", "name", flexible=True)
    moves = Column("Moves furthest", lambda row: words[row["code"]])
    mean, changed = number("Mean shift", "mean_shift", ".2f"), number("Ranks moved", "changed", "d")
    own = _correlation() if kind in ("indicator", "pillar") else number("Turned", "reversals", "d")
    return Sheet(
        key,
        rows,
        (name, mean, changed, own, moves),
        title,
        narrower=((name, mean, moves), (name, mean)),
        hidden=lambda row: row["code"] not in first,
    )


def _correlation() -> Column:
    def said(row: Row) -> str:
        return shown(row["correlation"], ".2f")

    return Column("Correlation", said, right=True)


def _row(one: LeftOut) -> Row:
    return {
        "code": one.code,
        "name": one.name,
        "mean_shift": one.mean_shift,
        "largest_shift": one.largest_shift,
        "furthest": one.furthest,
        "changed": one.changed,
        "compared": one.compared,
        "spearman": one.spearman,
        "kendall": one.kendall,
        "reversals": one.reversals,
        "correlation": one.correlation,
        "unranked": one.unranked,
    }


def findings_sheet(found: Influence) -> Sheet:
    """Return the findings, for machines."""
    rows = tuple(
        {"id": one.id, "severity": str(one.severity), "place": one.place, "sentence": one.sentence}
        for one in found.findings
    )
    return Sheet("findings", rows, ())


def notes_of(findings: Sequence[Finding]) -> list[str]:
    """Return the findings for readers: indicators that are silent or alone in one line each."""
    from rankscope.analyses.influence_findings import SILENT_CORRELATION, SILENT_SHIFT

    kinds = {
        "influence-silent": f"Silent, for without them ranks shift by fewer than {SILENT_SHIFT} "
        "places on average",
        "influence-uncorrelated": "Going their own way, with a correlation with the index "
        f"between -{SILENT_CORRELATION} and {SILENT_CORRELATION}",
    }
    places = {id: [one.place for one in findings if one.id == id] for id in kinds}
    said = [f"{kinds[id]}: {named(codes)}." for id, codes in places.items() if codes]
    others = [f"{one.sentence} {one.remedy}".strip() for one in findings if one.id not in kinds]
    return [*said, *(one[0].upper() + one[1:] for one in others)]


def _more(found: Influence, kinds: Sequence[str], top: int) -> list[str]:
    """Say how many are not shown."""
    more = {kind: len(found.of(kind)) - top for kind in kinds}
    said = [f"{n} more {kind if n == 1 else TITLES[kind][0]}" for kind, n in more.items() if n > 0]
    return [f"Not shown: {', '.join(said)}; see --top or --json."] if said else []


def named(codes: Sequence[str]) -> str:
    """Return the first names, and how many others there are."""
    more = len(codes) - _NAMED
    return ", ".join(codes[:_NAMED]) + (f" and {more} more" if more > 0 else "")
