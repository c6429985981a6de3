"""Reach over several results, such as the variants of an index: the union of theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.analyses.exact.reach import reach
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rankscope.analyses.exact.answer import Reach
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Batch, Whole


def reach_over(results: Mapping[str, Result], **asked: Any) -> Reach:
    """Return the reach over several results, such as variants: the union of theirs.

    ``results`` have names; all else is as for `reach`, for each of them.  Units are those that
    all of them rank.  The set of weights is taken around the weights of each result.

    Raises
    ------
    RankscopeError
        When there is no result, or as `reach` does.
    """
    if not results:
        raise MethodError("reach_over needs at least one result, got none.")
    found = [reach(one, **asked) for one in results.values()]
    shared = [code for code in found[0].codes if all(code in one.codes for one in found)]
    places = [np.array([one.codes.index(code) for code in shared]) for one in found]
    return _union(found, places, tuple(results))


def _union(found: Sequence[Reach], places: Sequence[Whole], names: tuple[str, ...]) -> Reach:
    """Return the least and the greatest of all ends, with the choice that attains them."""

    def stacked(name: str) -> np.ndarray:
        pairs = zip(found, places, strict=True)
        return np.stack([getattr(one, name)[place] for one, place in pairs])

    first, units = found[0], np.arange(len(places[0]))
    best, worst = stacked("best_to").argmin(axis=0), stacked("worst_from").argmax(axis=0)
    return replace(
        first,
        settings=tuple(one.settings[0] for one in found),
        choices=names,
        codes=tuple(first.codes[at] for at in places[0]),
        names=tuple(first.names[at] for at in places[0]),
        ranks=first.ranks[places[0]],
        of=stacked("of").max(axis=0),
        best_from=stacked("best_from").min(axis=0),
        best_to=stacked("best_to").min(axis=0),
        worst_from=stacked("worst_from").max(axis=0),
        worst_to=stacked("worst_to").max(axis=0),
        best_weights=_each(found, places, "best_weights", best, units),
        worst_weights=_each(found, places, "worst_weights", worst, units),
        best_choice=best,
        worst_choice=worst,
        settled=np.nan,
        findings=tuple(dict.fromkeys(part for one in found for part in one.findings)),
    )


def _each(
    found: Sequence[Reach], places: Sequence[Whole], name: str, choice: Whole, units: Whole
) -> Batch:
    """Return each unit's witness from the choice that attains its end, (units, edges)."""
    rows = [getattr(found[choice[at]], name)[places[choice[at]][at]] for at in units.tolist()]
    width = max((len(row) for row in rows), default=0)
    return np.array([np.pad(row, (0, width - len(row))) for row in rows]).reshape(-1, width)
