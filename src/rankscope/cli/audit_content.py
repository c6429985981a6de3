"""The tables of an audit as rows for machines, by their keys in the JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.analyses.audit import Audit
    from rankscope.cli.sheet import Row


def tables(found: Audit) -> dict[str, tuple[Row, ...]]:
    """Return the key tables of an audit; those that could not be worked out have no rows."""
    made = found.coherence
    return {
        "statistics": rows_of(made.statistics.frame()),
        "coverage_of_units": rows_of(made.coverage.frame()),
        "coverage_of_indicators": rows_of(made.coverage.indicator_frame()),
        "treatment": _treatment(found),
        "correlations": rows_of(made.correlations.frame()),
        "own_and_others": rows_of(made.own_and_others.frame()),
        "dimensions": rows_of(made.dimensions.frame()),
        "reliability": rows_of(made.reliability.frame()),
        "adequacy": rows_of(made.adequacy.frame()),
        "redundancy": rows_of(made.redundancy.frame()),
        "importance": rows_of(made.importance.frame()),
        "influence": rows_of(found.influence.frame()) if found.influence else (),
        "added_value": rows_of(made.added_value.frame()),
        "links": rows_of(made.links.frame()),
        "size": rows_of(made.denominators.frame()),
        "benefit": _benefit(found),
        "ranks": _ranks(found),
        "one_at_a_time": _alone(found),
        "sensitivity": rows_of(found.sensitivity.frame()) if found.sensitivity else (),
        "consensus": rows_of(found.consensus.frame()) if found.consensus else (),
        "change": _change(found),
    }


def rows_of(frame: pd.DataFrame) -> tuple[Row, ...]:
    """Return the rows of a data frame with its index as columns, in Python's own types."""
    named = frame if frame.index.names == [None] else frame.reset_index()
    return tuple(
        {str(key): _python(value) for key, value in row.items()} for row in named.to_dict("records")
    )


def _python(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def _treatment(found: Audit) -> tuple[Row, ...]:
    return tuple(
        {
            "code": one.code,
            "name": one.name,
            "method": one.method,
            "decision": one.decision,
            "skewness_before": one.skewness[0],
            "skewness_after": one.skewness[1],
            "kurtosis_before": one.kurtosis[0],
            "kurtosis_after": one.kurtosis[1],
            "all_moved": one.moved,
            "cells": len(one.cells),
        }
        for one in found.treated
    )


def _ranks(found: Audit) -> tuple[Row, ...]:
    """Return rank, simulated and proved ends of each ranked unit, as far as they are known."""
    result = found.result
    rows = {
        result.units[row]: {
            "unit": result.units[row],
            "name": result.names[row],
            "rank": int(result.rank(view=found.view)[row]),
            "score": float(result.score(view=found.view)[row]),
        }
        for row in result.order(view=found.view)
    }
    parts = [
        (found.uncertainty, ("median", "mean", "low", "high", "ranked", "tier")),
        (found.reach, ("best_from", "best_to", "worst_from", "worst_to", "exact")),
    ]
    for part, columns in parts:
        for row in rows_of(part.frame()) if part is not None else ():
            known = {key: row[key] for key in columns if key in row}
            rows[row["unit"]] = rows[row["unit"]] | known
    return tuple(rows.values())


def _alone(found: Audit) -> tuple[Row, ...]:
    from rankscope.analyses.sensitivity import alone_frame

    return rows_of(alone_frame(found.alone)) if found.alone else ()


def _benefit(found: Audit) -> tuple[Row, ...]:
    best = found.coherence.benefit
    parts = [f"share_{code}" for code in best.codes]
    return tuple(
        {
            **{key: value for key, value in row.items() if key not in parts},
            "parts": tuple(
                {"code": code, "share": row[key]}
                for code, key in zip(best.codes, parts, strict=True)
            ),
        }
        for row in rows_of(best.frame())
    )


def _change(found: Audit) -> tuple[Row, ...]:
    """Return what became of each unit since the earlier edition, and by which cause."""
    seen = found.change
    if seen is None:
        return ()
    return tuple(
        {
            "unit": unit,
            "name": seen.names[at],
            "rank_before": int(seen.rank_before[at]),
            "rank_after": int(seen.rank_after[at]),
            "sentence": seen.sentence(unit),
            "causes": tuple(
                {"code": one.code, "name": one.name, "places": float(seen.rank_shares[at, player])}
                for player, one in enumerate(seen.players)
            ),
        }
        for at, unit in enumerate(seen.units)
    )
