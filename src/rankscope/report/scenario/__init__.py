"""What if: scenarios of an index, as one page that can be published."""

from rankscope.report.scenario.write import scenario_html, write_scenarios

__all__ = ["scenario_html", "write_scenarios"]
