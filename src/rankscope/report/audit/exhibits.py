"""Tables and figures of the audit report: what each shows, and one sentence on what to see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

SHOWN = 12
"""So many rows of a long table are shown; the others are in a fold."""

_SHORT = 20


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar: its class in the style sheet, where it starts and how wide, in percent."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, how it stands out, where it leads, and perhaps a bar.

    ``tone`` is ``bad`` or ``soft`` or empty; ``indent`` counts levels of a tree.
    """

    text: str
    tone: str = ""
    link: str = ""
    indent: int = 0
    bar: tuple[Segment, ...] = ()


Given: TypeAlias = "str | Cell"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, and whether it holds numbers."""

    title: str
    numbers: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; the first cell of each row names it.  ``shown`` rows come before the fold.

    ``rest`` is what the rows in the fold are called.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shown: int
    rest: str = ""

    @property
    def first(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the rows before the fold."""
        return self.rows[: self.shown]

    @property
    def others(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the rows in the fold."""
        return self.rows[self.shown :]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture with what it shows in words; ``narrow`` is for phones, None where one does."""

    label: str
    wide: Markup
    narrow: Markup | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A table or figure: ``item`` of the audit's list, and ``sees``, what to see in it.

    ``folded`` pictures are in a fold that is called ``rest``; ``notes`` say how to read it.
    Where there is nothing to show, ``problem`` says why.
    ``label`` and ``anchor`` are given when all stand in order.
    """

    item: int
    title: str
    sees: str = ""
    sheet: Sheet | None = None
    drawings: tuple[Drawing, ...] = ()
    folded: tuple[Drawing, ...] = ()
    rest: str = ""
    notes: str = ""
    problem: str = ""
    also: tuple[int, ...] = ()
    label: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section: what it asks, in a title and a lead, and its tables and figures.

    ``areas`` are the codes of the areas that it bears on.
    """

    anchor: str
    title: str
    short: str
    lead: str
    exhibits: tuple[Exhibit, ...]
    areas: tuple[str, ...] = ()
    number: int = 0


def sheet(
    columns: Sequence[str], rows: Iterable[Sequence[Given]], *, words: int = 1, rest: str = "rows"
) -> Sheet:
    """Return a table: the first ``words`` columns hold words, those ending in ``*`` too.

    Long tables are folded after a few rows; ``rest`` is what the others are called.
    """
    heads = tuple(
        Column(title.rstrip("*"), at >= words and not title.endswith("*"))
        for at, title in enumerate(columns)
    )
    cells = tuple(tuple(one if isinstance(one, Cell) else Cell(one) for one in row) for row in rows)
    shown = len(cells) if len(cells) <= _SHORT else SHOWN
    return Sheet(heads, cells, shown, f"The other {len(cells) - shown:,} {rest}")


def absent(item: int, title: str, problem: str, *, also: tuple[int, ...] = ()) -> Exhibit:
    """Return what stands in place of a table or figure that there is not, and of some others."""
    return Exhibit(item, title, problem=problem, also=also)


def numbered(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return the sections with their numbers, and tables and figures with theirs."""
    counts = {"Table": 0, "Figure": 0}
    found = []
    for number, section in enumerate(sections, start=1):
        shown = map(_without_nothing, section.exhibits)
        exhibits = tuple(
            _labelled(one, counts) for one in shown if one.problem or one.sheet or one.drawings
        )
        found.append(replace(section, number=number, exhibits=exhibits))
    return tuple(found)


def _without_nothing(exhibit: Exhibit) -> Exhibit:
    """Return a table or figure without pictures that could not be drawn."""
    return replace(exhibit, drawings=tuple(one for one in exhibit.drawings if one.wide))


def _labelled(exhibit: Exhibit, counts: dict[str, int]) -> Exhibit:
    if exhibit.problem:
        return exhibit
    kind = "Figure" if exhibit.drawings else "Table"
    counts[kind] += 1
    anchor = f"{kind.lower()}-{counts[kind]}"
    return replace(exhibit, label=f"{kind} {counts[kind]}", anchor=anchor)
