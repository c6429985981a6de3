"""The table of ``rankscope sensitivity`` of what each option does by itself."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from rankscope.cli.sheet import ABSENT, Column, Row, Sheet, number, shown, text

if TYPE_CHECKING:
    from rankscope.analyses.sensitivity import Alone, Sensitivity

_SHOWN = 5
"""So many of the things that are left out are shown to readers."""

ALONE = (
    "One at a time, all else as published: mean shift and largest shift in places, and how many "
    "units move by more than 5 and by more than 10; means where something is drawn. Options that "
    f"change nothing are in --json, and so is what is left out beyond the first {_SHOWN}."
)

_FIRST = (
    text("What varies", "title", flexible=True),
    text("Option", "option", flexible=True),
)
_SHIFT = number("Mean shift", "mean_shift")
_REST = (
    number("Largest", "largest_shift", ".0f"),
    text("Unit", "largest_name", flexible=True),
    number("> 5", "over_5", ".0f"),
    number("> 10", "over_10", ".0f"),
    Column("Spearman", lambda one: _correlation(one["spearman"]), right=True),
)


def one_at_a_time(found: Sensitivity, unit: str | None) -> Sheet:
    """Return what each option does by itself, to all units or to one as well."""
    result = found.result
    names = dict(zip(result.units, result.names, strict=True))
    row = None if unit is None else result.units.index(unit)
    own = () if row is None else (Column(result.names[row], _moved, right=True),)
    told = _told(found.alone, row)
    return Sheet(
        "one_at_a_time",
        tuple(_option(one, names, row) for one in found.alone),
        (*_FIRST, *own, _SHIFT, *_REST),
        "One at a time",
        narrower=((*_FIRST, *own, _SHIFT), (_FIRST[1], *(own or (_SHIFT,)))),
        hidden=lambda one: (one["factor"], one["option"]) not in told,
    )


def _told(alone: tuple[Alone, ...], row: int | None) -> set[tuple[str, str]]:
    """Return the options that readers see."""
    from rankscope.analyses.uncertainty.factors import LEAVE_OUT

    def size(one: Alone) -> float:
        shift = float(one.mean_shift if row is None else one.shifts[row])
        return 0.0 if math.isnan(shift) else -shift

    moving = [one for one in alone if one.mean_shift != 0]
    parts = sorted((one for one in moving if one.factor == LEAVE_OUT), key=size)[:_SHOWN]
    whole = [one for one in moving if one.factor != LEAVE_OUT]
    return {(one.factor, one.option) for one in (*whole, *parts)}


def _option(one: Alone, names: dict[str, str], row: int | None) -> dict[str, Any]:
    keys = (
        *("factor", "title", "option", "draws", "mean_shift", "largest_shift", "largest"),
        *("over_5", "over_10", "spearman", "refused"),
    )
    found = {key: getattr(one, key) for key in keys}
    found["largest_name"] = names.get(one.largest, ABSENT)
    if row is not None:
        found |= {"places_gained": float(one.moves[row]), "shift": float(one.shifts[row])}
    return found


def _moved(row: Row) -> str:
    """Say how far the unit moves: with its direction, or how far on average over draws."""
    return shown(row["places_gained"], "+.0f") if row["draws"] < 2 else shown(row["shift"], ".1f")


def _correlation(value: float) -> str:
    from rankscope.analyses.rank_agreement import correlation_words

    return correlation_words(value)
