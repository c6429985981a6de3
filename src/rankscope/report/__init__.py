"""The report: an index as one page that works offline, prints well and says where it is weak."""

from rankscope.report.write import report_html, write_report

__all__ = ["report_html", "write_report"]
