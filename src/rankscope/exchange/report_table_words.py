"""What must be known of an index made of a table from a report, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import visible
from rankscope.analyses.recover import Total
from rankscope.analyses.recover.identified import of_hundred

if TYPE_CHECKING:
    from rankscope.analyses.recover import Recovered
    from rankscope.exchange.report_table import ReportTable
    from rankscope.exchange.report_table_print import Line
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Vector


def description_of(table: ReportTable, recovered: Recovered, line: Line) -> str:
    """Say where an index comes from, what its weights are, and on what scale its scores."""
    shown = [f"the total {visible(table.total.name)!r}"] if table.total else []
    shown += [f"the ranks {visible(table.rank.name)!r}"] if table.rank else []
    made = (
        f"Made from the table {visible(table.origin)}: {len(table.components)} components"
        f"{''.join(f', {one}' for one in shown)} of {len(table.units):,} units, as printed."
    )
    parts = (made, _on_weights(recovered), _on_scores(recovered, line))
    return " ".join(part for part in parts if part)


def _on_weights(recovered: Recovered) -> str:
    if recovered.refused:
        return (
            "No weights were recovered, because these columns do not determine the printed "
            "result: the equal weights here are a guess, and the scores are not the publisher's."
        )
    source = "ranks" if recovered.total is Total.RANKS else "numbers"
    widest = of_hundred(recovered.identified.widest)
    return (
        f"Its weights were recovered from the printed {source}: each is in the middle of what "
        f"their rounding allows, the widest interval of a share is {widest}, and "
        "assumptions.weights holds all weights that are possible."
    )


def _on_scores(recovered: Recovered, line: Line) -> str:
    if recovered.refused:
        return ""
    if recovered.total is Total.RANKS:
        return "The scale of the publisher's scores is not known."
    if (line.factor, line.offset) == (1.0, 0.0):
        return f"Scores are the {recovered.mean}, as the printed totals are."
    moved = "" if not line.offset else f" {'plus' if line.offset > 0 else 'minus'} "
    moved += f"{abs(line.offset):.4g}" if line.offset else ""
    return (
        f"Scores are the {recovered.mean} before the publisher's scaling: printed totals are "
        f"about {line.factor:.4g} times the score{moved}."
    )


def agreement_of(result: Result, table: ReportTable, *, guessed: bool) -> str:
    """Say how many of the printed ranks an index gives; without ranks there is nothing to say.

    ``table`` has the rows of the result, in its order.  Units without a printed rank or a score
    are in no ranking: both are compared among the units that have both.  Where weights are
    ``guessed``, nothing was recovered.
    """
    if table.rank is None:
        return ""
    printed = np.array(table.rank.values())
    ours = np.asarray(result.rank(), dtype=float)
    both = np.isfinite(printed) & (ours > 0)
    if not both.any():
        return "No unit has both a printed rank and all components."
    apart = np.abs(_among(printed[both]) - _among(ours[both]))
    equal, most = int((apart == 0).sum()), int(apart.max())
    last = "" if not most else f"; the others are up to {most} place{'s' * (most > 1)} off"
    gaps = int((np.isfinite(printed) & ~both).sum())
    more = (
        f" Ranks are counted among these units: {gaps:,} with a printed rank "
        f"{'lacks' if gaps == 1 else 'lack'} a component."
        if gaps
        else ""
    )
    by = "equal weights, which are a guess," if guessed else "weights in the middle of the set"
    return f"By {by} {equal:,} of {int(both.sum()):,} printed ranks come out{last}.{more}"


def _among(ranks: Vector) -> Vector:
    """Return ranks, (units,), counted anew among these units; equal ones share the best."""
    return np.asarray(np.searchsorted(np.sort(ranks), ranks) + 1.0, dtype=float)
