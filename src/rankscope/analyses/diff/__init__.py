"""What changed since the last edition, and whose doing each unit's change is."""

from rankscope.analyses.diff.mixed_definition import mixed_definition
from rankscope.analyses.diff.mixed_table import mixed_table
from rankscope.analyses.diff.result import Diff, Edition, Player
from rankscope.analyses.diff.run import diff
from rankscope.analyses.diff.side import Side, side_of

__all__ = [
    "Diff",
    "Edition",
    "Player",
    "Side",
    "diff",
    "mixed_definition",
    "mixed_table",
    "side_of",
]
