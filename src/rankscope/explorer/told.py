"""What a page tells in words: the method, what the checks found, and the packaged scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.analyses.scenario import what_if
from rankscope.analyses.scenario.words import CAVEAT, answer
from rankscope.errors import RankscopeError
from rankscope.report.method import method

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.scenario import Outcome
    from rankscope.findings import Finding
    from rankscope.report.material import Material

MOST_SCENARIOS = 30
MOST_MOVED = 12


def method_told(material: Material) -> dict[str, Any]:
    """Return the stages of the method in words, and what binding and the stages noticed."""
    told = method(material)
    return {
        "stages": [
            {
                "name": stage.name,
                "words": [
                    f"{one.words} {one.settings}".strip() if one.settings else one.words
                    for one in stage.methods
                ],
            }
            for stage in told.stages
        ],
        "findings": findings_told((*told.warnings, *told.notes)),
    }


def findings_told(findings: Sequence[Finding]) -> list[dict[str, str]]:
    """Return findings as plain texts."""
    return [
        {
            "severity": str(one.severity),
            "place": one.place,
            "sentence": one.sentence,
            "remedy": one.remedy,
            "source": one.source,
        }
        for one in findings
    ]


def scenarios_told(material: Material) -> dict[str, Any] | None:
    """Return each packaged scenario with what came of it; None where the index names none."""
    known = material.index.definition.scenarios[:MOST_SCENARIOS]
    if not known or len(material.result.periods) > 1:
        return None
    try:
        ties = material.index.ties()
    except RankscopeError:
        ties = ()
    played = []
    for one in known:
        try:
            found = what_if(material.result, one, ties=ties, draws=0)
        except RankscopeError as problem:
            told = {"name": one.name, "title": one.title or one.name, "problem": str(problem)}
        else:
            told = {**outcome_told(found), "note": one.note}
        played.append(told)
    return {"played": played, "caveat": CAVEAT}


def outcome_told(found: Outcome) -> dict[str, Any]:
    """Return what came of a scenario: the answer, its acts, those it changes and who else moves."""
    places = found.places()
    moved = {code: int(gained) for code, gained in zip(found.both, places, strict=True) if gained}
    others = sorted(moved, key=lambda code: (-abs(moved[code]), code))
    shown = [*found.subjects, *(code for code in others if code not in found.subjects)]
    return {
        "name": found.scenario.name,
        "title": found.title,
        "sentence": answer(found),
        "acts": list(found.acts),
        "moved": len(moved),
        "units": [_unit(found, code) for code in shown[: len(found.subjects) + MOST_MOVED]],
        "findings": findings_told(found.findings),
    }


def _unit(found: Outcome, code: str) -> dict[str, Any]:
    """Return a unit before and after; with the chance of each rank where there were draws."""
    sides = (found.before, found.after)
    names = [side.names[side.units.index(code)] for side in sides if code in side.units]
    chances = found.probabilities(code)
    return {
        "code": code,
        "name": names[-1],
        "subject": code in found.subjects,
        "ranks": [found.rank_before(code), found.rank_after(code)],
        "scores": [
            _known(side.score(view=found.view)[side.units.index(code)])
            if code in side.units
            else None
            for side in sides
        ],
        "chances": [
            [int(rank), *(_known(one) for one in row)]
            for rank, row in zip(chances.index, chances.to_numpy(dtype=float), strict=True)
        ],
    }


def _known(value: float) -> float | None:
    return round(float(value), 6) if np.isfinite(value) else None
