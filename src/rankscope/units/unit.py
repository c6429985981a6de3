"""What is ranked, and the codes of many names at once."""

from __future__ import annotations

from dataclasses import dataclass

from rankscope._words import visible
from rankscope.errors import UnitError
from rankscope.findings import Finding, raise_errors

GROUPINGS = ("income", "region", "subregion")
"""Groupings that every index of countries has: attributes of a `Unit`."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is ranked: a country, a university, a district.

    ``shared`` holds names that other units go by as well ("Congo"): they never lead
    to a unit, but the error then lists who is meant by them.  Whatever a source does
    not say is empty.
    """

    code: str
    name: str
    alpha2: str = ""
    numeric: str = ""
    official: str = ""
    region: str = ""
    subregion: str = ""
    income: str = ""
    blocs: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names that mean this unit: name, official name and aliases."""
        return tuple(name for name in (self.name, self.official, *self.aliases) if name)

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups it belongs to: region, income group and blocs."""
        income = f"{self.income} income" if self.income else ""
        return tuple(group for group in (self.region, income, *self.blocs) if group)

    def __str__(self) -> str:
        return f"{visible(self.name)} ({visible(self.code)})"


@dataclass(frozen=True, slots=True)
class Resolved:
    """The codes of many names, ``None`` where there is no telling, and what was wrong."""

    codes: tuple[str | None, ...]
    findings: tuple[Finding, ...] = ()

    def or_raise(self) -> tuple[str, ...]:
        """Return the codes when all names are known.

        Raises
        ------
        UnitError
            With all unknown, ambiguous and colliding names at once.
        """
        raise_errors(self.findings, UnitError)
        return tuple(code for code in self.codes if code is not None)
