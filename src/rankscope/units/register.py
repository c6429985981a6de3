"""Registers: from the names that people write to the units that are meant."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from rankscope._words import join_words, nearest, visible
from rankscope.errors import UnitError
from rankscope.findings import Finding, error, raise_errors
from rankscope.units.folding import fold
from rankscope.units.unit import Resolved, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

COMPARISONS = 20_000
"""How many pairs of names one table may compare in search of the nearest (it is slow)."""


@dataclass(frozen=True, slots=True)
class Register:
    """Units that know their codes, names and groups; the order is that given.

    Raises
    ------
    UnitError
        When a code is empty or given twice; with all such rows.
    """

    units: tuple[Unit, ...]
    _by_code: Mapping[str, Unit] = field(init=False, repr=False, compare=False)
    _by_alpha2: Mapping[str, Unit] = field(init=False, repr=False, compare=False)
    _by_name: Mapping[str, tuple[Unit, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        raise_errors(_faulty_codes(self.units), UnitError)
        put = object.__setattr__
        put(self, "_by_code", {unit.code: unit for unit in self.units})
        put(self, "_by_alpha2", {unit.alpha2: unit for unit in self.units if unit.alpha2})
        put(self, "_by_name", _by_name(self.units))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all units, in order."""
        return tuple(self._by_code)

    def __len__(self) -> int:
        return len(self.units)

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.units)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def get(self, code: str) -> Unit:
        """Return the unit with this very code.

        Raises
        ------
        UnitError
            When there is none.
        """
        if code not in self._by_code:
            finding = self._unknown(code)
            raise UnitError(str(finding), (finding,))
        return self._by_code[code]

    def find(self, text: str) -> Unit:
        """Return the unit that a text means.

        It is read as a code; as an alpha-2 code when it is two capital letters; as a
        name, official name or alias, where only what ``fold`` levels may differ.

        Raises
        ------
        UnitError
            When no unit or more than one goes by the text; names the nearest, or all.
        """
        found = self._candidates(text)
        if len(found) != 1:
            finding = self._problem(text, found)
            raise UnitError(str(finding), (finding,))
        return found[0]

    def find_all(self, texts: Sequence[str], places: Sequence[str] = ()) -> Resolved:
        """Return the codes of all texts, and all that is wrong with them together.

        One unit under two names is a collision.  One name in several rows is none: a
        panel repeats its units.  ``places`` says where each text stands; by default
        ``row 1`` and so on.
        """
        where = places or [f"row {row}" for row in range(1, len(texts) + 1)]
        first = {text: row for row, text in reversed(list(enumerate(texts)))}
        found = {text: self._candidates(text) for text in dict.fromkeys(texts)}
        bad = [text for text in found if len(found[text]) != 1]
        helped = max(1, COMPARISONS // max(1, len(self._by_name)))
        problems = [
            self._problem(text, found[text], where[first[text]], suggest=count < helped)
            for count, text in enumerate(bad)
        ]
        known = {text: units[0] for text, units in found.items() if len(units) == 1}
        collisions = _collisions(known, {text: where[first[text]] for text in known})
        codes = (known[text].code if text in known else None for text in texts)
        return Resolved(tuple(codes), (*problems, *collisions))

    def groups(self) -> dict[str, tuple[str, ...]]:
        """Return the codes in each region, income group and bloc, by the group's name."""
        members = defaultdict[str, list[str]](list)
        for unit in self.units:
            for group in unit.groups:
                members[group].append(unit.code)
        return {group: tuple(codes) for group, codes in members.items()}

    def _candidates(self, text: str) -> tuple[Unit, ...]:
        """Return all units that a text may mean."""
        tidy = text if text in self._by_code else text.strip()
        if tidy in self._by_code:
            return (self._by_code[tidy],)
        if tidy in self._by_alpha2:
            return (self._by_alpha2[tidy],)
        alike = self._by_name.get(fold(tidy), ())
        # Of names that fold alike, "Łódź" and "Lodz", the one so spelled is meant.
        exact = tuple(unit for unit in alike if tidy in unit.names)
        return exact if len(exact) == 1 else alike

    def _problem(
        self, text: str, found: Sequence[Unit], place: str = "", *, suggest: bool = True
    ) -> Finding:
        """Say why a text means no one unit."""
        if not found:
            return self._unknown(text, place, suggest=suggest)
        return error(
            "unit-ambiguous",
            place,
            f"{_quoted(text)} may mean {join_words(str(unit) for unit in found)}.",
            f"Write the code: {join_words(visible(unit.code) for unit in found)}.",
        )

    def _unknown(self, text: str, place: str = "", *, suggest: bool = True) -> Finding:
        """Say that no unit goes by a text, and who comes nearest."""
        close = self._nearest(text) if suggest else ()
        meant = f"Did you mean {join_words(str(unit) for unit in close)}? " if close else ""
        leave = ", or leave the row out" if place else ""
        return error(
            "unit-unknown",
            place,
            f"No unit goes by {_quoted(text)}.",
            f"{meant}Write its code or a name of the register{leave}.",
        )

    def _nearest(self, text: str) -> tuple[Unit, ...]:
        """Return the units with the names or codes most like a text."""
        folds = nearest(fold(text), self._by_name)
        units = chain.from_iterable(self._by_name[name] for name in folds)
        by_code = (self._by_code[code] for code in nearest(text, self._by_code, 1))
        return tuple(dict.fromkeys([*units, *by_code]))[:3]


def own_register(
    codes_and_names: Iterable[tuple[str, str]],
    *,
    groups: Mapping[str, Iterable[str]] | None = None,
) -> Register:
    """Make the register of a file's own units: universities, districts.

    Codes are text and stay as they are ("007").  Several units may have one name, which
    then is ambiguous; the codes still tell them apart.

    Raises
    ------
    UnitError
        When a code is empty or given twice, or a group holds a code that is not there.
    """
    register = Register(tuple(Unit(code, name) for code, name in codes_and_names))
    if not groups:
        return register
    blocs = defaultdict[str, list[str]](list)
    for group, codes in groups.items():
        for code in dict.fromkeys(codes):
            blocs[register.get(code).code].append(group)
    return Register(tuple(replace(unit, blocs=tuple(blocs[unit.code])) for unit in register))


def _by_name(units: Iterable[Unit]) -> dict[str, tuple[Unit, ...]]:
    """Return the units that go by each folded name."""
    found: dict[str, tuple[Unit, ...]] = {}
    for unit in units:
        for folded in {fold(name) for name in (*unit.names, *unit.shared)}:
            found[folded] = (*found.get(folded, ()), unit)
    found.pop("", None)
    return found


def _faulty_codes(units: Sequence[Unit]) -> list[Finding]:
    """Return a finding for each code that is empty or was there before."""
    findings = []
    before: dict[str, Unit] = {}
    for row, unit in enumerate(units, start=1):
        place = f"row {row}"
        if not unit.code.strip():
            said = f"The code of {_quoted(unit.name)} is empty."
            findings.append(error("unit-code-empty", place, said, "Give each unit a code."))
        elif unit.code in before:
            said = f"{unit} has the code of {_quoted(before[unit.code].name)}."
            findings.append(error("unit-code-twice", place, said, "Give each unit its own code."))
        before[unit.code] = unit
    return findings


def _collisions(known: Mapping[str, Unit], places: Mapping[str, str]) -> list[Finding]:
    """Return a finding for each unit that is meant by more than one text."""
    texts = defaultdict[Unit, list[str]](list)
    for text, unit in known.items():
        texts[unit].append(text)
    return [
        error(
            "unit-collision",
            join_words((places[text] for text in spellings), "and"),
            f"{join_words(map(_quoted, spellings), 'and')} are one unit, {unit}.",
            "Keep one of the rows; if they are different periods, use one name.",
        )
        for unit, spellings in texts.items()
        if len(spellings) > 1
    ]


def _quoted(text: str) -> str:
    return f'"{visible(text)}"'
