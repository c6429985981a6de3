"""One period of a panel: which is meant, and which units are in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rankscope._words import join_words
from rankscope.cli.lookup import Built, find_period, find_unit, open_built
from rankscope.errors import UnitError

if TYPE_CHECKING:
    from pathlib import Path


def open_period(name: str, said: str | None = None, output: Path | None = None) -> Built:
    """Open and build an index; of a panel take one period, the last unless told.

    ``output`` is what the command is going to write.

    Raises
    ------
    RankscopeError
        When there is no such index or period, or something is wrong with it.
    """
    built = open_built(name, output)
    period = find_period(built.result, said)
    if period is None:
        return built
    result = built.result.of_period(period)
    index = replace(built.index, table=result.plan.table)
    return Built(index, result, period, panel=built.result)


def find_present_unit(built: Built, said: str) -> str:
    """Return the code of the unit that is meant, if the index has it in the period at hand.

    Raises
    ------
    UnitError
        When no unit or several go by it, or it is not there: then with the periods it is in.
    """
    whole = built.panel or built.result
    code = find_unit(whole, said)
    if code in built.result.units:
        return code
    rows = zip(whole.units, whole.names, whole.plan.table.periods, strict=True)
    where = {period: name for unit, name, period in rows if unit == code}
    named = join_words([period for period in whole.periods if period in where], "and")
    title, name = whole.plan.definition.title, next(iter(where.values()))
    raise UnitError(
        f"{title} has no data on {name} in {built.period}, but in {named}. "
        "Name one of these with --period."
    )
