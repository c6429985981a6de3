"""The areas of an audit: a light for each, and one sentence with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.analyses.audit.areas_made import balance, data, indicators, structure
from rankscope.analyses.audit.areas_ranks import added_value, change, choices, firmness, outside
from rankscope.analyses.audit.collected import area_of, collected
from rankscope.analyses.audit.model import Area

if TYPE_CHECKING:
    from rankscope.analyses.audit.model import Audit

_AREAS = (
    ("data", "Are the data complete?", data),
    ("indicators", "Are the indicators free of odd values?", indicators),
    ("structure", "Do the parts belong together?", structure),
    ("balance", "Does each part count for what its weight says?", balance),
    ("added-value", "Does the overall rank say more than its parts?", added_value),
    ("firmness", "Are the ranks firm?", firmness),
    ("choices", "Do the ranks hang on no single choice?", choices),
    ("outside", "Does it measure more than size or wealth?", outside),
    ("change", "Is the change since the last edition real?", change),
)


def areas_of(found: Audit) -> tuple[Area, ...]:
    """Return the verdict on each area; that on change only where there is an earlier edition."""
    findings = [(area_of(one), one) for one in collected(found)]
    return tuple(
        Area(code, title, *judge(found), tuple(one for area, one in findings if area == code))
        for code, title, judge in _AREAS
        if code != "change" or found.change is not None
    )
