"""All findings by area, and what is needed to get the same audit again."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from rankscope.definition.cite import citations
from rankscope.definition.write import definition_text
from rankscope.pages.words import counted, starting
from rankscope.pipeline.plan import HEADLINE
from rankscope.report.audit.signs import Sign, light_sign, severity_sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.findings import Finding
    from rankscope.report.audit.subject import Subject

_PACKAGES = (
    "numpy",
    "scipy",
    "scikit-learn",
    "highspy",
    "pandas",
    "joblib",
    "altair",
    "vl-convert-python",
)
"""What numbers and pictures are made with."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding as it is printed: ``source`` is the number of its publication, 0 for none."""

    sign: Sign
    place: str
    sentence: str
    remedy: str
    id: str
    source: int


@dataclass(frozen=True, slots=True)
class Judged:
    """An area with its findings."""

    code: str
    title: str
    sign: Sign
    sentence: str
    counts: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Conclusions:
    """All findings by area, with the publications that rules come from, and the appendix."""

    areas: tuple[Judged, ...]
    counts: str
    rules: tuple[str, ...]
    methods: tuple[str, ...]
    definition: str
    versions: tuple[tuple[str, str], ...]
    command: str
    beside: str


def conclusions(subject: Subject) -> Conclusions:
    """Return all findings by area, and the appendix."""
    found, definition = subject.found, subject.material.index.definition
    rules = tuple(dict.fromkeys(one.source for one in found.findings if one.source))
    judged = tuple(
        Judged(
            code=area.code,
            title=area.title,
            sign=light_sign(area.light),
            sentence=area.sentence,
            counts=_counts(area.findings),
            remarks=tuple(_remark(subject, one, rules) for one in area.findings),
        )
        for area in found.areas
    )
    cited = set(rules)
    return Conclusions(
        areas=(*judged, *_rest(subject, rules)),
        counts=_counts(found.findings),
        rules=rules,
        methods=tuple(one for one in citations(definition) if one not in cited),
        definition=definition_text(definition),
        versions=_versions(),
        command=_command(subject),
        beside=_beside(subject),
    )


def _rest(subject: Subject, rules: tuple[str, ...]) -> tuple[Judged, ...]:
    """Return findings that bear on no area."""
    told = {one for area in subject.found.areas for one in area.findings}
    rest = tuple(one for one in subject.found.findings if one not in told)
    if not rest:
        return ()
    remarks = tuple(_remark(subject, one, rules) for one in rest)
    sign = Sign("grey", "Not judged")
    return (Judged("other", "What else was found", sign, "", _counts(rest), remarks),)


def _remark(subject: Subject, finding: Finding, rules: tuple[str, ...]) -> Remark:
    return Remark(
        sign=severity_sign(finding.severity),
        place=_place(subject, finding.place),
        sentence=starting(finding.sentence),
        remedy=finding.remedy,
        id=finding.id,
        source=rules.index(finding.source) + 1 if finding.source in rules else 0,
    )


def _place(subject: Subject, place: str) -> str:
    """Return the place of a finding by its name, where it is a node or a unit."""
    names = {node.code: node.name for node in subject.plan.nodes}
    if place in names:
        return names[place]
    return subject.name(place)


def _counts(findings: Sequence[Finding]) -> str:
    parts = [
        counted(count, word)
        for word in ("error", "warning", "note")
        for count in [sum(str(one.severity) == word for one in findings)]
        if count
    ]
    return ", ".join(parts) or "nothing"


def _versions() -> tuple[tuple[str, str], ...]:
    """Return what the numbers were computed with; the same on every platform."""
    found = [
        ("rankscope", str(sys.modules["rankscope"].__version__)),
        ("Python", f"{sys.version_info.major}.{sys.version_info.minor}"),
    ]
    for package in _PACKAGES:
        try:
            found.append((package, version(package)))
        except PackageNotFoundError:
            continue
    return tuple(found)


def _command(subject: Subject) -> str:
    """Return the command that repeats the audit."""
    found = subject.found
    parts = ["rankscope", "audit", _index_name(subject)]
    if found.view != HEADLINE:
        parts += ["--view", found.view]
    if found.period:
        parts += ["--period", _quoted(found.period)]
    if found.coherence.links.grouping:
        parts += ["--within", _quoted(found.coherence.links.grouping)]
    if _outside(subject):
        parts += ["--outside", "FILE"]
    if found.change is not None:
        parts += ["--since", "OLD"]
    asked = found.uncertainty.asked if found.uncertainty is not None else found.draws
    if asked:
        parts += ["--draws", str(asked)]
    return " ".join([*parts, "--seed", str(found.seed), "-o", "audit.html"])


def _index_name(subject: Subject) -> str:
    """Return how the index is named on the command line: by its catalogue name or its file."""
    from rankscope.catalogue.open import packaged

    index = subject.material.index
    if index.definition.name in packaged():
        return index.definition.name
    return _quoted(index.path.name or index.definition.name)


def _quoted(text: str) -> str:
    import shlex

    return shlex.quote(text)


def _outside(subject: Subject) -> list[str]:
    """Return the variables that are not in the context of the definition."""
    own = {one.code for one in subject.material.index.definition.context}
    return [one for one in subject.found.coherence.links.variables if one not in own]


def _beside(subject: Subject) -> str:
    """Say what the command needs beside the index."""
    parts = []
    if _outside(subject):
        parts.append("FILE is the table of variables outside the index")
    if subject.found.change is not None:
        old = subject.found.change.old
        parts.append(f"OLD is {old.title}, edition {old.edition}")
    return f"{'; '.join(parts)}." if parts else ""
