"""All findings by area, the worst first, with the publications that the rules come from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope._words import join_words
from rankscope.pages.words import counted, starting
from rankscope.report.audit.signs import Sign, light_sign, severity_sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.findings import Finding
    from rankscope.report.audit.subject import Subject

"""What numbers and pictures are made with."""


_OF_A_KIND = 4
"""So many findings of a kind are shown in each area, the others are in a fold."""


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

    @property
    def first(self) -> tuple[Remark, ...]:
        """Return the findings that are shown at once: the first few of each kind."""
        return tuple(one for at, one in enumerate(self.remarks) if self._before(at) < _OF_A_KIND)

    @property
    def more(self) -> tuple[Remark, ...]:
        """Return the others, which say the same of something else."""
        return tuple(one for at, one in enumerate(self.remarks) if self._before(at) >= _OF_A_KIND)

    def _before(self, at: int) -> int:
        """Return how many findings of the same kind stand before one."""
        return sum(one.id == self.remarks[at].id for one in self.remarks[:at])


@dataclass(frozen=True, slots=True)
class Conclusions:
    """All findings by area, with the publications that rules come from."""

    areas: tuple[Judged, ...]
    counts: str
    rules: tuple[str, ...]


def conclusions(subject: Subject) -> Conclusions:
    """Return all findings by area."""
    found = subject.found
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
    return Conclusions(
        areas=(*judged, *_rest(subject, rules)),
        counts=_counts(found.findings),
        rules=rules,
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
        sentence=_sentence(subject, finding),
        remedy=finding.remedy,
        id=finding.id,
        source=rules.index(finding.source) + 1 if finding.source in rules else 0,
    )


def _place(subject: Subject, place: str) -> str:
    """Return the place of a finding by its name, where it is a node or a unit."""
    return ", ".join(_named(subject, one) for one in place.split(", "))


def _named(subject: Subject, code: str) -> str:
    """Return the name of a node, a unit or a variable; anything else as it is."""
    definition = subject.material.index.definition
    names = {one.code: starting(definition.variable_name(one.code)) for one in definition.context}
    names |= {node.code: node.name for node in subject.plan.nodes}
    return names.get(code) or subject.name(code)


def _sentence(subject: Subject, finding: Finding) -> str:
    """Return what was found, with the names of its places where the sentence has their codes."""
    code, said = finding.place, finding.sentence
    if code and said.startswith(f"{code} "):
        said = f"{_named(subject, code)}{said[len(code) :]}"
    elif ", " in code:
        named = {one: _named(subject, one) for one in code.split(", ")}
        said = re.sub(r"\w+", lambda found: named.get(found[0], found[0]), said)
    return starting(said)


def _counts(findings: Sequence[Finding]) -> str:
    parts = [
        counted(count, word)
        for word in ("error", "warning", "note")
        for count in [sum(str(one.severity) == word for one in findings)]
        if count
    ]
    return join_words(parts, "and") or "nothing"
