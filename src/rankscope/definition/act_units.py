"""Whom the acts of a scenario name, as far as that can be told without a table.

Countries and their groups are known; units of a table's own register, and groups of its own
groupings, are known only when the scenario is played.
"""

from __future__ import annotations

from dataclasses import dataclass

from rankscope._words import did_you_mean
from rankscope.definition.model import IndexDefinition
from rankscope.errors import UnitError
from rankscope.units import fold, iso3166


@dataclass(frozen=True, slots=True)
class Named:
    """What a name means: the codes of units, and whether it is that of a group.

    ``problem`` and ``mend`` say why it means nothing; a name that can not be judged has
    neither, and stands for itself.
    """

    said: str
    codes: tuple[str, ...]
    is_group: bool = False
    problem: str = ""
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What names of units mean in a definition: with groups by their folded names.

    ``is_open`` says that the table may have units or groups that the definition does not tell.
    """

    is_open: bool
    countries: bool
    groups: dict[str, tuple[str, ...]]
    left_out: frozenset[str]
    kept: frozenset[str]

    def meaning(self, said: str, made: frozenset[str]) -> Named:
        """Return what a name means where some units were ``made`` by acts before."""
        name = said.strip()
        if name in made or not self.countries:
            return Named(said, (name,))
        if fold(name) in self.groups:
            return Named(said, self.groups[fold(name)], is_group=True)
        try:
            code = iso3166().find(name).code
        except UnitError as unknown:
            return self._unknown(said, unknown)
        if code in self.left_out or (self.kept and code not in self.kept):
            key = "exclude" if code in self.left_out else "include"
            verb = "leaves out" if code in self.left_out else "does not keep"
            return Named(said, (code,), problem=f"which units.{key} {verb}", mend="Name another.")
        return Named(said, (code,))

    def _unknown(self, said: str, unknown: UnitError) -> Named:
        if self.is_open:
            return Named(said, (said.strip(),))
        finding = unknown.findings[0]
        if finding.id == "unit-ambiguous":
            return Named(said, (), problem="which may be several", mend=finding.remedy)
        groups = did_you_mean(said, list(iso3166().groups()))
        mend = groups if groups.startswith("Did") else finding.remedy
        return Named(said, (), problem="and no country and no group has it", mend=mend)


def names_of(definition: IndexDefinition) -> Names:
    """Return what names of units mean in a definition."""
    units = definition.units
    countries = units.register_ == "iso3166"
    return Names(
        is_open=any(one.kind == "group" for one in definition.context),
        countries=countries,
        groups={fold(name): codes for name, codes in iso3166().groups().items()}
        if countries
        else {},
        left_out=_codes(units.exclude, countries),
        kept=_codes(units.include, countries),
    )


def _codes(said: tuple[str, ...], countries: bool) -> frozenset[str]:
    return frozenset(map(_code, said)) if countries else frozenset(said)


def _code(said: str) -> str:
    try:
        return iso3166().find(said).code
    except UnitError:
        return said
