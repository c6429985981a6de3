"""Lights and severities as readers see them: a word and a class, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rankscope.analyses.audit import Light
    from rankscope.findings import Severity

_LIGHTS = {
    "green": "Sound",
    "amber": "Needs attention",
    "red": "Unsound",
    "grey": "Not judged",
}
_SEVERITIES = {"error": "Error", "warning": "Warning", "note": "Note"}


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign: its class, which gives shape and colour, and its word."""

    kind: str
    word: str


def light_sign(light: Light) -> Sign:
    """Return the sign of a light."""
    return Sign(str(light), _LIGHTS[str(light)])


def severity_sign(severity: Severity) -> Sign:
    """Return the sign of a severity."""
    return Sign(str(severity), _SEVERITIES[str(severity)])
