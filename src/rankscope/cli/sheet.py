"""What a command answers: one content, for readers and for machines alike.

A row is a mapping that machines get whole; a column says how a reader sees a part of it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Row: TypeAlias = Mapping[str, Any]

ABSENT = "–"
"""What a reader sees where there is no value."""

AHEAD, BEHIND, QUIET, STRONG = "color(33)", "color(208)", "dim", "bold"
"""Blue and orange, which the colour-blind tell apart; no meaning hangs on colour alone."""


def _no_style(_: Row) -> str:
    return ""


def _never(_: Row) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Column:
    """How a reader sees a part of each row; ``flexible`` text may be wrapped."""

    title: str
    text: Callable[[Row], str]
    right: bool = False
    flexible: bool = False
    style: Callable[[Row], str] = _no_style


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; ``narrower`` are the columns to show instead where the window is too small.

    ``total`` stands below the rows, for readers only; rows that are ``hidden`` are for
    machines only.
    """

    key: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    title: str = ""
    narrower: tuple[tuple[Column, ...], ...] = ()
    total: Row | None = None
    hidden: Callable[[Row], bool] = _never

    @property
    def lines(self) -> tuple[Row, ...]:
        """Return the rows that a reader sees."""
        shown = tuple(row for row in self.rows if not self.hidden(row))
        return shown if self.total is None else (*shown, self.total)


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a command has to say.

    ``facts`` are the first keys of the JSON, followed by the rows of each sheet under
    the sheet's key; CSV is the first sheet.  ``lines`` stand above the sheets and
    ``notes`` below, for readers only.
    """

    facts: Mapping[str, Any]
    sheets: tuple[Sheet, ...]
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def text(title: str, key: str, *, flexible: bool = False, style: str = "") -> Column:
    """Make a column of texts."""
    return Column(title, lambda row: str(row[key]), flexible=flexible, style=lambda _: style)


def number(title: str, key: str, form: str = ".1f") -> Column:
    """Make a column of numbers, aligned at the right."""
    return Column(title, lambda row: shown(row[key], form), right=True)


def shown(value: float | None, form: str = ".1f") -> str:
    """Return a number as a reader sees it; zero never has a sign."""
    if value is None or math.isnan(value):
        return ABSENT
    said = format(value, form)
    return said if any(digit in said for digit in "123456789") else said.lstrip("+-")


def raw(title: str, key: str) -> Column:
    """Make a column of raw values."""
    return Column(title, lambda row: figure(row[key], row.get("decimals")), right=True)


def place(rank: int, of: int) -> str:
    """Return a rank as a reader sees it: ``3 of 155``."""
    return f"{rank} of {of}" if rank else ABSENT


def figure(value: float | None, decimals: int | None = None) -> str:
    """Return a raw value; unless told, with six figures at most and all before the point."""
    if decimals is None:
        large = value is not None and 1e5 <= abs(value) < 1e15
        return shown(value, ",.0f" if large else ",.6g")
    return shown(value, f",.{decimals}f")


def percent(share: float) -> str:
    """Return a share in per cent; only all is 100%, and only nothing 0%."""
    if math.isnan(share):
        return ABSENT
    if share in (0.0, 1.0) or 0.01 <= share < 0.99:
        return f"{share:.0%}"
    return f"{math.floor(share * 1000) / 10:.1f}%"
