"""What must be known of a bloc before its numbers are quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.findings import note, warning
from rankscope.methods.change.cells import names_of
from rankscope.methods.change.pooling import largest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.findings import Finding
    from rankscope.methods.change.pooling import Pool
    from rankscope.methods.change.world import Aim, World
    from rankscope.shapes import Matrix


def findings_of(
    world: World, aim: Aim, pool: Pool, made: Matrix, joint: frozenset[int]
) -> tuple[Finding, ...]:
    """Return what is missing in a bloc, what was weighted on request, and what counts twice.

    ``made`` (versions, columns) are the bloc's values; ``joint`` are columns in which a work
    that members did together counts for each of them.  A bloc of one has nothing to tell.
    """
    if len(aim.units) < 2:
        return ()
    return (
        *_gaps(world, aim, pool, made),
        *_by_kind(aim, pool),
        *_twice(aim, pool, made, joint),
    )


def _gaps(world: World, aim: Aim, pool: Pool, made: Matrix) -> Iterator[Finding]:
    """Yield for each column who lacks a value, and whether the bloc has one all the same."""
    for number, column in enumerate(pool.columns):
        absent = ~pool.there(number).all(axis=0)
        if not pool.way(number) or not absent.any():
            continue
        named = names_of(world, aim.units[absent].tolist())
        said = f"{aim.place}: there is no value of {column.name} for {named};"
        _, what = pool.measure(number)
        held = f"{pool.held(number).min():.1%} of the bloc (by {what})"
        if np.isnan(made[:, number]).any():
            said = f"{said} the others make up only {held}, and it has no value there."
            yield note("scenario-merge-missing", column.code, said)
        else:
            said = f"{said} the bloc's is without, and the others make up {held}."
            yield note("scenario-merge-partial", column.code, said)


def _by_kind(aim: Aim, pool: Pool) -> Iterator[Finding]:
    """Yield which indicators have no weights of their own, and so no value or one on request."""
    numbered = list(enumerate(pool.columns))
    rates = [one for n, one in numbered if not pool.way(n) and one.kind in ("ratio", "share")]
    others = [one for n, one in numbered if not pool.way(n) and one.kind not in ("ratio", "share")]
    asked = [one for n, one in numbered if pool.way(n) == "request"]
    if rates:
        yield warning(
            "scenario-merge-no-denominator",
            ", ".join(one.code for one in rates),
            f"{aim.place}: ratios and shares that name no denominator have no value in the bloc.",
            "Name it as `denominator:`, or weight by something with `by: population`.",
        )
    if others:
        yield warning(
            "scenario-merge-unweighted",
            ", ".join(one.code for one in others),
            f"{aim.place}: intervals, ranks and dummies do not add up, and have no value in the "
            "bloc.",
            "If a mean makes sense, ask for it: `by: population`.",
        )
    if asked:
        yield note(
            "scenario-merge-weighted",
            ", ".join(one.code for one in asked),
            f"{aim.place}: the bloc has the members' means, weighted by "
            f"{pool.columns[pool.by].name}.",
        )


def _twice(aim: Aim, pool: Pool, made: Matrix, joint: frozenset[int]) -> Iterator[Finding]:
    """Yield between which bounds a bloc's count lies of which members share works."""
    for number in sorted(joint):
        own = pool.values[:1, :, number]
        if np.isnan(made[0, number]):
            continue
        low, high = largest(own)[0], np.nansum(own)
        mend = "Say what share of the sum is counted twice: `twice: {low: 0, high: 0.2}`."
        yield note(
            "scenario-merge-joint",
            pool.columns[number].code,
            f"{aim.place}: works that members did together count for each of them. The bloc has "
            f"between {low:,.6g}, which its largest member has, and {high:,.6g}, the sum; "
            f"{made[0, number]:,.6g} is taken.",
            mend if made[0, number] == high else "",  # else the scenario says it already
        )
