"""What to do about it: the most pressing first, in words that need no statistician."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rankscope.analyses.audit.audit import Audit
    from rankscope.analyses.audit.model import Recommendation

AT_MOST = 8
"""Nobody acts on more."""


def recommendations_of(found: Audit) -> tuple[Recommendation, ...]:
    """Return what to do, the most pressing first, at most eight."""
    return ()
