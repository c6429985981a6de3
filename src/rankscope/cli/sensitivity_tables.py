"""The tables of ``rankscope sensitivity``: what each assumption explains, and does alone."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rankscope._words import join_words
from rankscope.cli.lookup import Built
from rankscope.cli.sensitivity_alone import ALONE, one_at_a_time
from rankscope.cli.sensitivity_words import doubts, possessive, sentence, unexplained
from rankscope.cli.sheet import ABSENT, Answer, Column, Row, Sheet, shown, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.sensitivity import FactorEffect, Sensitivity

_NOTHING = "there is nothing to explain"
SHIFT = "how far ranks shift from the published ones"

_SHARES = (
    "Alone: the share of the variance that would go if this were settled. With interactions: "
    "the share that would stay if only this were open. In brackets 95% intervals; shares are "
    "shown as estimated, so that a small one may fall below 0."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked about: the ranks of a node in a view, of all units or of one."""

    built: Built
    node: int
    view: str
    unit: str | None = None


def answer(found: Sensitivity, asked: Asked) -> Answer:
    """Return what each assumption explains, and what each option does alone."""
    effects = found.of_shift() if asked.unit is None else found.of_unit(asked.unit)
    lines, notes = _said(found, asked, effects)
    return Answer(
        facts=_facts(found, asked),
        lines=(_title(asked), *lines),
        sheets=(
            Sheet("factors", tuple(one._asdict() for one in effects), _EFFECTS, "What explains it"),
            one_at_a_time(found, asked.unit),
            Sheet("convergence", _convergence(found, asked), ()),
            Sheet("units", tuple(_units(found)), ()),
            Sheet("findings", _findings(found), ()),
        ),
        notes=(*notes, _SHARES, ALONE, *_told(found)),
    )


def _said(
    found: Sensitivity, asked: Asked, effects: Sequence[FactorEffect]
) -> tuple[list[str], list[str]]:
    """Return the sentences above and below the tables."""
    if asked.unit is not None:
        row = found.result.units.index(asked.unit)
        nothing = unexplained(found, row)
        if nothing:
            return [nothing], []
        return [sentence(effects, f"{possessive(found.result.names[row])} rank")], doubts(effects)
    if math.isnan(effects[0].total):
        return [f"Ranks shift equally far in all {found.evaluations:,} indices: {_NOTHING}."], []
    return [sentence(effects, SHIFT)], [*doubts(effects), *_by_unit(found), *_settling(found)]


def _title(asked: Asked) -> str:
    plan = asked.built.result.plan
    node = [plan.nodes[asked.node].name] if asked.node != plan.root else []
    view = [asked.view] if len(plan.views) > 1 else []
    return " · ".join([asked.built.title, *node, *view, "sensitivity"])


def _facts(found: Sensitivity, asked: Asked) -> dict[str, Any]:
    facts: dict[str, Any] = asked.built.facts | {
        "view": asked.view,
        "node": asked.built.result.plan.nodes[asked.node].code,
        "points": found.points,
        "scramblings": found.scramblings,
        "seed": found.seed,
        "evaluations": found.evaluations,
    }
    if asked.unit is None:
        return facts | {"of": "mean absolute rank shift"}
    row = found.result.units.index(asked.unit)
    scores = [one._asdict() for one in found.of_unit(asked.unit, of="score")]
    rank = int(found.result.rank(asked.node, asked.view)[row]) or None
    return facts | {"of": "rank", "unit": asked.unit, "rank": rank, "score": scores}


def _share(title: str, key: str) -> Column:
    """Make the column of a share of the variance with its interval."""

    def said(row: Row) -> str:
        middle, low, high = (100 * row[k] for k in (key, f"{key}_low", f"{key}_high"))
        if math.isnan(middle):
            return ABSENT
        return f"{shown(middle, '.0f')}% ({shown(low, '.0f')} to {shown(high, '.0f')})"

    return Column(title, said, right=True)


_EFFECTS = (
    text("What varies", "title", flexible=True),
    _share("Alone", "first"),
    _share("With interactions", "total"),
)


def _convergence(found: Sensitivity, asked: Asked) -> tuple[Row, ...]:
    frame = found.convergence(asked.unit).reset_index()
    return tuple(
        {str(key): value for key, value in one.items()} for one in frame.to_dict("records")
    )


def _units(found: Sensitivity) -> list[Row]:
    """Return the effects on each ranked unit's rank, for machines."""
    return [
        {
            "unit": code,
            "factors": [
                {"factor": one.factor, "first": one.first, "total": one.total}
                for one in found.of_unit(code)
            ],
        }
        for code in found.units_frame().index
    ]


def _by_unit(found: Sensitivity) -> list[str]:
    """Say which assumption matters most for how many units."""
    leads = [found.of_unit(code)[0] for code in found.units_frame().index]
    counted = Counter(one.title for one in leads if not math.isnan(one.total))
    if not counted or len(found.factors) < 2:
        return []
    parts = [f"{title} for {count}" for title, count in counted.most_common()]
    if len(parts) == 1:
        return [f"The same matters most for every unit: {next(iter(counted))}."]
    return [f"What matters most differs between units: {join_words(parts, 'and')}. Try --unit."]


def _settling(found: Sensitivity) -> list[str]:
    """Say how far the shares still moved when the points were doubled."""
    half, whole = (one.total[:, 0] for one in (found.halves.half, found.halves.whole))
    moved = 100 * float(abs(whole - half).max())
    said = f"{found.evaluations:,} indices were computed; at half of them no share differs by more"
    return [f"{said} than {moved:.1f} percentage points."]


def _findings(found: Sensitivity) -> tuple[Row, ...]:
    return tuple(
        {"id": one.id, "severity": str(one.severity), "place": one.place, "sentence": one.sentence}
        for one in found.findings
    )


def _told(found: Sensitivity) -> list[str]:
    said = [f"{one.sentence} {one.remedy}".strip() for one in found.findings]
    return [one[:1].upper() + one[1:] for one in said]
