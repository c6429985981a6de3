"""The tables of ``rankscope importance``: weights beside importance, and weights that are found."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from rankscope._words import join_words
from rankscope.cli.sheet import (
    AHEAD,
    BEHIND,
    Answer,
    Column,
    Row,
    Sheet,
    number,
    shown,
    text,
)

if TYPE_CHECKING:
    from rankscope.analyses.importance import Importance, WantedWeights
    from rankscope.cli.lookup import Built

_MEASURES = {
    "covariance_share": "its share of the differences in the score (covariance share)",
    "correlation": "its squared correlation with the score, as a share of all",
    "correlation_ratio": "its correlation ratio, as a share of all",
}

_OF_PARTS = {
    "importance-silent": "Silent, because they explain no more than chance would, or nothing",
    "importance-negative": "Against the score, because units that are better here are worse there",
}

_MEANING = (
    "Covariance share: the part of the differences between units that comes from it. Correlation "
    "ratio: what it explains of them along any curve, and in brackets what chance would. Shapley: "
    "what it explains, with what it has in common with others split among them."
)


def answer(built: Built, found: Importance) -> Answer:
    """Return the importance of the parts of a node beside their weights."""
    from rankscope.analyses.importance.words import verdict

    facts = {
        "view": found.view,
        "node": found.node,
        "of": found.of,
        "units": found.units,
        "permutations": found.permutations,
        "seed": found.seed,
        "verdict": verdict(found),
        "findings": _findings(found),
    }
    rows = _rows(found)
    return Answer(
        facts=built.facts | facts,
        lines=(_title(built, found), verdict(found)),
        sheets=(_sheet(rows),),
        notes=(_MEANING, *_notes(found)),
    )


def answer_to_wish(built: Built, found: WantedWeights) -> Answer:
    """Return the weights that would give a wanted importance, and what became of the wish."""
    facts = {
        "view": found.view,
        "node": found.node,
        "measure": found.measure,
        "seed": found.seed,
        "verdict": found.verdict.value,
        "distance": found.distance,
        "reason": found.reason,
        "findings": _findings(found),
    }
    columns: tuple[Column, ...] = (
        text("Part", "name", flexible=True),
        _share("Weight now", "nominal_weight"),
        _share("Importance now", "importance_now"),
        _share("Wanted", "wanted_importance"),
        _share("Weight found", "weight"),
        _share("Importance then", "attained_importance"),
    )
    needed = _share("Weight needed", "needed_weight")
    rows = _rows(found)
    if any(not math.isnan(row["needed_weight"]) for row in rows):
        columns = (*columns, needed)
    verdict = found.verdict.value.capitalize()
    return Answer(
        facts=built.facts | facts,
        lines=(_title(built, found), f"{verdict}: {found.reason}"),
        sheets=(Sheet("weights", rows, columns, narrower=((columns[0], *columns[3:]),)),),
        notes=(f"Importance of a part is here {_MEASURES[found.measure]}.", *_notes(found)),
    )


def _title(built: Built, found: Importance | WantedWeights) -> str:
    plan = built.result.plan
    where = [] if found.node == plan.nodes[plan.root].code else [found.name]
    view = [found.view] if len(plan.views) > 1 else []
    return " · ".join([built.title, *where, *view, "importance"])


def _rows(found: Importance | WantedWeights) -> tuple[Row, ...]:
    frame = found.frame().reset_index()
    return tuple({str(key): _plain(value) for key, value in row.items()} for row in
                 frame.to_dict("records"))  # fmt: skip


def _plain(value: Any) -> Any:
    """Return what NumPy holds as Python does."""
    return value.item() if hasattr(value, "item") else value


def _sheet(rows: tuple[Row, ...]) -> Sheet:
    """Return the table; weights that are the same as others have no column of their own."""
    name, weight = text("Part", "name", flexible=True), _share("Weight", "weight")
    kinds = (("Among siblings", "nominal_weight"), ("In the index", "effective_weight"))
    others = [
        _share(title, key)
        for title, key in kinds
        if any(abs(row[key] - row["weight"]) > 1e-9 for row in rows)
    ]
    covariance = Column(
        "Covariance share", lambda row: _percent(row["covariance_share"]), True, style=_colour
    )
    correlation = number("Correlation", "correlation", ".2f")
    squared = _share("Squared, share", "squared_correlation_share")
    ratio = Column("Correlation ratio (chance)", _ratio, right=True)
    shapley = _share("Shapley share", "shapley_share")
    there = not all(math.isnan(row["shapley_share"]) for row in rows)
    last = (shapley,) if there else ()
    wide = (name, weight, *others, correlation, squared, covariance, ratio, *last)
    bare = tuple(column for column in wide if column not in others)
    few = (name, weight, correlation, covariance, ratio)
    return Sheet("parts", rows, wide, narrower=(bare, few, (name, weight, covariance)))


def _share(title: str, key: str) -> Column:
    return Column(title, lambda row: _percent(row[key]), right=True)


def _percent(share: float) -> str:
    return shown(share, ".1%")


def _ratio(row: Row) -> str:
    silent = " silent" if row["silent"] else ""
    return f"{shown(row['correlation_ratio'], '.2f')} ({shown(row['noise_floor'], '.2f')}){silent}"


def _colour(row: Row) -> str:
    share, weight = row["covariance_share"], row["weight"]
    if math.isnan(share) or abs(share - weight) <= 0.1 * weight:
        return ""
    return AHEAD if share > weight else BEHIND


def _findings(found: Importance | WantedWeights) -> list[dict[str, str]]:
    return [
        {
            "id": one.id,
            "severity": one.severity.value,
            "place": one.place,
            "sentence": one.sentence,
            "remedy": one.remedy,
            "source": one.source,
        }
        for one in found.findings
    ]


def _notes(found: Importance | WantedWeights) -> list[str]:
    """Return the findings in words: of those about a part, one for all parts."""
    names = dict(zip(found.codes, found.names, strict=True))
    notes = []
    for kind, said in _OF_PARTS.items():
        those = [names[one.place] for one in found.findings if one.id == kind]
        if those:
            notes.append(f"{said}: {join_words(those, 'and')}.")
    others = (one for one in found.findings if one.id not in _OF_PARTS)
    return notes + [f"{one.sentence[:1].upper()}{one.sentence[1:]} {one.remedy}" for one in others]
