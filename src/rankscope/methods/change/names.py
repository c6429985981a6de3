"""A list of codes or names, which may be written as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rankscope._domains import Domain, Text


@dataclass(frozen=True, slots=True)
class Names(Domain):
    """Codes or names of what is found elsewhere; one alone needs no list.

    There must be ``least`` of them.
    """

    what: str
    least: int = 0

    def read(self, value: object) -> tuple[str, ...]:
        """Return the names."""
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, list | tuple) or len(given) < self.least:
            raise ValueError(value)
        return tuple(Text(self.what).read(one).strip() for one in given)

    def write(self, value: Any) -> list[str]:
        """Return the list that a file writes."""
        return list(value)

    def words(self) -> str:
        """Return the domain in words."""
        return f"a list of {self.what}" + f", at least {self.least}" * (self.least > 0)

    def schema(self) -> dict[str, Any]:
        """Return the domain as JSON Schema."""
        one = {"type": "string", "minLength": 1}
        least = {"minItems": self.least} if self.least else {}
        return {"anyOf": [one, {"type": "array", "items": one, **least}]}

    def examples(self) -> tuple[tuple[str, ...], ...]:
        """Return no name where none may be, and one."""
        return tuple(names for names in ((), ("AAA",)) if len(names) >= self.least)


PARTNERS = Names("units or groups of units", least=1)
"""Whom an act needs besides those that it befalls."""
