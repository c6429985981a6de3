"""The tables of ``rankscope audit``: lights, recommendations, findings; the rest for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rankscope.cli.audit_content import tables
from rankscope.cli.sheet import AHEAD, BEHIND, QUIET, STRONG, Answer, Column, Row, Sheet, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.audit import Area, Audit
    from rankscope.cli.lookup import Built
    from rankscope.findings import Finding

_MARKS = {"green": "●", "amber": "▲", "red": "■", "grey": "○"}
_LIGHTS = {"green": AHEAD, "amber": BEHIND, "red": STRONG, "grey": QUIET}
_SEVERITIES = {"error": STRONG, "warning": BEHIND, "note": QUIET}

_MEANING = (
    "Green is sound, amber needs attention, red is unsound, grey could not be judged; what each "
    "light is judged by stands in docs/conventions.md, §18."
)


def answer(built: Built, found: Audit, *, findings_first: bool = False) -> Answer:
    """Return the verdicts, what to do and what was found; CSV takes the findings first."""
    sheets = [_areas(found), _recommendations(found), _findings(found)]
    if findings_first:
        sheets = sheets[2:]
    rest = tuple(Sheet(key, rows, ()) for key, rows in tables(found).items())
    facts = {
        "view": found.view,
        "draws": found.draws,
        "seed": found.seed,
        "sensitivity_points": found.sensitivity.points if found.sensitivity else 0,
        "sensitivity_scramblings": found.sensitivity.scramblings if found.sensitivity else 0,
        "units": found.coherence.units,
        "verdict": found.verdict,
        "problems": list(found.problems),
    }
    return Answer(
        facts=built.facts | facts,
        lines=(f"{built.title} · audit", found.verdict),
        sheets=(*sheets, *rest),
        notes=(*found.problems, _how(found), _MEANING),
    )


def _areas(found: Audit) -> Sheet:
    rows = tuple(
        {
            "area": one.code,
            "title": one.title,
            "light": one.light.value,
            "sentence": one.sentence,
            "ids": tuple(dict.fromkeys(finding.id for finding in one.findings)),
        }
        for one in found.areas
    )
    light = Column(
        "Light",
        lambda row: f"{_MARKS[row['light']]} {row['light']}",
        style=lambda row: _LIGHTS[row["light"]],
    )
    said = Column("Answer", lambda row: row["sentence"], flexible=True)
    both = Column("Answer", lambda row: f"{row['title']} {row['sentence']}", flexible=True)
    wide = (light, text("Question", "title"), said)
    return Sheet("areas", rows, wide, narrower=((light, both),))


def _recommendations(found: Audit) -> Sheet:
    rows = tuple(
        {"number": at, "sentence": one.sentence, "why": one.why, "ids": one.ids}
        for at, one in enumerate(found.recommendations, start=1)
    )
    columns = (
        Column("", lambda row: f"{row['number']}."),
        Column("", lambda row: f"{row['sentence']} {row['why']}", flexible=True),
    )
    return Sheet("recommendations", rows, columns, title="What to do, the most pressing first")


def _findings(found: Audit) -> Sheet:
    rows = tuple(_row(area, one) for area in found.areas for one in area.findings)
    first = {id(row): row for row in _firsts(rows)}
    area = Column("Area", lambda row: row["area"] if id(row) in first else "")
    severity = Column("", lambda row: row["severity"], style=_of_severity)
    words = Column("Finding", _words, flexible=True)
    place = Column("Place", lambda row: row["place"])
    narrow = (area, severity, Column("Finding", _placed, flexible=True))
    wide = (area, severity, place, words)
    return Sheet("findings", rows, wide, title="Findings", narrower=(narrow, narrow[1:]))


def _of_severity(row: Row) -> str:
    return _SEVERITIES[row["severity"]]


def _row(area: Area, one: Finding) -> dict[str, Any]:
    return {
        "area": area.code,
        "severity": one.severity.value,
        "id": one.id,
        "place": one.place,
        "sentence": one.sentence,
        "remedy": one.remedy,
        "source": one.source,
    }


def _firsts(rows: Sequence[Row]) -> list[Row]:
    """Return the first row of each area."""
    return [row for at, row in enumerate(rows) if not at or rows[at - 1]["area"] != row["area"]]


def _words(row: Row) -> str:
    said = row["sentence"]
    if not (row["place"] and said.startswith(row["place"])):  # a code stays as it is written
        said = f"{said[:1].upper()}{said[1:]}"
    said = f"{said} {row['remedy']}".rstrip()
    return f"{said} [{row['id']}]"


def _placed(row: Row) -> str:
    return f"{row['place']}: {_words(row)}" if row["place"] else _words(row)


def _how(found: Audit) -> str:
    """Say what was computed, and how exactly."""
    told = [f"{found.coherence.units:,} ranked units"]
    if found.uncertainty is not None:
        told.append(f"{found.draws:,} draws of all that may vary")
    if found.sensitivity is not None:
        told.append(
            f"sensitivity at {found.sensitivity.points} points in "
            f"{found.sensitivity.scramblings} scramblings, with its intervals"
        )
    if found.reach is not None:
        told.append(f"best and worst ranks proved within {found.reach.label}, without search")
    return f"Worked out with seed {found.seed}: {'; '.join(told)}. Sources of the rules: --json."
