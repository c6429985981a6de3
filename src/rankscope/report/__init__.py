"""The report: an index as one page that works offline, prints well and says where it is weak.

So does its audit, which says whether the index is well made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rankscope.report.write import report_html, write_report

if TYPE_CHECKING:
    from rankscope.report.audit.write import audit_html, write_audit

__all__ = ["audit_html", "report_html", "write_audit", "write_report"]


def __getattr__(name: str) -> Any:
    """Return what the audit exports, which nobody loads who writes a report."""
    if name in {"audit_html", "write_audit"}:
        from rankscope.report.audit import write

        return getattr(write, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
