"""The answer of a model: its set of weights measured, and what must be said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.analyses.recover.exponents import possible_exponents
from rankscope.analyses.recover.identified import identified
from rankscope.analyses.recover.models import Model, verdict
from rankscope.analyses.recover.remarks import (
    remarks_on_models,
    remarks_on_rows,
    remarks_on_scale,
    remarks_on_width,
)
from rankscope.analyses.recover.result import Recovered, WrongUnits
from rankscope.analyses.recover.shares import ends_of_shares, ends_of_weights
from rankscope.analyses.recover.total import Total
from rankscope.analyses.recover.whole_numbers import WholeNumbers, smallest_whole_numbers

if TYPE_CHECKING:
    from rankscope.analyses.recover.choosing import Chosen
    from rankscope.analyses.recover.cone import Cone
    from rankscope.analyses.recover.models import Groups
    from rankscope.analyses.recover.table import Table
    from rankscope.analyses.recover.wrong_rows import WrongRows
    from rankscope.shapes import Mask, Matrix, Vector

Ends = tuple[float, float]
_UNKNOWN: Ends = (np.nan, np.nan)


class Measured(NamedTuple):
    """The ends of all that describes a set of weights; see `Recovered`."""

    shares: Matrix
    centre: Vector
    weights: Matrix
    sums: Ends = _UNKNOWN
    factors: Ends = _UNKNOWN
    offsets: Ends = _UNKNOWN
    whole_numbers: WholeNumbers | None = None


def unmeasured(count: int) -> Measured:
    """Return that nothing is known of some number of components."""
    ends = np.full((count, 2), np.nan)
    return Measured(ends, ends[:, 0], ends)


def measured(cone: Cone, left_out: Mask, model: Model) -> Measured:
    """Return the ends of all that describes a set that is not empty."""
    shares, centre = ends_of_shares(cone, left_out)
    found = unmeasured(len(shares))._replace(
        shares=shares,
        centre=centre,
        whole_numbers=smallest_whole_numbers(cone, left_out, shares, centre),
    )
    if model.total is Total.RANKS:
        return found
    sums = cone.ends(cone.as_shares, cone.walls.normal, left_out)
    if model.total is Total.AS_GIVEN:
        return found._replace(weights=ends_of_weights(cone, left_out), sums=sums)
    offsets = _offsets(cone, left_out)
    return found._replace(
        factors=_factors(model.exponent, sums, offsets),
        offsets=offsets if model.total is Total.SHIFTED else _UNKNOWN,
    )


def _offsets(cone: Cone, left_out: Mask) -> Ends:
    """Return the ends of the offset; 0 where there is none."""
    costs = np.zeros(len(cone.walls.floors))
    if len(costs) != cone.walls.components + 2:
        return 0.0, 0.0
    costs[-2] = 1.0
    low, high = cone.ends(costs, cone.walls.normal, left_out)
    return low * cone.walls.top, high * cone.walls.top


def _factors(exponent: float, sums: Ends, offsets: Ends) -> Ends:
    """Return the ends of the factor of a mean: on its own scale it is a sum, or an offset."""
    if exponent == 0:
        return float(np.exp(offsets[0])), float(np.exp(offsets[1]))
    with np.errstate(divide="ignore"):
        ends = np.maximum(np.array(sums), 0.0) ** (1 / exponent)
    return float(ends.min()), float(ends.max())


def answer_of(
    chosen: Chosen,
    ways: list[Model],
    table: Table,
    groups: Groups | None,
    scale: Total | None,
    most_wrong: float,
) -> Recovered:
    """Return what a chosen model says of a table, beside what the other ones say."""
    out, own = chosen.left_out, chosen.model.table(table, groups)
    model = _as_asked(chosen.model, scale)
    count = len(own.names)
    found = unmeasured(count) if chosen.refused else measured(chosen.cone, out, model)
    rest = table.of(~out)
    verdicts = tuple(verdict(way, rest, groups) for way in ways)
    middle = (own.low[~out] + own.high[~out]) / 2
    known = identified(middle, own.names, found.shares, shifted=model.shifted)
    wrong = wrong_units(chosen.wrong, table.units)
    findings = remarks_on_rows(
        wrong, len(table.units), table.gaps, refused=chosen.refused, most_wrong=most_wrong
    )
    if not chosen.refused:
        ends = found.sums if model.total is Total.AS_GIVEN else found.factors
        findings += remarks_on_scale(model, ends)
        findings += remarks_on_models(chosen.model, verdicts) + remarks_on_width(known)
    return Recovered(
        names=own.names,
        counted=rest.units,
        model=model,
        **found._asdict(),
        wrong=wrong,
        identified=known,
        verdicts=verdicts,
        exponents=possible_exponents(own.of(~out)) if scale in (None, Total.AS_GIVEN) else None,
        findings=tuple(findings),
        refused=chosen.refused,
        most_wrong=most_wrong,
        cone=chosen.cone,
        left_out=out,
    )


def _as_asked(model: Model, scale: Total | None) -> Model:
    """Return the model under the name that was asked for: a factor is in the weights."""
    if scale is Total.SCALED and model.total is Total.AS_GIVEN:
        return Model(model.exponent, Total.SCALED, model.inner)
    return model


def wrong_units(wrong: WrongRows, units: tuple[str, ...]) -> WrongUnits:
    """Return wrong rows by the names of their units."""
    return WrongUnits(
        at_least=wrong.at_least,
        units=tuple(units[row] for row in wrong.rows or ()),
        certain=tuple(units[row] for row in wrong.certain),
        possible=tuple(units[row] for row in wrong.possible),
    )
