"""What the cells of a definition's workbook mean: sheets, keys with dots, numbers and lists."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Any, get_args, get_origin

from rankscope._workbook import letters
from rankscope.definition.located import Loc, Located
from rankscope.definition.model import Model
from rankscope.definition.wording import model_at
from rankscope.definition.workbook_values import EMPTY, NOTHING, PAIRS, pairs_of

DATA, FRAMEWORK, METHOD, SOURCES = "Data", "Framework", "Method", "Sources"
WEIGHTS, VARIANTS, PUBLISHED = "Weights", "Variants", "Published"
TIES, SCENARIOS = "Ties", "Scenarios"
AGGREGATE, INDICATOR, VARIABLE = "Aggregate", "Indicator", "Variable"
SOURCE_KEYS = ("code", "publisher", "title", "address", "licence", "note")

NODE_LOC: Loc = ("framework",)


def cell_text(value: object) -> str | None:
    """Return what a cell says as text, as a person sees it: 2026, 0.5, true; None when empty."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """The cells with text, by row and column, counted from 1."""

    file: str
    title: str
    rows: tuple[tuple[int, dict[int, str]], ...]

    def place(self, row: int, column: int) -> str:
        """Return the name of a cell."""
        return f"{self.file}!{self.title}!{letters(column - 1)}{row}"

    def header(self) -> dict[int, str]:
        """Return the keys of the columns."""
        return (
            {column: text.strip() for column, text in self.rows[0][1].items()} if self.rows else {}
        )


def value_of(
    text: str | None, place: str, *, as_list: bool, as_member: bool, loc: Loc
) -> Located | None:
    """Return the value of a cell under a key, or None where an empty cell says nothing."""
    if loc[-1] in PAIRS:
        return pairs_of(text, place) if text and text.strip() else None
    if as_list:
        return Located(tuple(Located(part, place) for part in split_list(text or "")), place)
    if text is None and as_member:
        return Located("", place)  # such as the empty text that stands for missing
    if text is None or as_member:
        return None if text is None else Located(text, place)
    said = text.strip()  # blanks that nobody sees in a cell mean nothing
    if said == NOTHING and is_optional(loc):
        return Located(None, place)
    return Located(said, place) if said else None


def is_list(loc: Loc) -> bool:
    """Whether a key of the model holds a list."""
    within = isinstance(loc[-1], str) and loc[-1].isdecimal()
    field = field_at(loc[:-1] if within else loc)
    if field is None or loc[-1] in PAIRS:
        return False
    kinds = (field.annotation, *get_args(field.annotation))
    if within:  # a list in a list, such as the aggregations of one level
        return get_origin(field.annotation) is tuple and get_origin(kinds[1]) is tuple
    return any(get_origin(one) is tuple for one in kinds)


def is_optional(loc: Loc) -> bool:
    """Whether a key of the model holds a number or nothing, or a method that may be none."""
    field = field_at(loc)
    kinds = get_args(field.annotation) if field is not None else ()
    texts = any("str" in str(kind) for kind in kinds)
    methods = loc[:2] == ("variants", "method") or loc == ("assumptions", "weights")
    return type(None) in kinds and (not texts or methods)


def field_at(loc: Loc) -> Any:
    """Return the field of the model at a location, or None."""
    owner: type[Model] | None = model_at(loc[:-1])
    fields = owner.model_fields if owner else {}
    return next((one for name, one in fields.items() if (one.alias or name) == loc[-1]), None)


def split_list(text: str) -> list[str]:
    """Return the members of a list that stands in one cell: ``0, 100`` or ``DEU; FRA``."""
    if text.strip() == EMPTY:
        return []
    return [part.strip() for part in re.split("[,;]", text) if part.strip()]
