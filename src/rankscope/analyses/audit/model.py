"""What an audit says: lights for areas, and recommendations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rankscope.findings import Finding


class Light(StrEnum):
    """The verdict on an area; grey is what could not be judged."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Area:
    """The verdict on one area: a question that a reader asks, and its answer.

    ``sentence`` gives the numbers that the light stands on (`rankscope.analyses.audit.lights`),
    ``findings`` are those that bear on it, the worst first.
    """

    code: str
    title: str
    light: Light
    sentence: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What to do, in words without jargon, and why; ``ids`` are those of the findings behind."""

    sentence: str
    why: str
    ids: tuple[str, ...]
