"""The weights that a ranking allows, where no totals were printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.analyses.recover.answering import measured, unmeasured, wrong_units
from rankscope.analyses.recover.cone import Cone
from rankscope.analyses.recover.identified import identified
from rankscope.analyses.recover.models import Model
from rankscope.analyses.recover.printed import printed_columns
from rankscope.analyses.recover.remarks import remarks_on_rows, remarks_on_width
from rankscope.analyses.recover.result import Recovered
from rankscope.analyses.recover.shares import draws_from
from rankscope.analyses.recover.side_by_side import totals_beside
from rankscope.analyses.recover.solver import Program, solve
from rankscope.analyses.recover.total import Total
from rankscope.analyses.recover.walls import RankWalls
from rankscope.analyses.recover.wrong_rows import WrongRows, wrong_rows
from rankscope.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rankscope.shapes import Mask, Matrix, Vector

_DRAWS = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Centre:
    """The middle of a set of shares, (components,), in two senses, and its room.

    ``ball`` is the centre of the largest ball inside, ``radius`` its radius within the plane
    of shares that sum to 1; ``mean`` is the mean of 1,000 shares drawn uniformly.  Both are
    of the set's walls, which hold the set closely (see `Recovered.admissible`).
    """

    ball: Vector
    radius: float
    mean: Vector


def recover_from_ranks(  # noqa: PLR0913 - how a table was printed has many sides
    components: Any,
    ranks: Any,
    *,
    decimals: int | Sequence[int] | Mapping[str, int] | None = None,
    names: Sequence[str] | None = None,
    units: Sequence[str] | None = None,
    polarity: Mapping[str, int] | None = None,
    limits: tuple[float, float] | None = None,
    ties_are_equal: bool = True,
    most_wrong: float = 0.01,
) -> Recovered:
    """Return all shares under which an arithmetic mean can give a ranking, 1 for the best.

    A unit may not score below one ranked after it for all numbers that round to those
    printed.  Units of one rank have equal scores, or with ``ties_are_equal=False`` nothing is
    said of them, as where ranks come from rounded scores.  Intervals are ends of linear
    programs over all pairs.  Options are those of `recover_weights`.

    Raises
    ------
    DataError
        When a cell is no number, or rows, names or options do not fit.
    """
    left = printed_columns(components, decimals=decimals, names=names, units=units)
    places = printed_columns(totals_beside(components, ranks)).values[:, 0]
    if len(places) != len(left.units):
        raise DataError(f"There are {len(left.units)} rows of components and {len(places)} ranks.")
    whole = left.whole() & np.isfinite(places)
    if whole.sum() < 2:
        raise DataError("Fewer than two rows have all components and a rank: nothing is known.")
    low, high = left.turned(limits, polarity)
    size = float(np.abs(np.array([low[whole], high[whole]])).max()) or 1.0
    walls = RankWalls(low[whole] / size, high[whole] / size, places[whole], ties_are_equal)
    named = tuple(unit for unit, kept in zip(left.units, whole, strict=True) if kept)
    gaps = tuple(unit for unit, kept in zip(left.units, whole, strict=True) if not kept)
    return _answer(walls, left.names, named, gaps, most_wrong)


def _answer(
    walls: RankWalls,
    names: tuple[str, ...],
    units: tuple[str, ...],
    gaps: tuple[str, ...],
    most_wrong: float,
) -> Recovered:
    model, cone = Model(1.0, Total.RANKS), Cone.of(walls)
    allowed = int(most_wrong * len(units) + 1e-9)
    wrong = wrong_rows(cone, max(allowed, 3))
    refused = wrong.count is None or wrong.count > allowed
    out = _left_out(cone, wrong, refused=refused)
    found = unmeasured(len(names)) if refused else measured(cone, out, model)
    middle = (walls.low + walls.high)[~out] / 2
    known = identified(middle, names, found.shares, shifted=True)
    named = wrong_units(wrong, units)
    findings = remarks_on_rows(named, len(units), gaps, refused=refused, most_wrong=most_wrong)
    return Recovered(
        names=names,
        counted=tuple(unit for unit, gone in zip(units, out, strict=True) if not gone),
        model=model,
        **found._asdict(),
        wrong=named,
        identified=known,
        verdicts=(),
        exponents=None,
        findings=tuple(findings + ([] if refused else remarks_on_width(known))),
        refused=refused,
        most_wrong=most_wrong,
        cone=cone,
        left_out=out,
    )


def _left_out(cone: Cone, wrong: WrongRows, *, refused: bool) -> Mask:
    out = cone.everyone()
    if not refused:
        out[list(wrong.rows or ())] = True
    return out


def centre_of(recovered: Recovered, seed: int = 0) -> Centre:
    """Return the middle of a set of recovered shares, which is no estimate: see its ends.

    Raises
    ------
    MethodError
        When no weights were recovered.
    """
    rules = np.array(recovered.admissible(seed).of)
    random = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(6,)))
    draws = draws_from(rules, _DRAWS, random)
    ball, radius = _largest_ball(rules)
    mean = recovered.centre if draws is None else draws.mean(axis=0)
    return Centre(ball, radius, np.asarray(mean))


def _largest_ball(rules: Matrix) -> tuple[Vector, float]:
    """Return centre and radius of the largest ball among shares that keep rules."""
    count = rules.shape[1] - 1
    rows = np.vstack([rules, np.hstack([-np.eye(count), np.zeros((count, 1))])])
    flat = rows[:, :-1] - rows[:, :-1].mean(axis=1, keepdims=True)
    lengths = np.linalg.norm(flat, axis=1)
    whole = np.column_stack([rows[:, :-1], lengths])
    found = solve(
        Program(
            costs=np.append(np.zeros(count), -1.0),
            rows=np.vstack([whole, np.append(np.ones(count), 0.0)]),
            row_low=np.append(np.full(len(whole), -np.inf), 1.0),
            row_high=np.append(rows[:, -1], 1.0),
            low=np.zeros(count + 1),
            high=np.ones(count + 1),
        )
    )
    if found is None:
        return np.full(count, np.nan), np.nan
    return found.point[:-1], float(found.point[-1])
