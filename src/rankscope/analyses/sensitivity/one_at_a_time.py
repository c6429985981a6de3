"""One at a time: what each option does by itself, all else as published."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.published_weights import published_weights
from rankscope.analyses.rank_agreement import spearman
from rankscope.analyses.rank_moves import groups_of, mean_of, rank_moves
from rankscope.analyses.uncertainty.draws import DesignDraws
from rankscope.analyses.uncertainty.factors import LEAVE_OUT, TABLES, TITLES
from rankscope.errors import BindError, MethodError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from rankscope.analyses.uncertainty import Design, Factor
    from rankscope.shapes import Vector, Whole

MOVES = (5, 10)
"""Units that move by more places than these are counted."""


@dataclass(frozen=True, slots=True, eq=False)
class Alone:
    """What one option alone does to the published ranks, over the units that both rank.

    Weights and tables are drawn: each number is then the mean over ``draws``, and
    ``largest_shift`` the mean shift of the unit ``largest``, which moves most.
    ``moves`` (rows,) are the places that each unit gains, ``shifts`` its absolute shift;
    ``over_5`` and ``over_10`` count the units that move by more places.  NaN where nothing
    can be compared; ``refused`` says why an option does not go with the published methods.
    """

    factor: str
    title: str
    option: str
    draws: int = 0
    mean_shift: float = np.nan
    largest_shift: float = np.nan
    largest: str = ""
    over_5: float = np.nan
    over_10: float = np.nan
    spearman: float = np.nan
    refused: str = ""
    moves: Vector = field(default_factory=lambda: np.empty(0), repr=False)
    shifts: Vector = field(default_factory=lambda: np.empty(0), repr=False)


def one_at_a_time(design: Design) -> tuple[Alone, ...]:
    """Return what each option of each factor does alone, the weights over 1,024 draws.

    Such tables stand in the audits of the JRC; they see no interactions, which
    `sensitivity` is for.
    """
    found = [one for factor in design.factors for one in _of_factor(design, factor)]
    if design.varies_weights():
        alone = replace(design, factors=())
        label = alone.published.varied.admissible.label()
        ranks = alone.ranking.ranks(DesignDraws(alone)(0))
        found.append(_alone(alone, ("weights", TITLES["weights"], f"drawn, {label}"), ranks))
    return tuple(found)


def alone_frame(alone: Sequence[Alone]) -> pd.DataFrame:
    """Return a data frame, a row an option."""
    import pandas as pd

    columns = [key for key in Alone.__dataclass_fields__ if key not in ("moves", "shifts")]
    rows = [[getattr(one, key) for key in columns] for one in alone]
    return pd.DataFrame(rows, columns=columns).set_index(["factor", "option"])


def _of_factor(design: Design, factor: Factor) -> Iterator[Alone]:
    """Yield what the options of a discrete factor do; tables that are drawn are one option."""
    alone = replace(design, factors=(factor,))
    every = np.arange(len(factor.options))
    if factor.name == TABLES:
        yield _option(alone, "drawn", every)
        return
    for number, option in enumerate(factor.options):
        if factor.name != LEAVE_OUT or option.out is not None:
            yield _option(alone, option.label, every[number : number + 1])


def _option(alone: Design, label: str, numbers: Whole) -> Alone:
    """Return what some options of the only factor of a design do."""
    [factor] = alone.factors
    named = (factor.name, factor.title, label)
    try:
        scores = alone.scores(numbers[:, None], published_weights(len(numbers)))
    except (BindError, MethodError) as problem:
        nothing = np.full(len(alone.rows), np.nan)
        return Alone(*named, moves=nothing, shifts=nothing, refused=str(problem).splitlines()[0])
    return _alone(alone, named, alone.ranking.ranks(scores))


def _alone(design: Design, named: tuple[str, str, str], ranks: Whole) -> Alone:
    """Return what ranks, (draws, rows), say of an option: means over the draws."""
    published = design.result.rank(design.node, design.view)
    groups = groups_of(design.ranking, len(published))
    moves = rank_moves(published, ranks, design.ranking)
    shifts = np.abs(moves)
    by_unit = mean_of(shifts, axis=0)
    most = int(np.argmax(np.nan_to_num(by_unit, nan=-1.0)))
    moved = bool(by_unit[most] > 0)
    agreement = np.array([_spearman(published, one, groups) for one in ranks])
    over = [float((shifts > places).sum(axis=1).mean()) for places in MOVES]
    return Alone(
        *named,
        draws=len(ranks),
        mean_shift=float(mean_of(mean_of(shifts), axis=0)),
        largest_shift=float(by_unit[most]),
        largest=design.result.units[most] if moved else "",
        over_5=over[0],
        over_10=over[1],
        spearman=float(mean_of(agreement, axis=0)),
        moves=mean_of(moves, axis=0),
        shifts=by_unit,
    )


def _spearman(published: Whole, ranks: Whole, groups: Whole | None) -> float:
    both = (published > 0) & (ranks > 0)
    within = None if groups is None else groups[both]
    return spearman(published[both], ranks[both], groups=within)
