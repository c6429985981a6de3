"""The tables of names: units, indices, publishers, fields and groups as texts call them.

The tables are files beside this module; a line more is a name more.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rankscope.claims.tokens import tokens
from rankscope.units import iso3166

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rankscope.claims.tokens import Token

_TABLES = Path(__file__).with_name("tables")


class Named(StrEnum):
    """What a name in the tables names."""

    UNIT = "unit"
    DEMONYM = "demonym"
    EPITHET = "epithet"
    INDEX = "index"
    PUBLISHER = "publisher"
    HOUSE = "house"
    """A publisher of many things: it stands for its index only beside words of a ranking."""
    FIELD = "field"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Name:
    """One name: its words in lower case, what it names, and how it must be written."""

    words: tuple[str, ...]
    named: Named
    key: str
    first: str
    """The first word as the table writes it, for its capital; "" where case does not matter."""

    def begins_like(self, token: Token) -> bool:
        """Tell whether a token is written as the name begins: a capital where it has one."""
        if not self.first or not self.first[0].isupper():
            return True
        short = len(self.first) <= 4 and self.first.isupper()
        return token.text.startswith(self.first) if short else token.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of an index: its year, which one it is, how many units it ranks, since when."""

    index: str
    year: int
    ordinal: int | None
    sizes: tuple[int, ...]
    since: str


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of one table."""
    with (_TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def words(module: str, name: str) -> frozenset[str]:
    """Return a set of words that a module of the grammar reads by: a line of ``words.csv``."""
    found = next(row for row in table("words") if (row["module"], row["set"]) == (module, name))
    return frozenset(found["words"].split())


@cache
def titles() -> Mapping[str, str]:
    """Return the title of every index, by its key."""
    return {row["key"]: row["title"] for row in table("indices")}


@cache
def editions(index: str) -> tuple[Edition, ...]:
    """Return the known editions of an index, oldest first."""
    return tuple(
        Edition(
            index,
            int(row["year"]),
            int(row["ordinal"]) if row["ordinal"] else None,
            tuple(int(size) for size in row["sizes"].split(";") if size),
            row["from"],
        )
        for row in table("editions")
        if row["index"] == index
    )


@cache
def fields_called(name: str) -> Mapping[str, str]:
    """Return, by index, the field that goes by a name in lower case."""
    return {
        row["index"]: row["field"]
        for row in table("fields")
        if name in row["names"].lower().split(";")
    }


@cache
def members(group: str) -> frozenset[str]:
    """Return the codes of a group's units: listed, or by region, part of a region or bloc."""
    row = next((row for row in table("groups") if row["group"] == group), None)
    wanted = row["members"].split(";") if row else []
    return frozenset(
        unit.code
        for unit in iso3166()
        if unit.code in wanted
        or f"region:{unit.region}" in wanted
        or f"sub:{unit.subregion}" in wanted
        or any(f"bloc:{bloc}" in wanted for bloc in unit.blocs)
    )


@cache
def _names() -> Mapping[str, tuple[Name, ...]]:
    """Return all names by their first word, the longest first."""
    by_word: dict[str, list[Name]] = {}
    for name in _all_names():
        by_word.setdefault(name.words[0], []).append(name)
    return {
        word: tuple(sorted(names, key=lambda name: -len(name.words)))
        for word, names in by_word.items()
    }


def _all_names() -> Iterator[Name]:
    for unit in iso3166():
        yield from _named(unit.names, Named.UNIT, unit.code)
    for row in table("places"):
        yield from _named(row["demonyms"].split(";"), Named.DEMONYM, row["code"])
        yield from _named(row["capitals"].split(";"), Named.UNIT, row["code"])
        yield from _named(row["epithets"].split(";"), Named.UNIT, row["code"])
    for row in table("epithets"):
        yield from _named(row["names"].split(";"), Named.EPITHET, row["candidates"], anyhow=True)
    for row in table("indices"):
        for name in row["names"].split(";"):
            yield from _named([name], Named.INDEX, row["key"], anyhow=" " in name)
        yield from _named(row["publishers"].split(";"), Named.PUBLISHER, row["key"])
        yield from _named(row["houses"].split(";"), Named.HOUSE, row["key"])
    for name in sorted({name for row in table("fields") for name in row["names"].split(";")}):
        yield from _named([name], Named.FIELD, name.lower(), anyhow=True)
    for row in table("groups"):
        yield from _named(row["names"].split(";"), Named.GROUP, row["group"])


def _named(texts: Sequence[str], named: Named, key: str, *, anyhow: bool = False) -> Iterator[Name]:
    for text in texts:
        split = tokens(text)
        if split:
            words = tuple(token.lower for token in split)
            yield Name(words, named, key, "" if anyhow else split[0].text)


def name_at(given: Sequence[Token], at: int) -> Name | None:
    """Return the longest name of the tables that begins at a token.

    A possessive ends a name (``Tortoise Media's``); a hyphen may stand for a space.
    """
    for name in _names().get(_bare(given[at].lower), ()):
        if _continues(name.words, given, at) and name.begins_like(given[at]):
            return name
    return None


def _continues(words: Sequence[str], given: Sequence[Token], at: int) -> bool:
    if at + len(words) > len(given):
        return False
    *before, last = (token.lower for token in given[at : at + len(words)])
    return before == list(words[:-1]) and last in {words[-1], f"{words[-1]}'s"}


def _bare(word: str) -> str:
    return word.removesuffix("'s")
