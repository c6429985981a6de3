"""What sort of quantity an indicator is, where the other tool does not say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.data.numbers import read_numbers
from rankscope.exchange.tree import single_period
from rankscope.findings import Finding, note

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rankscope.exchange.entries import Entry
    from rankscope.exchange.files import Table
    from rankscope.exchange.tree import Given
    from rankscope.shapes import Vector

PERCENT = frozenset({"%", "percent", "per cent", "percentage", "pct"})

_WHY = {
    "amount": "amount, having a denominator",
    "share": "share, with percent as unit",
    "interval": "interval, for want of anything else",
}


def guess_kind(unit: str, values: Vector, *, denominated: bool) -> str:
    """Return amount for what has a denominator, share for percentages, else interval.

    ``values`` are of shape (rows,); percentages beyond 0 to 100, such as growth rates,
    are no parts of a whole.
    """
    if denominated:
        return "amount"
    present = values[~np.isnan(values)]
    whole = bool(((present >= 0) & (present <= 100)).all())
    return "share" if unit.strip().casefold() in PERCENT and whole else "interval"


def guessed_kinds(kinds: Iterable[str], place: str) -> tuple[Finding, ...]:
    """Return a note that says how many indicators were taken for what."""
    counts = Counter(kinds)
    if not counts:
        return ()
    taken = join_words(
        (f"{counts[one]} as {why}" for one, why in _WHY.items() if counts[one]), "and"
    )
    said = f"The kinds of {sum(counts.values())} indicators are guessed: {taken}."
    return (note("import-kind", place, said, "Correct `kind:` where it is wrong."),)


def kinds_of(given: Given) -> dict[str, str]:
    """Return the kinds of those indicators that name none, by their codes."""
    kinds = {}
    for entry in given.entries:
        if entry.type == "Indicator" and "kind" not in entry.keys:
            unit, divided = entry.keys.get("unit", ""), "denominator" in entry.keys
            values = _values(given.table, entry.code)
            kinds[entry.code] = guess_kind(unit, values, denominated=divided)
    return kinds


def _values(table: Table, code: str) -> Vector:
    column = table.grid.find(code)
    texts = table.grid.column(column) if column is not None else []
    return read_numbers(texts, table.spec).values if texts else np.empty(0)


def with_kinds(given: Given, guessed: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return the entries with kinds, years, and columns told apart: numbers or names."""
    year = single_period(given.table)
    return tuple(_with_kind(one, guessed, given.table, year) for one in given.entries)


def _with_kind(entry: Entry, guessed: Mapping[str, str], table: Table, year: str) -> Entry:
    if entry.type == "Aggregate":
        return entry
    if entry.type == "Indicator":
        told = {"year": year} if year else {}
        kind = guessed.get(entry.code, entry.keys.get("kind"))
        return replace(entry, keys={**entry.keys, **told, "kind": kind})
    names = entry.type == "Group" or (entry.type == "Other" and _wordy(table, entry.code))
    other = "amount" if entry.type == "Denominator" else "interval"
    kind = "group" if names else entry.keys.get("kind", other)
    return replace(entry, keys={**entry.keys, "kind": kind})


def _wordy(table: Table, code: str) -> bool:
    """Whether a column holds anything that is no number."""
    column = table.grid.find(code)
    texts = table.grid.column(column) if column is not None else []
    return bool(texts) and bool(read_numbers(texts, table.spec).faults)
