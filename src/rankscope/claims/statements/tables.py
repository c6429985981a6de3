"""The tables of verbs, topics, actors, scenarios and closed classes of words.

They are files beside this module; nothing about single words stands in code.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rankscope.claims.statements.phrasebook import Phrases

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Verb:
    """A row of the table of verbs: what somebody can be said to do.

    ``nouns`` stand for the act (``sanctions``) before one of ``noun_prepositions``;
    ``inverse`` forms have the one who acts as their object (``something that worries X``);
    ``toward`` are the prepositions before the other party, ``direct`` for none.
    ``act_subject`` verbs may be done by acts and documents (``sanctions limit``).
    ``kind`` is ``act``; ``claim``, ``speech``, ``denial`` or ``report`` for what is said.
    """

    key: str
    forms: tuple[str, ...]
    nouns: tuple[str, ...]
    inverse: tuple[str, ...]
    noun_prepositions: tuple[str, ...]
    toward: tuple[str, ...]
    topic: str
    kind: str
    act_subject: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A row of the table of topics.

    ``alone`` topics are about AI by themselves; the others need AI nearby.
    """

    key: str
    name: str
    words: tuple[str, ...]
    alone: bool
    touches: tuple[str, ...]
    scenarios: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """When a scenario explores a statement: the units it names, and its verbs."""

    key: str
    units: frozenset[str]
    verbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Known:
    """One name of the table of actors: what it names, its unit, whether in capitals."""

    kind: str
    code: str
    capital: bool


@cache
def verbs() -> Mapping[str, Verb]:
    """Return the verbs by their keys."""
    return {
        row["key"]: Verb(
            key=row["key"],
            forms=_split(row["forms"]),
            nouns=_split(row["nouns"]),
            inverse=_split(row["inverse"]),
            noun_prepositions=_split(row["noun_prepositions"]),
            toward=_split(row["toward"]),
            topic=row["topic"],
            kind=row["kind"],
            act_subject=row["act_subject"] == "yes",
            meaning=row["meaning"],
        )
        for row in _rows("verbs")
    }


@cache
def topics() -> Mapping[str, Topic]:
    """Return the topics by their keys."""
    return {
        row["key"]: Topic(
            row["key"],
            row["name"],
            _split(row["words"]),
            row["alone"] == "yes",
            _split(row["touches"]),
            _split(row["scenarios"]),
        )
        for row in _rows("topics")
    }


@cache
def scenarios() -> Mapping[str, Scenario]:
    """Return by its key when each scenario explores a statement."""
    return {
        row["key"]: Scenario(
            row["key"], frozenset(_split(row["units"])), frozenset(_split(row["verbs"]))
        )
        for row in _rows("scenarios")
    }


@cache
def actors() -> Phrases[Known]:
    """Return the names of the table of actors."""
    return Phrases(
        (name, Known(row["kind"], row["code"], name[0].isupper()))
        for row in _rows("actors")
        for name in _split(row["names"])
    )


@cache
def actor_codes() -> frozenset[str]:
    """Return the units and groups that the table of actors names."""
    return frozenset(row["code"] for row in _rows("actors") if row["code"])


@cache
def forms() -> Phrases[Verb]:
    """Return the forms of verbs."""
    return Phrases((form, verb) for verb in verbs().values() for form in verb.forms)


@cache
def inverse_forms() -> Phrases[Verb]:
    """Return the forms whose object is the one who acts."""
    return Phrases((form, verb) for verb in verbs().values() for form in verb.inverse)


@cache
def nouns() -> Phrases[Verb]:
    """Return the nouns that stand for acts."""
    return Phrases((noun, verb) for verb in verbs().values() for noun in verb.nouns)


@cache
def topic_words() -> Phrases[Topic]:
    """Return the words of topics."""
    return Phrases((word, topic) for topic in topics().values() for word in topic.words)


@cache
def closed(kind: str) -> frozenset[str]:
    """Return a closed class of words, in lower case."""
    return frozenset(
        word.lower()
        for row in _rows("words")
        if row["kind"] == kind
        for word in _split(row["words"])
    )


def _rows(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(";") if word.strip())
