"""What if: scenarios played on an index, and what they do to scores and ranks."""

from rankscope.analyses.scenario.outcome import Outcome
from rankscope.analyses.scenario.run import what_if

__all__ = ["Outcome", "what_if"]
