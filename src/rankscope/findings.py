"""Findings: what a check saw, where, how bad it is and how to mend it.

Checks never print and never stop at the first fault: they return findings, and
the same finding appears in the terminal, in JSON and in HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Severity(StrEnum):
    """How bad a finding is; only an error stops the work."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check saw.

    ``id`` is stable and documented (``docs/findings.md``); ``place`` is a
    ``file:line``, a cell, or the code of a unit or indicator; ``sentence`` says
    what is wrong with the value in it, ``remedy`` the way out, ``source`` the publication
    that the rule or its threshold comes from, where there is one.
    """

    id: str
    severity: Severity
    place: str
    sentence: str
    remedy: str = ""
    source: str = ""

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return f"{place}{self.sentence} {self.remedy}".rstrip()


def error(id: str, place: str, sentence: str, remedy: str = "") -> Finding:
    """Make a finding that stops the work."""
    return Finding(id, Severity.ERROR, place, sentence, remedy)


def warning(id: str, place: str, sentence: str, remedy: str = "") -> Finding:
    """Make a finding that the reader must know but that stops nothing."""
    return Finding(id, Severity.WARNING, place, sentence, remedy)


def note(id: str, place: str, sentence: str, remedy: str = "") -> Finding:
    """Make a finding that is merely worth knowing."""
    return Finding(id, Severity.NOTE, place, sentence, remedy)


def errors_among(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings that stop the work, in their order."""
    return tuple(one for one in findings if one.severity is Severity.ERROR)


def raise_errors(
    findings: Sequence[Finding], kind: Callable[[str, Sequence[Finding]], Exception]
) -> None:
    """Raise all errors among the findings together, as one exception of ``kind``.

    Raises
    ------
    RankscopeError
        Of the given kind, with one line for each error.
    """
    found = errors_among(findings)
    if found:
        raise kind("\n".join(str(one) for one in found), found)
