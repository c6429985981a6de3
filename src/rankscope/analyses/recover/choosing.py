"""Which model a table is taken to follow, and the rows that are wrong under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.analyses.recover.models import Model, verdict
from rankscope.analyses.recover.total import Total
from rankscope.analyses.recover.wrong_rows import WrongRows, wrong_rows

if TYPE_CHECKING:
    from rankscope.analyses.recover.cone import Cone
    from rankscope.analyses.recover.models import Groups
    from rankscope.analyses.recover.table import Table
    from rankscope.shapes import Mask


class Chosen(NamedTuple):
    """The model that was taken, its set of weights, and the rows that are wrong under it."""

    model: Model
    cone: Cone
    wrong: WrongRows
    left_out: Mask
    refused: bool


def choose(ways: list[Model], table: Table, groups: Groups | None, most_wrong: float) -> Chosen:
    """Return the plainest model without a wrong row, else with few, else the nearest.

    Raises
    ------
    DataError
        When no model has a meaning for the numbers.
    """
    found = _first(ways, table, groups, most_wrong)
    return found if found.refused else _with_offset(found, ways, table, groups)


def _with_offset(found: Chosen, ways: list[Model], table: Table, groups: Groups | None) -> Chosen:
    """Return the model with an offset where weights as given would need an odd sum.

    They do not where their sum can be 1, or an offset could not be seen in print.
    """
    model, out = found.model, found.left_out
    other = Model(model.exponent, Total.SHIFTED, model.inner)
    if model.exponent != 1 or model.total is not Total.AS_GIVEN or other not in ways:
        return found
    low, high = found.cone.ends(found.cone.as_shares, found.cone.walls.normal, out)
    wider = other.cone(table, groups)
    if low <= 1 <= high or wider is None:
        return found
    wider.least_slack(out)
    offset = np.zeros(len(wider.walls.floors))
    offset[-2] = wider.walls.top
    unseen = float((table.total_high - table.total_low).max()) / 2
    if np.abs(wider.ends(offset, wider.walls.normal, out)).max() <= unseen:
        return found
    return found._replace(model=other, cone=wider)


def _first(ways: list[Model], table: Table, groups: Groups | None, most_wrong: float) -> Chosen:
    """Return the first model without a wrong row, else the first with few, else the nearest."""
    none = np.zeros(len(table.units), dtype=bool)
    for way in ways:
        cone = way.cone(table, groups) if verdict(way, table, groups).possible else None
        if cone is not None:
            cone.least_slack(none)
            return Chosen(way, cone, WrongRows(0, ()), none, refused=False)
    allowed = int(most_wrong * len(table.units) + 1e-9)
    tried = [
        Chosen(way, cone, wrong_rows(cone, max(allowed, 3)), none, refused=True)
        for way in ways
        if (cone := way.cone(table, groups)) is not None
    ]
    if not tried:
        raise table.refuse_below_zero(ways[0].exponent)
    best = min(tried, key=lambda one: np.inf if one.wrong.count is None else one.wrong.count)
    few = next((one for one in tried if _few(one, allowed)), None)
    if few is None:
        return best
    left_out = none.copy()
    left_out[list(few.wrong.rows or ())] = True
    return few._replace(left_out=left_out, refused=False)


def _few(chosen: Chosen, allowed: int) -> bool:
    count = chosen.wrong.count
    return count is not None and count <= allowed
