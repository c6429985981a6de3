"""Checked texts as one page: the text with its claims marked, and a footnote for each."""

from rankscope.report.check.write import check_html, write_check

__all__ = ["check_html", "write_check"]
