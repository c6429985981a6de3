"""What the cells of a definition's workbook mean: sheets, keys with dots, numbers and lists."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Any, get_args, get_origin

from rankscope._registry import methods_of, stages
from rankscope.definition.located import Loc
from rankscope.definition.model import Model
from rankscope.definition.wording import model_at

DATA, FRAMEWORK, METHOD, SOURCES = "Data", "Framework", "Method", "Sources"
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


def is_list(loc: Loc) -> bool:
    """Whether a key holds a list: by the model, or by the parameters of methods."""
    field = field_at(loc)
    if field is not None:
        annotation = field.annotation
        return any(get_origin(one) is tuple for one in (annotation, *get_args(annotation)))
    return loc[-1] in _list_parameters()


def field_at(loc: Loc) -> Any:
    """Return the field of the model at a location, or None."""
    owner: type[Model] | None = model_at(loc[:-1])
    fields = owner.model_fields if owner else {}
    return next((one for name, one in fields.items() if (one.alias or name) == loc[-1]), None)


def split_list(text: str) -> list[str]:
    """Return the members of a list that stands in one cell: ``0, 100`` or ``DEU; FRA``."""
    return [part.strip() for part in re.split("[,;]", text) if part.strip()]


def _list_parameters() -> set[str]:
    """Return the names of the parameters of methods that hold several values."""
    known = (method for stage in stages() for method in methods_of(stage).values())
    fields = (field for method in known for field in dataclasses.fields(method))
    return {one.name for one in fields if one.metadata["domain"].schema().get("type") == "array"}
