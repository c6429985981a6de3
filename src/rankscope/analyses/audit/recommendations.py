"""What to do about it: the most pressing first, in words that need no statistician."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.analyses.audit import advice_made, advice_ranks
from rankscope.analyses.audit.model import Light

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.analyses.audit.model import Audit, Recommendation

AT_MOST = 8
"""Nobody acts on more."""

_ORDER = (Light.RED, Light.AMBER, Light.GREEN)

_ADVICE: tuple[tuple[str, Callable[[Audit], Recommendation | None]], ...] = (
    ("indicators", advice_made.constant),
    ("structure", advice_made.opposing),
    ("structure", advice_made.nothing_in_common),
    ("data", advice_made.missing_of_indicators),
    ("data", advice_made.missing_of_units),
    ("indicators", advice_made.outliers),
    ("firmness", advice_ranks.open_ranks),
    ("balance", advice_made.redundant),
    ("choices", advice_ranks.one_choice),
    ("outside", advice_ranks.same_as_outside),
    ("change", advice_ranks.changed_by_making),
    ("balance", advice_made.unheard),
    ("structure", advice_made.apart),
    ("structure", advice_made.elsewhere),
    ("added-value", advice_ranks.no_added_value),
    ("structure", advice_made.loose),
    ("indicators", advice_made.one_value),
    ("balance", advice_made.unbalanced),
    ("outside", advice_ranks.free_weights),
    ("outside", advice_ranks.size),
)
"""All that can be advised with the area that it is about, the most pressing first."""


def recommendations_of(found: Audit) -> tuple[Recommendation, ...]:
    """Return what to do, that of red areas first, at most eight.

    What stands in a sound area comes last; where nothing could be judged nothing is advised.
    """
    lights = {one.code: one.light for one in found.areas}
    given = [(lights.get(code, Light.GREY), advise(found)) for code, advise in _ADVICE]
    told = [(light, one) for light, one in given if one is not None and light in _ORDER]
    told.sort(key=lambda pair: _ORDER.index(pair[0]))
    return tuple(one for _, one in told[:AT_MOST])
